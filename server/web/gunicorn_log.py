"""gunicorn's log, without the three lines that it adds where the app has said itself why it cannot start."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

APP_LOAD_ERROR = 4
"""gunicorn's exit status of a worker that could not load the app: it is not started again."""


class Log(Logger):
    """Named in server/deploy/gunicorn.conf.py."""

    _told = False
    """Whether a worker ended with words for the admin: what follows is only that the parent ends too."""

    def error(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Log a failure, if it is news."""
        if msg.startswith("Worker (pid:") and args[-1:] == (APP_LOAD_ERROR,):
            self._told = True
        if not self._told:
            super().error(msg, *args, **kwargs)
