"""The try-it page `/`, its few files, and the panel that it shares with the extension."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint as Plain
from flask import Response, render_template, send_from_directory

from server.web.errors import ApiError

blueprint = Plain("tryit", __name__, template_folder="templates")

REPOSITORY = Path(__file__).resolve().parents[2]
OURS = Path(__file__).resolve().parent / "static"
PANEL = REPOSITORY / "extension" / "dist" / "tryit"
EXTENSION = REPOSITORY / "extension" / "dist" / "chrome"

FILES = {
    "style.css": OURS,
    "tryit.js": OURS,
    "mail.js": OURS,
    "words.js": OURS,
    "icon.svg": OURS,
    "panel.js": PANEL,
    "panel.css": PANEL,
}
"""Everything that /static serves, and from where."""


@blueprint.get("/")
def page() -> str:
    """The page: paste or drop a mail, see the panel."""
    return render_template(
        "tryit.html",
        panel=(PANEL / "panel.js").is_file(),
        panel_style=(PANEL / "panel.css").is_file(),
        extension=str(EXTENSION),
        extension_built=(EXTENSION / "manifest.json").is_file(),
    )


@blueprint.get("/static/<name>")
def asset(name: str) -> Response:
    """A file of the page."""
    if name not in FILES:
        raise ApiError(404, "not_found", "There is no such file.")
    response = send_from_directory(FILES[name], name, max_age=0)
    return response


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """The page's icon where a browser asks without being told."""
    return send_from_directory(OURS, "icon.svg", max_age=86400)
