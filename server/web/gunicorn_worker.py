"""gunicorn's worker with threads, but one that is told to stop takes no call that it will not answer."""

from __future__ import annotations

from typing import Any, cast

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):
    """Named in server/deploy/gunicorn.conf.py.

    While it ends the calls that run, gunicorn's own keeps the port open: new calls would hang until it is gone, and
    nginx would ask the other process that much later.
    """

    def set_accept_enabled(self, enabled: bool | None) -> None:
        """Take new connections or not; when stopping, close the port."""
        super().set_accept_enabled(enabled)  # pyright: ignore[reportUnknownMemberType]
        if not enabled and not self.alive:
            for listener in cast("list[Any]", self.sockets):
                listener.close()
