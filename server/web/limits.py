"""So many calls a minute for each token; callers without a token share one budget an address."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter
from limits.errors import ConfigurationError

from server.settings import SettingsError
from server.web.auth import OPEN, caller


def register_limits(app: Flask, per_minute: int, redis_url: str | None) -> None:
    """Limit every call that needs a token. With Redis all workers share the count; without it each has its own.

    Raises SettingsError where BACKTONE_REDIS_URL is set and the library for it is not installed.
    """
    limiter = Limiter(
        _who,
        default_limits=[f"{per_minute} per minute"],
        default_limits_exempt_when=lambda: request.endpoint in OPEN or request.method == "OPTIONS",
        default_limits_per_method=False,
        application_limits=None,
        storage_uri=redis_url or "memory://",
        in_memory_fallback_enabled=bool(redis_url),
        headers_enabled=True,
    )
    try:
        limiter.init_app(app)
    except ConfigurationError as error:
        raise SettingsError("BACKTONE_REDIS_URL", f"{error}. Install it with: pip install redis") from error


def _who() -> str:
    person = caller()
    return f"token:{person.name}" if person else f"address:{request.remote_addr}"
