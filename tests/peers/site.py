"""A web server that answers with raw octets: well, or in whatever bad way a test wants; plain or under TLS."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = CERTIFICATES / "ca.pem"

Script = Callable[[str, str], "bytes | Iterable[bytes]"]
"""(host, path) -> the whole answer with its head, or pieces of it; it may sleep, or never end."""


class WebPeer:
    """A context manager. `port` on loopback; `asked` holds (host, path) of each request; `sent` counts octets.

    `certificate` names a file of `certificates/` ("good", "expired", "selfsigned"); "" is plain HTTP.
    """

    def __init__(self, script: Script, certificate: str = "") -> None:
        self.script = script
        self.certificate = certificate
        self.asked: list[tuple[str, str]] = []
        self.names: list[str | None] = []
        self.sent = 0

    def __enter__(self) -> Self:
        self._closed = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._server.getsockname()[1])
        self._tls: ssl.SSLContext | None = None
        if self.certificate:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(CERTIFICATES / f"{self.certificate}.pem")
            self._tls.sni_callback = lambda _sock, name, _context: self.names.append(name)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closed.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._thread.join(5)
        self._server.close()

    @property
    def closed(self) -> threading.Event:
        """Set when the peer is being closed: endless scripts should end then."""
        return self._closed

    def _serve(self) -> None:
        while True:
            connection, _ = self._server.accept()
            if self._closed.is_set():
                connection.close()
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(20)
            sock = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with sock:
                head = b""
                while b"\r\n\r\n" not in head and (data := sock.recv(4096)):
                    head += data
                lines = head.decode("latin-1").split("\r\n")
                host = next((line[5:].strip() for line in lines if line.lower().startswith("host:")), "")
                path = lines[0].split(" ")[1] if lines[0].count(" ") > 1 else ""
                self.asked.append((host, path))
                answer = self.script(host, path)
                for piece in (answer,) if isinstance(answer, bytes) else answer:
                    if self._closed.is_set():
                        return
                    sock.sendall(piece)
                    self.sent += len(piece)


def page(body: str | bytes, status: int = 200, **headers: str) -> bytes:
    """A whole answer. Header names are written with underscores; a `Content_Length` given replaces the right one."""
    data = body.encode() if isinstance(body, str) else body
    given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status} x\r\n{lines}Connection: close\r\n\r\n".encode() + data


def redirect(location: str, status: int = 302) -> bytes:
    """An answer that sends the visitor elsewhere."""
    return page("", status, Location=location)
