"""The way in: `python -m server`. The only place that hands the app to the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from server.cli.errors import CommandError
from server.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

    from server.settings import Settings
    from server.web.tokens import Role


class App:
    """The web side as the command line sees it. Nothing of Flask is imported until it is asked for."""

    def create(
        self, settings: Settings, failed: Callable[[Exception], None], ready: Callable[[], None]
    ) -> WSGIApplication:
        """The WSGI application. Raises CommandError where tokens are unusable, and tells `failed` of broken rules."""
        from server.app import create_app
        from server.settings import SettingsError
        from server.web.tokens import TokensError

        try:
            return create_app(settings, failed=failed, ready=ready)
        except (TokensError, SettingsError) as error:
            raise CommandError(str(error)) from error

    def ensure_tokens(self, path: Path) -> str:
        """The first token of the file, which is made with one token if it is not there."""
        from server.web.new_tokens import ensure_tokens
        from server.web.tokens import TokensError

        try:
            return ensure_tokens(path)
        except TokensError as error:
            raise CommandError(error.message) from error

    def add_token(self, path: Path, name: str, role: Role, *, replace: bool) -> str:
        """A new token for a person, written to the file."""
        from server.web.new_tokens import add_person
        from server.web.tokens import TokensError

        try:
            return add_person(path, name, role, replace=replace)
        except TokensError as error:
            raise CommandError(error.message) from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], App()))
