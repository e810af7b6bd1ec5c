"""/openapi.json and /docs: the API described by itself, readable without a network."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint as Plain
from flask import Response, current_app, render_template
from markupsafe import Markup, escape

from server.web.errors import CODES
from server.web.spec import specification

blueprint = Plain("docs", __name__, template_folder="templates")

METHODS = ("get", "post", "put", "delete")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    return cast(Response, current_app.json.response(specification(current_app.extensions["backtone.api"])))


@blueprint.get("/docs")
def page() -> str:
    """The calls and the shapes, rendered from the OpenAPI document."""
    spec = specification(current_app.extensions["backtone.api"])
    calls = [
        {"path": path, "method": method, "anchor": row["operationId"], **row}
        for path, methods in spec["paths"].items()
        for method, row in methods.items()
        if method in METHODS
    ]
    shapes = {
        name: {"about": shape.get("description", ""), "rows": _rows(shape)}
        for name, shape in spec["components"]["schemas"].items()
    }
    words = {"info": spec["info"], "calls": calls, "shapes": shapes, "codes": CODES}
    return render_template("docs.html", **words, media=_media, bounds=_bounds, code=_code)


def _rows(shape: dict[str, Any]) -> list[dict[str, Any]]:
    required = shape.get("required", [])
    return [
        {"name": name, "required": name in required, "about": part.get("description", ""), **_kind(part)}
        for name, part in shape.get("properties", {}).items()
    ]


def _kind(part: dict[str, Any]) -> dict[str, Any]:
    """A property's type in words, the shape it points to, and its bounds."""
    within: Any = part.get("items") or part.get("additionalProperties")
    inner = cast(dict[str, Any], within) if isinstance(within, dict) else {}
    target = str(part.get("$ref") or inner.get("$ref") or "")
    types = cast(list[str] | str, part.get("type", ""))
    words = types if isinstance(types, str) else " or ".join(types)
    if "oneOf" in part:
        words = " or ".join(str(row.get("type", "")) for row in part["oneOf"])
    return {"kind": words, "target": target.rpartition("/")[2], "bounds": _bounds(part)}


def _bounds(part: dict[str, Any]) -> str:
    found = ((means, part[name]) for name, means in BOUNDS.items() if name in part)
    bounds = [f"{means} {value}" if isinstance(value, str) else f"{means} {value:,}" for means, value in found]
    if "enum" in part:
        bounds.append("one of " + ", ".join(str(entry) for entry in part["enum"]))
    return "; ".join(bounds)


def _code(text: str) -> Markup:
    """Words with `code` between back quotes, safe to show."""
    pieces = text.split("`")
    shown = [Markup("<code>{}</code>").format(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)]
    return Markup("").join(shown)


BOUNDS = {
    "minimum": "at least", "maximum": "at most", "maxLength": "characters at most", "maxItems": "entries at most",
    "default": "default",
}  # fmt: skip


def _media(body: dict[str, Any]) -> list[tuple[str, str]]:
    """Media types of a body and the shape of each."""
    return [
        (media, str(row.get("schema", {}).get("$ref", "")).rpartition("/")[2])
        for media, row in body.get("content", {}).items()
    ]
