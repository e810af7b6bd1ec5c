"""OpenAPI 3.1 from the blueprints and schemas: the one place that knows flask-smorest, which ships no types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, cast

from flask import Flask
from flask_smorest import Api as SmorestApi  # pyright: ignore[reportMissingTypeStubs]
from flask_smorest import Blueprint as SmorestBlueprint  # pyright: ignore[reportMissingTypeStubs]
from marshmallow import Schema, class_registry, fields

View = TypeVar("View", bound=Callable[..., Any])

ABOUT = """\
Send what you have of a mail: sender, subject, body, links, attachments, headers, or the mail itself as
message/rfc822. All fields are optional; what is absent is unknown, what is an empty list is known to be empty.
Every failure has one shape: {"error": {"code", "message", "field"?}}."""


NULL = "null: leave the field out instead"
"""The words for a null, the same for every field."""


SPARE = ("Error", "PaginationMetadata")
"""Schemas that flask-smorest adds of its own; none of our calls answers with them."""


class Described(fields.Field[Any]):
    """A field that states its own JSON Schema in `JSON_SCHEMA`."""

    JSON_SCHEMA: ClassVar[dict[str, Any]] = {}

    def __init__(self, **more: Any) -> None:
        super().__init__(error_messages={"null": NULL}, **more)  # pyright: ignore[reportUnknownMemberType]


def _own_schema(_converter: object, field: fields.Field[Any], **_more: Any) -> dict[str, Any]:
    return field.JSON_SCHEMA if isinstance(field, Described) else {}


class Api(SmorestApi):
    """flask-smorest without its error handler: `server.web.errors` answers in our shape."""

    DEFAULT_ERROR_RESPONSE_NAME = "Failure"

    def _register_error_handlers(self) -> None:
        """Leave the handlers to `register_errors`."""


class Blueprint:
    """A flask-smorest blueprint with types."""

    def __init__(self, name: str, about: str) -> None:
        self.inner = SmorestBlueprint(name, __name__, description=about)

    def call(
        self, rule: str, *, method: str = "GET", endpoint: str | None = None, **doc: Any
    ) -> Callable[[View], View]:
        """Route a view that answers with a Response of its own. `doc` is its OpenAPI operation, docstring aside."""

        def register(view: View) -> View:
            described = cast(Any, self.inner).doc(**doc)(view)
            return cast(View, cast(Any, self.inner).route(rule, methods=[method], endpoint=endpoint)(described))

        return register


def answer(schema: type[Schema] | None, description: str, media: str = "application/json") -> dict[str, Any]:
    """An OpenAPI response with a marshmallow schema as its body."""
    content = {media: {"schema": schema if schema else {"type": "string"}}}
    return {"description": description, "content": content}


def failures(*statuses: int) -> dict[str, Any]:
    """OpenAPI responses for the failures that a call may answer with."""
    return {str(status): {"$ref": "#/components/responses/Failure"} for status in statuses}


def make_api(app: Flask, version: str, failure: type[Schema]) -> Api:
    """The Api of this app; `/openapi.json` is served by the docs blueprint. `failure` is the schema of an error."""
    app.config |= {"API_TITLE": "Backtone", "API_VERSION": version, "OPENAPI_VERSION": "3.1.0"}
    api = Api(app, spec_kwargs={"info": {"description": ABOUT}, "security": [{"token": []}]})
    spec = cast(Any, api.spec)
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.response("Failure", answer(failure, "What went wrong and what to do"))
    cast(Any, api).ma_plugin.converter.add_attribute_function(_own_schema)
    return api


def specification(api: Api) -> dict[str, Any]:
    """The OpenAPI 3.1 document, with the schemas' docstrings as descriptions."""
    document: dict[str, Any] = cast(Any, api.spec).to_dict()
    for name in SPARE:
        document["components"]["schemas"].pop(name, None)
    for name, shape in document["components"]["schemas"].items():
        about = cast(type, class_registry.get_class(f"{name}Schema")).__doc__
        shape.setdefault("description", about or "")
    return document
