"""`serve`: the API under gunicorn, one process and eight threads, so that one cache and one limiter serve all."""

from __future__ import annotations

import errno
import os
import runpy
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from server.cli.errors import WRONG_USE, CommandError
from server.settings import Settings

if TYPE_CHECKING:
    from server.cli.main import AppPort

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "extension" / "dist" / "chrome"
DEPLOYED = ROOT / "server" / "deploy" / "gunicorn.conf.py"
"""The same settings as behind a proxy: threads, time limits, sizes of a request's head."""


def serve(settings: Settings, app: AppPort) -> int:
    """Listen until stopped. A port in use ends with status 2 before anything is loaded."""
    from gunicorn.app.base import BaseApplication

    token = app.ensure_tokens(settings.tokens_file)
    listener = listen(*settings.listen)
    parent = os.getpid()
    # Not into a log: journal and container logs are read by more people than may have an admin's token.
    text = greeting(listener, token if sys.stdout.isatty() else "", settings.tokens_file)

    def announce() -> None:
        """Said once the rules are in: a broken overlay folder has ended the process before."""
        print(text, flush=True)

    class Server(BaseApplication):
        """gunicorn with our settings; it reads neither its own command line nor its environment."""

        def load_config(self) -> None:
            for name, value in options(listener).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            try:
                return app.create(settings, give_up, announce)
            except CommandError as error:
                print(f"backtone: {error.message}", file=sys.stderr)
                raise SystemExit(APP_LOAD_ERROR) from error

    try:
        Server().run()
    except SystemExit as end:  # gunicorn ends its processes this way, the worker (a fork of us) and the parent
        if os.getpid() == parent and end.code == APP_LOAD_ERROR:
            return WRONG_USE
        raise
    return 0


APP_LOAD_ERROR = 4
"""gunicorn's exit status of a worker that could not load the app: it is not started again."""


def give_up(error: Exception) -> None:
    """End the worker from any of its threads; gunicorn then ends too."""
    print(f"backtone: {error}", file=sys.stderr, flush=True)
    os._exit(APP_LOAD_ERROR)


def options(listener: socket.socket) -> dict[str, Any]:
    """gunicorn's settings: those of server/deploy, and what follows from being started here."""
    deployed = {name: value for name, value in runpy.run_path(str(DEPLOYED)).items() if not name.startswith("_")}
    return {
        **deployed,
        "bind": f"fd://{listener.fileno()}",
        "loglevel": "warning",
        "proc_name": "backtone",
    }


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises CommandError that names the setting where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        both = host == "::" and socket.has_dualstack_ipv6()  # all addresses of the machine, not only the long ones
        return socket.create_server((host, port), family=family, backlog=2048, dualstack_ipv6=both)
    except OSError as error:
        why = {errno.EADDRINUSE: "is in use by another program", errno.EACCES: "needs more rights"}
        told = (error.strerror or str(error)).partition(" (while ")[0]
        reason = why.get(error.errno or 0, f"cannot be listened on ({told})")
        raise CommandError(f"{host}:{port} {reason}. Set BACKTONE_LISTEN to another host:port.") from error


def greeting(listener: socket.socket, token: str, tokens_file: Path) -> str:
    """What the admin needs to go on: the address, a token or where it stands, the folder of the extension."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    lines = [f"Backtone answers on http://{shown}:{port}"]
    lines += (
        [f"Token      {token}", f"           (all tokens: {tokens_file})"] if token else [f"Tokens     {tokens_file}"]
    )
    if EXTENSION.is_dir():
        lines.append(f"Extension  load {EXTENSION} in chrome://extensions (developer mode, load unpacked)")
    return "\n".join(lines)
