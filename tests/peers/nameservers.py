"""NSD and Unbound on a free loopback port, as real authoritative and recursive peers."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import dns.exception
import dns.message
import dns.query

READY_S = 30.0

ZONE_HEAD = """$ORIGIN {name}.
$TTL 300
@ IN SOA ns1 hostmaster 1 3600 600 86400 300
@ IN NS ns1
ns1 IN A 127.0.0.1
"""


class MissingPeer(RuntimeError):
    """A program that a test needs is not installed."""


def free_port() -> int:
    """A port of 127.0.0.1 that is free for both UDP and TCP at the moment."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            port = int(tcp.getsockname()[1])
            try:
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Daemon:
    """A name server process in a folder of its own; a context manager. `address` is "127.0.0.1:port"."""

    program = ""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def configuration(self, folder: Path) -> str:
        raise NotImplementedError

    def __enter__(self) -> Self:
        path = shutil.which(self.program, path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
        if path is None:
            raise MissingPeer(f"{self.program} is not installed: apt-get install {self.program}")
        self._folder = tempfile.TemporaryDirectory(prefix=f"{self.program}-")
        folder = Path(self._folder.name)
        (folder / "conf").write_text(self.configuration(folder))
        self._log = (folder / "log").open("wb")
        command = [path, "-d", "-c", str(folder / "conf")]
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log, stdin=subprocess.DEVNULL)
        try:
            self._wait_until_ready(folder)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(10)
        self._log.close()
        self._folder.cleanup()

    def _wait_until_ready(self, folder: Path) -> None:
        assert self._process is not None
        query = dns.message.make_query("ready.peer.", "TXT")
        end = time.monotonic() + READY_S
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            try:
                dns.query.udp(query, "127.0.0.1", port=self.port, timeout=0.5)
            except (dns.exception.DNSException, OSError):
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"{self.program} did not start: {(folder / 'log').read_text(errors='replace')[-500:]}")


class Nsd(Daemon):
    """An authoritative server. `zones`: name -> records below the usual head; None declares a zone that SERVFAILs."""

    program = "nsd"

    def __init__(self, zones: dict[str, str | None]) -> None:
        super().__init__()
        self.zones = zones

    def configuration(self, folder: Path) -> str:
        lines = [
            "server:",
            f"  ip-address: 127.0.0.1@{self.port}",
            f'  zonesdir: "{folder}"',
            '  username: ""',
            '  chroot: ""',
            '  database: ""',
            f'  pidfile: "{folder}/pid"',
            f'  zonelistfile: "{folder}/zone.list"',
            f'  xfrdfile: "{folder}/xfrd.state"',
            f'  xfrdir: "{folder}"',
            "  server-count: 1",
            "remote-control:",
            "  control-enable: no",
        ]
        for name, records in self.zones.items():
            lines += ["zone:", f'  name: "{name}"', f'  zonefile: "{name}.zone"']
            if records is not None:
                (folder / f"{name}.zone").write_text(ZONE_HEAD.format(name=name) + records)
        return "\n".join(lines) + "\n"


class Unbound(Daemon):
    """A recursive server that never asks the outside. `local` are lines of its `server:` clause."""

    program = "unbound"

    def __init__(self, local: list[str]) -> None:
        super().__init__()
        self.local = local

    def configuration(self, folder: Path) -> str:
        lines = [
            "server:",
            "  interface: 127.0.0.1",
            f"  port: {self.port}",
            '  username: ""',
            '  chroot: ""',
            f'  directory: "{folder}"',
            f'  pidfile: "{folder}/pid"',
            "  use-syslog: no",
            "  do-daemonize: no",
            "  num-threads: 1",
            "  do-not-query-localhost: no",
            '  module-config: "iterator"',
            '  local-zone: "." static',
            '  local-zone: "peer." static',
            *(f"  {line}" for line in self.local),
            "remote-control:",
            "  control-enable: no",
        ]
        return "\n".join(lines) + "\n"
