"""Checks a plainly right request without marshmallow's bookkeeping, which takes longer than all else around a verdict.

The checks are made from the schema itself. What is not plainly right is left to marshmallow, which says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from marshmallow import Schema, ValidationError, fields, validate

from server.web.fields import Few

Check = Callable[[Any], Any]


class NotPlain(Exception):
    """Ask the schema."""


def quick(schema: Schema) -> Check:
    """What `schema.load` answers, or NotPlain: for all that it refuses, and for some that it takes."""
    known = cast("Mapping[str, fields.Field[Any]]", schema.fields)  # pyright: ignore[reportUnknownMemberType]
    checks = {name: _check(field) for name, field in known.items()}
    required = frozenset(name for name, field in known.items() if field.required)

    def load(given: Any) -> dict[str, Any]:
        if type(given) is not dict:
            raise NotPlain
        loaded: dict[str, Any] = {}
        for name, value in cast("dict[str, Any]", given).items():
            check = checks.get(name)
            if check is None or value is None:
                raise NotPlain
            loaded[name] = check(value)
        if not required <= loaded.keys():
            raise NotPlain
        return loaded

    return load


def _check(field: fields.Field[Any]) -> Check:
    if type(field) is fields.String and len(field.validators) <= 1:
        rule = field.validators[0] if field.validators else validate.Length()
        if isinstance(rule, validate.Length) and rule.min is None and rule.equal is None:
            return _words(rule.max)
    if type(field) is Few:
        return _rows(_check(field.inner), field.least, field.most)
    if type(field) is fields.Nested and not field.many:
        return quick(field.schema)
    return _any(field)


def _words(most: int | None) -> Check:
    limit = float("inf") if most is None else most

    def words(value: Any) -> Any:
        if type(value) is not str or len(value) > limit:
            raise NotPlain
        return value

    return words


def _rows(inner: Check, least: int, most: int) -> Check:
    def rows(value: Any) -> Any:
        if type(value) is not list or not least <= len(cast("list[Any]", value)) <= most:
            raise NotPlain
        entries = cast("list[Any]", value)
        if None in entries:
            raise NotPlain
        return list(map(inner, entries))

    return rows


def _any(field: fields.Field[Any]) -> Check:
    """A field of its own kind checks itself."""

    def deserialize(value: Any) -> Any:
        try:
            return cast(Any, field).deserialize(value)
        except ValidationError:
            raise NotPlain from None

    return deserialize
