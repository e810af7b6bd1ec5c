"""The application factory: joins settings, rules, look-ups, lists and the HTTP side. No work at import."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import orjson
from flask import Flask
from flask.json.provider import JSONProvider
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from server.lean import settle, tidy_heap
from server.letters.book import Shelf
from server.letters.write import Company
from server.lookups.domain import DomainLookups
from server.lookups.shared import Shared
from server.meaning.stage import Meaning, shared_loading
from server.model import Address, Message
from server.overlay.folder import closed
from server.overlay.reader import Overlay
from server.rulebook.errors import Problem, RulebookError, gathered
from server.rulebook.load import load_rulebook
from server.rulebook.own_domains import cannot_be_ours
from server.settings import Settings, SettingsError
from server.vetting import Vetting
from server.web import docs, domains, feedback, health, letters, lists, rulebook, searches, tryit, vet
from server.web.answers import FailureSchema
from server.web.around import register_around
from server.web.auth import register_auth
from server.web.cache import VerdictCache
from server.web.engine import Engine, Vets
from server.web.errors import MAIL_BYTES, register_errors
from server.web.gunicorn_log import APP_LOAD_ERROR
from server.web.limits import register_limits
from server.web.metrics import Metrics
from server.web.new_tokens import ensure_tokens
from server.web.quota import Quota
from server.web.refusals import install
from server.web.reloads import Reloads
from server.web.sharing import KEY_SECRET, SharedVerdicts
from server.web.short_way import ShortWay
from server.web.spec import make_api
from server.web.tokens import Tokens, TokensError

VERSION = "0.1.0"
OURSELVES = ("localhost", "127.0.0.1")
"""Names by which health checks on this machine ask; behind a proxy the names of BACKTONE_TRUSTED_HOSTS come in."""
ORIGIN = re.compile(r"[a-z][a-z-]*://[a-z0-9.:-]+")
SENT = ["Authorization", "Content-Type", "Accept-Language", "Cache-Control", "If-None-Match"]

WARM_UP = Message(
    sender=Address("ann@importer.example", "Ann Lee"),
    subject="Inquiry",
    text="Dear sir, please quote 2,000 pcs of LP-6060.\n\nBest regards\nAnn Lee\nImporter GmbH\n+49 40 123456\n请报价",
)
"""Vetted once at the start, so that the first real mail does not wait for tables that are built when first used."""


class App(Flask):
    """Flask that does not write an exception's words to the log: they may quote the mail. `errors` logs the place."""

    def log_exception(self, exc_info: Any) -> None:
        """Nothing."""


class OrjsonProvider(JSONProvider):
    """Flask's JSON by orjson."""

    def dumps(self, obj: Any, **_kwargs: Any) -> str:
        """Text of an object."""
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_kwargs: Any) -> Any:
        """The object of a text."""
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Any:
        """A JSON response."""
        body = orjson.dumps(self._prepare_response_obj(args, kwargs))
        return cast(Any, self._app).response_class(body, mimetype="application/json")


def create_app(
    settings: Settings,
    *,
    vetting: Vets | None = None,
    failed: Callable[[Exception], None] | None = None,
    ready: Callable[[], None] | None = None,
) -> Flask:
    """The WSGI application. `vetting` replaces the real one in tests.

    With `failed` the rules are read in the background: calls that need them wait, and it is told what is wrong. `ready`
    is called when they are in.

    Raises RulebookError, TokensError or SettingsError if the server cannot start, each with words for the admin.
    """
    app = App("server.web", static_folder=None, template_folder=None)
    app.json = OrjsonProvider(app)
    hosts = [*settings.trusted_hosts, *OURSELVES] if settings.trusted_hosts else None
    app.config |= {"MAX_CONTENT_LENGTH": MAIL_BYTES, "TRUSTED_HOSTS": hosts}
    tidy_heap()
    install()
    _start_log()
    ensure_tokens(settings.tokens_file)
    app.extensions["backtone.shared"] = shared = _shared(settings)
    app.extensions["backtone.letters"] = shelf = Shelf(settings.overlay)
    app.extensions["backtone.company"] = Company(
        settings.company_name, settings.company_mail, settings.company_signature
    )
    app.extensions["backtone"] = engine = _engine(settings, vetting, shared, shelf)
    app.extensions["backtone.metrics"] = counts = Metrics()
    counts.watch(lambda: _uses(engine, shared))
    if shared:
        engine.reloads = Reloads(shared, engine.reload_here)
        engine.reloads.look()  # before the rules are read
    register_around(app)
    register_limits(app, Quota(settings.rate_limit, shared))
    register_auth(app, Tokens(settings.tokens_file))
    _allow_origins(app, settings.cors_origins)
    api = make_api(app, VERSION, FailureSchema)
    app.extensions["backtone.api"] = api
    app.extensions["backtone.feedback"] = settings.data / "feedback.jsonl"
    for part in (vet, domains, rulebook, searches, feedback, letters, lists, health):
        cast(Any, api).register_blueprint(part.blueprint.inner)
    for page in (tryit, docs):
        app.register_blueprint(page.blueprint)
    register_errors(app)
    if settings.reverse_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.reverse_proxies, x_proto=0)
    app.wsgi_app = ShortWay(app, app.wsgi_app, settings.cors_origins)
    if engine.loaded is None:
        engine.load(failed, ready)
    return app


def from_environment() -> Flask:
    """The application with the settings of the environment, for `gunicorn "server.app:from_environment()"`.

    What the admin must mend ends the process with a line for each that says so, and gunicorn does not start it again.
    """
    try:
        return create_app(Settings.from_env(os.environ))
    except (SettingsError, TokensError, RulebookError) as error:
        sys.stderr.write(f"backtone: {error}\n")
        raise SystemExit(APP_LOAD_ERROR) from error


def _shared(settings: Settings) -> Shared | None:
    """The Redis of the settings, asked when it is first needed."""
    if not settings.redis_url:
        return None
    try:
        return Shared(settings.redis_url)
    except ImportError as error:
        raise SettingsError("BACKTONE_REDIS_URL", f"{error}. Install it with: pip install redis") from error
    except ValueError as error:
        raise SettingsError("BACKTONE_REDIS_URL", str(error)) from error


def _uses(engine: Engine, shared: Shared | None) -> dict[str, dict[str, int]]:
    """Hits, misses and sizes of all caches, for the metrics."""
    uses = {"verdicts": engine.verdicts.counts()}
    if engine.lookup_counts:
        uses |= {f"lookup {kind}": row for kind, row in engine.lookup_counts().items()}
    return uses | ({"redis": dict(shared.counts)} if shared else {})


def _engine(settings: Settings, given: Vets | None, shared: Shared | None, shelf: Shelf) -> Engine:
    overlay = Overlay(settings.overlay) if settings.overlay else None
    verdicts = VerdictCache(KEY_SECRET if shared else None)
    parts: dict[str, Any] = {
        "verdicts": verdicts,
        "shared_verdicts": SharedVerdicts(shared) if shared else None,
        "salt": settings.fingerprint(),
    }
    if given is not None:
        return Engine(given, overlay, settings.own_domains, **parts)
    lookups = DomainLookups(settings, shared=shared, salt=settings.fingerprint()) if settings.lookups else None

    def build() -> Vets:
        if settings.overlay and (shut := closed(settings.overlay)):
            raise SettingsError("BACKTONE_OVERLAY", ". ".join(shut))
        problems: list[Problem] = []
        with gathered(problems):
            shelf.reload()
        with gathered(problems):
            book = load_rulebook(overlay=settings.overlay)
        if problems:
            raise RulebookError(problems)
        if wrong := cannot_be_ours(settings.own_domains, book.lookup):
            raise SettingsError("BACKTONE_OWN_DOMAINS", wrong)
        if overlay:
            overlay.public_providers = book.public_providers
        vetting = Vetting(book, lookups, overlay, settings.own_domains)
        vetting.vet(WARM_UP, lang="en", max_wait_ms=0, now=datetime.now(UTC), offline=True)
        settle()
        # Only now the encoder: what stays of the rules would lie between what it leaves behind.
        return replace(vetting, meaning=Meaning(book, shared_loading())) if settings.meaning else vetting

    parts["lookup_counts"] = lookups.cache.counts if lookups else None
    told = (RulebookError, SettingsError)
    return Engine(None, overlay, settings.own_domains, build, told, settings.lookups, **parts)


def _allow_origins(app: Flask, origins: tuple[str, ...]) -> None:
    """CORS for these literal origins. flask-cors would read an origin with regex signs as a pattern."""
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise SettingsError("BACKTONE_CORS_ORIGINS", f"write literal origins, not {origin!r}")
    if origins:
        CORS(
            app,
            origins=list(origins),
            methods=["GET", "POST"],
            allow_headers=SENT,
            expose_headers=["ETag", "Retry-After"],
            vary_header=True,
            max_age=600,
        )


def _start_log() -> None:
    """Show the server's own log where nobody has set up logging, as under a bare `flask run`."""
    log = logging.getLogger("backtone")
    if not log.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        log.addHandler(handler)
    if log.level == logging.NOTSET:
        log.setLevel(logging.INFO)
