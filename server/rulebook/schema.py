"""Checks a file's form against shared_rules/schema/<name>.json, with the line of every mistake."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from server.rulebook.documents import Document
from server.rulebook.errors import Problem

FOLDER = Path(__file__).resolve().parents[2] / "shared_rules" / "schema"


@cache
def _validator(name: str) -> Any:
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Draft202012Validator(_inlined(schema, schema.get("$defs", {})))


def _inlined(schema: Any, parts: dict[str, Any]) -> Any:
    """The schema with its parts in the place of their names: looking names up takes half of the checking time."""
    if isinstance(schema, list):
        return [_inlined(item, parts) for item in cast("list[Any]", schema)]
    if not isinstance(schema, dict):
        return schema
    rows = cast("dict[str, Any]", schema)
    if "$ref" in rows:
        return _inlined(parts[rows["$ref"].removeprefix("#/$defs/")], parts)
    return {key: _inlined(value, parts) for key, value in rows.items() if key != "$defs"}


def form_mistakes(document: Document, name: str) -> list[Problem]:
    """Where a file's form differs from its schema."""
    validator = _validator(name)
    if validator.is_valid(document.data):
        return []
    errors = cast("Sequence[ValidationError]", list(validator.iter_errors(document.data)))
    return [_problem(document, error) for error in errors]


def _problem(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    return document.problem(_words(error), *path)


def _words(error: ValidationError) -> str:
    """The mistake in words that name what to do; the schema's own description where it has one."""
    schema = cast("dict[str, Any]", error.schema)
    if error.validator == "required":
        missing = [name for name in schema["required"] if name not in cast("dict[str, Any]", error.instance)]
        return f"{', '.join(missing)} is missing"
    if error.validator == "additionalProperties":
        known = set(schema.get("properties", {}))
        extra = [name for name in cast("dict[str, Any]", error.instance) if name not in known]
        return f"{', '.join(extra)} is not a field here; fields are {', '.join(sorted(known))}"
    if error.validator == "contains" and "description" in schema["contains"]:
        return str(schema["contains"]["description"])
    if error.validator in ("anyOf", "oneOf", "not") and "description" in schema:
        return str(schema["description"])
    if error.validator == "enum":
        return f"{error.instance!r} is none of {', '.join(map(str, schema['enum']))}"
    if "description" in schema and error.validator in ("pattern", "type", "minLength", "minItems"):
        return f"{str(error.instance)[:60]!r} is not {schema['description']}"
    return error.message[:200]
