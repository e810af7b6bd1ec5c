"""A name server over UDP and TCP whose answers a function writes: for lies, faults and small worlds."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Self

import dns.message
import dns.rdatatype

from tests.peers.nameservers import free_port

Script = Callable[[dns.message.Message, bool], dns.message.Message | bytes | None]
"""(query, over TCP) -> answer, raw octets, or None for silence."""


class ScriptedDns:
    """A context manager. `asked` counts the questions as (name without last dot, type)."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: Counter[tuple[str, str]] = Counter()
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._udp = socket.socket(type=socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        self._tcp = socket.create_server(("127.0.0.1", self.port))
        self._closed = False
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._serve_udp, self._serve_tcp)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closed = True
        with socket.socket(type=socket.SOCK_DGRAM) as wake:
            wake.sendto(b"", ("127.0.0.1", self.port))
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        for thread in self._threads:
            thread.join(5)
        self._udp.close()
        self._tcp.close()

    def _answer(self, wire: bytes, tcp: bool) -> bytes | None:
        query = dns.message.from_wire(wire)
        question = query.question[0]
        self.asked[question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)] += 1
        answer = self.script(query, tcp)
        if isinstance(answer, dns.message.Message):
            return answer.to_wire(max_size=65535)
        return answer

    def _serve_udp(self) -> None:
        while True:
            wire, peer = self._udp.recvfrom(65535)
            if self._closed:
                return
            answer = self._answer(wire, False)
            if answer is not None:
                self._udp.sendto(answer, peer)

    def _serve_tcp(self) -> None:
        while True:
            connection, _ = self._tcp.accept()
            if self._closed:
                connection.close()
                return
            threading.Thread(target=self._one_tcp, args=(connection,), daemon=True).start()

    def _one_tcp(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            try:
                head = connection.recv(2)
                wire = connection.recv(int.from_bytes(head, "big")) if len(head) == 2 else b""
                answer = self._answer(wire, True) if wire else None
                if answer is not None:
                    connection.sendall(len(answer).to_bytes(2, "big") + answer)
            except OSError:
                return
