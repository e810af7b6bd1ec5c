"""POST /v1/lists/reload: the company's lists and own rules, read again now."""

from __future__ import annotations

from typing import cast

from flask import Response, current_app

from server.web.answers import ReadySchema
from server.web.engine import engine
from server.web.health import report
from server.web.spec import Blueprint, answer, failures

blueprint = Blueprint("lists", "The company's own lists and rules")


@blueprint.call(
    "/v1/lists/reload",
    method="POST",
    operationId="reload_lists",
    responses={"200": answer(ReadySchema, "What is in force now, and what is wrong"), **failures(401, 403, 429)},
)
def reload() -> Response:
    """Read the lists and the company's own rules again. Lists are also read by themselves when a file changes."""
    engine().reload()
    return cast(Response, current_app.json.response(report(details=True)))
