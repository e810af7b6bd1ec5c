"""Who may call what: bearer tokens and the two roles. The tables below are the whole policy."""

from __future__ import annotations

from flask import Flask, current_app, g, request

from server.web.errors import ApiError
from server.web.new_tokens import add_token, ensure_tokens
from server.web.tokens import Person, Tokens, TokensError

__all__ = [
    "ADMIN",
    "OPEN",
    "TokensError",
    "add_token",
    "bearer",
    "caller",
    "ensure_tokens",
    "register_auth",
    "token_problems",
]

OPEN = frozenset(
    {"tryit.page", "tryit.asset", "tryit.icon", "docs.page", "docs.openapi", "health.alive", "health.ready"}
)
"""Endpoints that need no token."""
ADMIN = frozenset({"health.metrics", "lists.reload"})
"""Endpoints for the role admin only. All others take either role."""

HOW = "Send it as the header 'Authorization: Bearer <token>'. Tokens stand in the server's tokens file, one a line."


def register_auth(app: Flask, tokens: Tokens) -> None:
    """Ask every request for a token, except at the open endpoints."""
    app.extensions["backtone.tokens"] = tokens

    def check() -> None:
        endpoint = request.endpoint
        if endpoint is None or endpoint in OPEN or request.method == "OPTIONS":
            return
        person = caller()
        if person is None:
            raise _refusal()
        if endpoint in ADMIN and person.role != "admin":
            raise ApiError(403, "admin_only", "This call needs a token with the role admin.")

    app.before_request(check)


def caller() -> Person | None:
    """The person whose token this request carries, or None."""
    if "caller" not in g:
        tokens: Tokens = current_app.extensions["backtone.tokens"]
        given = bearer(request.headers.get("Authorization", ""))
        g.caller = tokens.find(given) if given else None
    return g.caller


def token_problems() -> tuple[str, ...]:
    """What is wrong with the tokens file, for /readyz."""
    tokens: Tokens = current_app.extensions["backtone.tokens"]
    return (tokens.problem,) if tokens.problem else ()


def bearer(authorization: str) -> str:
    """The token of an Authorization header, or nothing."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _refusal() -> ApiError:
    if bearer(request.headers.get("Authorization", "")):
        code, message = "token_unknown", f"This token is not known here: it was mistyped or withdrawn. {HOW}"
    else:
        code, message = "token_missing", f"This call needs a token. {HOW}"
    return ApiError(401, code, message, headers={"WWW-Authenticate": 'Bearer realm="backtone"'})
