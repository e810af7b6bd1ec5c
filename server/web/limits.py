"""So many calls a minute for each token; callers without a token share one budget an address."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app, request

from server.web.auth import OPEN, caller
from server.web.errors import WORDS, ApiError
from server.web.quota import Quota
from server.web.tokens import Person


def register_limits(app: Flask, quota: Quota) -> None:
    """Limit every call that needs a token."""
    app.extensions["backtone.quota"] = quota
    app.before_request(_check)


def budget_of(person: Person | None, address: str | None) -> str:
    """Whose budget a call is taken from."""
    return f"token:{person.name}" if person else f"address:{address}"


def _check() -> None:
    if request.endpoint is None or request.endpoint in OPEN or request.method == "OPTIONS":
        return
    quota = cast(Quota, current_app.extensions["backtone.quota"])
    wait = quota.take(budget_of(caller(), request.remote_addr))
    if wait:
        code, message = WORDS[429]
        raise ApiError(429, code, message, headers={"Retry-After": str(wait)})
