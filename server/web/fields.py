"""Field types of the request that marshmallow lacks: strict on type, clear in words, honest in OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from server.web.spec import NULL, Described

CLEAR: dict[str, Any] = {
    "required": "missing",
    "null": NULL,
    "type": "not an object",
}
"""marshmallow's own words, shorter and saying what to do."""

ADDRESS_CHARS = 320
NAME_CHARS = 320
MAX_WAIT_MS = 10_000


class Strict(Schema):
    """A schema that refuses fields it does not know."""

    error_messages = {"unknown": "Unknown field.", "type": "not an object"}  # noqa: RUF012  (marshmallow's name)

    class Meta:
        """Refuse, do not drop."""

        unknown = RAISE


def words(limit: int, **more: Any) -> fields.String:
    """A string of at most `limit` characters."""
    complaint = f"longer than {limit:,} characters"
    wrong = CLEAR | {"invalid": "not a string", "invalid_utf8": "not a string"}
    return fields.String(validate=validate.Length(max=limit, error=complaint), error_messages=wrong, **more)


def whole(low: int, high: int, **more: Any) -> Whole:
    """A whole number between two bounds, both included."""
    complaint = f"not between {low:,} and {high:,}"
    bounds = validate.Range(min=low, max=high, error=complaint)
    return Whole(validate=bounds, error_messages=CLEAR, **more)


class Whole(fields.Integer):
    """An integer as JSON Schema means it: 3 and 3.0, but no "3", no true, no 2.5."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value or int(value) != value:
            raise ValidationError("not a whole number")
        return int(value)


class Flag(fields.Boolean):
    """true or false, and neither 0 nor "yes"."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("neither true nor false")
        return value


def rows(schema: type[Schema], *, most: int) -> Few:
    """A list of at most `most` objects."""
    return Few(nested(schema), most=most)


def nested(schema: type[Schema]) -> fields.Field[Any]:
    """One object."""
    return cast("fields.Field[Any]", fields.Nested(schema, error_messages=CLEAR))


def choice(among: tuple[str, ...], **more: Any) -> fields.String:
    """One of these words."""
    complaint = f"not one of {', '.join(among)}"
    wrong = CLEAR | {"invalid": complaint}
    return fields.String(validate=validate.OneOf(among, error=complaint), error_messages=wrong, **more)


class Few(fields.List[Any]):
    """A list whose length is checked before any of its entries is looked at."""

    def __init__(self, inner: fields.Field[Any], *, most: int, least: int = 0, about: str = "") -> None:
        described = {"maxItems": most} | ({"description": about} if about else {})
        described |= {"minItems": least} if least else {}
        super().__init__(inner, metadata=described, error_messages=CLEAR | {"invalid": "not a list"})
        self.most = most
        self.least = least

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if isinstance(value, list) and len(cast(list[Any], value)) > self.most:
            raise ValidationError(self.complaint(len(cast(list[Any], value))))
        if isinstance(value, list) and len(cast(list[Any], value)) < self.least:
            raise ValidationError(f"fewer than {self.least} entries")
        return super()._deserialize(value, attr, data, **kwargs)  # pyright: ignore[reportUnknownMemberType]

    def complaint(self, count: int) -> str:
        """The words for too many entries."""
        return f"{count:,} entries; at most {self.most:,} are taken"


class MailAddress(Described):
    """`{address, name}`, or the address as a plain string."""

    JSON_SCHEMA: ClassVar[dict[str, Any]] = {
        "oneOf": [
            {"type": "string", "maxLength": ADDRESS_CHARS},
            {
                "type": "object",
                "properties": {
                    "address": {"type": "string", "maxLength": ADDRESS_CHARS},
                    "name": {"type": "string", "maxLength": NAME_CHARS},
                },
                "additionalProperties": False,
            },
        ],
        "examples": [{"address": "buyer@importer.example", "name": "Ann Lee"}],
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if isinstance(value, str):
            return _short(value, ADDRESS_CHARS)
        if not isinstance(value, dict):
            raise ValidationError("neither an object {address, name} nor a string")
        given = cast(dict[str, Any], value)
        for name, entry in given.items():
            if name not in ("address", "name"):
                raise ValidationError({name: ["Unknown field."]})
            if not isinstance(entry, str):
                raise ValidationError({name: ["not a string"]})
            if len(entry) > ADDRESS_CHARS:
                raise ValidationError({name: [f"longer than {ADDRESS_CHARS} characters"]})
        return given


class HeaderPair(Described):
    """`[name, value]` of one header line."""

    JSON_SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "array",
        "prefixItems": [{"type": "string", "maxLength": 300}, {"type": "string", "maxLength": 8000}],
        "minItems": 2,
        "maxItems": 2,
        "examples": [["Reply-To", "buyer@importer.example"]],
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        pair = cast(list[Any], value) if isinstance(value, list) else []
        if len(pair) != 2 or not all(isinstance(part, str) for part in pair):
            raise ValidationError("not a pair [name, value] of strings")
        return _short(pair[0], 300), _short(pair[1], 8000)


def _short(value: str, limit: int) -> str:
    if len(value) > limit:
        raise ValidationError(f"longer than {limit:,} characters")
    return value
