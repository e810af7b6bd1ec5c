"""A registry that answers RDAP (HTTP) and WHOIS for a table of domains, well or in a named bad way."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

Mode = Literal["ok", "hang", "drip", "big", "garbage", "ratelimit", "html", "redirect"]
BIG = 31 * 1024 * 1024  # octets, what made python-whois's own client never end


@dataclass(frozen=True)
class Entry:
    """A registered domain as the registry knows it. Dates are ISO texts, "" leaves them out."""

    created: str = "2003-04-01T00:00:00Z"
    expires: str = "2031-04-01T00:00:00Z"
    registrar: str = "Peer Registrar Ltd"
    status: tuple[str, ...] = ()
    rdap: Mode = "ok"
    whois: Mode = "ok"
    location: str = ""
    whois_text: str = ""


class Registry:
    """A context manager; `rdap_url`, `whois_address`, and `asked`: questions by ("rdap" or "whois", domain)."""

    def __init__(self, domains: Mapping[str, Entry], default: Entry | None = None) -> None:
        self.domains = dict(domains)
        self.default = default
        self.asked: Counter[tuple[str, str]] = Counter()
        self.sent = 0
        self._ready = threading.Event()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        if not self._ready.wait(20):
            raise RuntimeError("the registry peer did not start")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        rdap = await asyncio.start_server(self._guarded(self._rdap), "127.0.0.1", 0, backlog=512)
        whois = await asyncio.start_server(self._guarded(self._whois), "127.0.0.1", 0, backlog=512)
        self.rdap_url = f"http://127.0.0.1:{rdap.sockets[0].getsockname()[1]}/"
        self.whois_address = f"127.0.0.1:{whois.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        rdap.close()
        whois.close()
        await asyncio.sleep(0.01)  # who was let in just now: his handler must have begun, else nobody closes his line
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0.01)  # lines close in the loop's next rounds

    def _guarded(self, serve: Any) -> Any:
        async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            try:
                await serve(reader, writer)
            except (OSError, asyncio.CancelledError, asyncio.IncompleteReadError):
                pass  # the client left, or the peer is being closed
            finally:
                self._tasks.discard(task)
                writer.transport.abort() if writer.transport.get_write_buffer_size() else writer.close()

        return one

    def _entry(self, domain: str) -> Entry | None:
        return self.domains.get(domain, self.default)

    async def _rdap(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        domain = request.split(" ")[1].rpartition("/")[2].lower()
        self.asked["rdap", domain] += 1
        entry = self._entry(domain)
        if entry is None:
            await self._http(writer, 404, "application/rdap+json", b'{"errorCode":404,"title":"not found"}')
            return
        body = json.dumps(rdap_document(domain, entry)).encode()
        match entry.rdap:
            case "ok":
                await self._http(writer, 200, "application/rdap+json", body)
            case "garbage":
                await self._http(writer, 200, "application/rdap+json", b'{"objectClassName": "dom')
            case "ratelimit":
                await self._http(writer, 429, "application/rdap+json", b'{"errorCode":429}')
            case "html":
                await self._http(writer, 404, "text/html", b"<html>no such page</html>")
            case "redirect":
                await self._http(writer, 302, "text/plain", b"", f"Location: {entry.location}\r\n")
            case mode:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rdap+json\r\nConnection: close\r\n\r\n")
                await self._badly(mode, writer)

    async def _http(self, writer: Any, status: int, kind: str, body: bytes, more: str = "") -> None:
        lines = f"HTTP/1.1 {status} x\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}"
        writer.write(lines.encode() + b"Connection: close\r\n\r\n" + body)
        await writer.drain()

    async def _whois(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        domain = (await reader.readline()).decode("latin-1").strip().split(" ")[-1].removesuffix("/e").lower()
        self.asked["whois", domain] += 1
        entry = self._entry(domain)
        match entry.whois if entry else "none":
            case "none":
                writer.write(f'No match for "{domain.upper()}".\r\n'.encode())
            case "ok" if entry:
                writer.write((entry.whois_text or whois_answer(domain, entry)).encode())
            case "garbage":
                writer.write(bytes(range(1, 256)))
            case "ratelimit":
                writer.write(b"WHOIS LIMIT EXCEEDED - please try again later\r\n")
            case "html" | "redirect":
                writer.write(b"<html><body>302 Found</body></html>")
            case mode:
                await self._badly(mode, writer)
        await writer.drain()

    async def _badly(self, mode: str, writer: asyncio.StreamWriter) -> None:
        if mode == "drip":  # ends only with the peer, or when the client leaves
            while not self._stop.is_set():
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.05)
        elif mode == "big":
            block = b"x" * 65535 + b"\n"
            for _ in range(BIG // len(block)):
                writer.write(block)
                await writer.drain()
                self.sent += len(block)
        else:
            await self._stop.wait()


def rdap_document(domain: str, entry: Entry) -> dict[str, Any]:
    """An RDAP domain object."""
    events = [("registration", entry.created), ("expiration", entry.expires)]
    return {
        "objectClassName": "domain",
        "ldhName": domain.upper(),
        "status": list(entry.status),
        "events": [{"eventAction": action, "eventDate": at} for action, at in events if at],
        "entities": [
            {
                "objectClassName": "entity",
                "roles": ["registrar"],
                "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", entry.registrar]]],
            }
        ],
    }


def whois_answer(domain: str, entry: Entry) -> str:
    """A WHOIS text in the form of the generic registries."""
    lines = [f"   Domain Name: {domain.upper()}", f"   Registrar: {entry.registrar}", "   Name Server: NS1.PEER.NET"]
    if entry.created:
        lines.append(f"   Creation Date: {entry.created}")
    if entry.expires:
        lines.append(f"   Registry Expiry Date: {entry.expires}")
    lines += [f"   Domain Status: {status}" for status in entry.status]
    return "\r\n".join(lines) + "\r\n"
