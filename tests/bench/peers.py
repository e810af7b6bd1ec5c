"""The peers: spamd and rspamd of Debian's packages, one worker each, local rules only, DNS at loopback."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import Target, http
from tests.peers.nameservers import free_port

ASKING = (  # noqa: SIM905  (one a word is easier to read)
    "rbl fuzzy_check asn mx_check spf dkim dmarc arc dkim_signing greylist ratelimit replies neural history_redis "
    "url_redirector reputation bimi p0f clickhouse elastic antivirus external_services metadata_exporter "
    "metric_exporter phishing dcc"
).split()
"""rspamd's modules that ask the network, a database or another program; switched off as `-L` does for spamd."""

RSPAMD = """\
.include "$CONFDIR/common.conf"
options {{
    pidfile = "$RUNDIR/rspamd.pid";
    .include "$CONFDIR/options.inc"
    .include(duplicate=merge,priority=1) "$LOCAL_CONFDIR/local.d/options.inc"
    control_socket = "$DBDIR/rspamd.sock mode=0600";
}}
logging {{
    type = "file";
    filename = "$LOGDIR/rspamd.log";
    .include "$CONFDIR/logging.inc"
    level = "error";
}}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
"""
START_S = 120.0


@dataclass(frozen=True)
class Peer:
    """A peer that runs: where its mails go, its configuration in words, and its parent process."""

    target: Target
    words: str
    parent: int

    def pids(self) -> list[int]:
        """The processes that read mails."""
        children = Path(f"/proc/{self.parent}/task/{self.parent}/children").read_text().split()
        return [int(pid) for pid in children] or [self.parent]


DNS = """
import socket, sys
door = socket.socket(type=socket.SOCK_DGRAM)
door.bind(("127.0.0.1", int(sys.argv[1])))
while True:
    query, peer = door.recvfrom(4096)
    end = query.find(b"\\0", 12) + 5
    door.sendto(query[:2] + b"\\x81\\x83\\0\\x01" + bytes(6) + query[12:end], peer)
"""


@contextmanager
def name_server() -> Generator[int]:
    """A process that answers every question at once: there is no such name. Its port."""
    port = free_port()
    with subprocess.Popen([sys.executable, "-c", DNS, str(port)]) as process:
        try:
            yield port
        finally:
            process.kill()


def found(program: str) -> str | None:
    """Where a program is, also in the folders that are not on everybody's path."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")


@contextmanager
def rspamd(folder: Path, dns_port: int, *, network: bool = True) -> Generator[Peer | None]:
    """rspamd with one normal worker; None where it is not installed.

    Its modules are as shipped and its DNS is at loopback; without `network` all that ask anybody are off.
    """
    program = found("rspamd")
    if program is None:
        yield None
        return
    port = free_port()
    for name in ("local.d", "db", "run", "log"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    dns_options = f'dns {{\n  nameserver = ["127.0.0.1:{dns_port}"];\n  timeout = 0.5s;\n  retransmits = 1;\n}}\n'
    (folder / "local.d" / "options.inc").write_text(dns_options)
    for module in () if network else ASKING:
        (folder / "local.d" / f"{module}.conf").write_text("enabled = false;\n")
    config = folder / "rspamd.conf"
    config.write_text(RSPAMD.format(port=port))
    places = {"LOCAL_CONFDIR": "", "DBDIR": "db", "RUNDIR": "run", "LOGDIR": "log"}
    given = [f"--var={name}={folder / place if place else folder}" for name, place in places.items()]
    command = [program, "-f", "-i", "-c", str(config), *given]
    target = http("127.0.0.1", port, "/checkv2", [""], keep=False, kind="message/rfc822")
    with running(command, port, folder / "out") as parent:
        off = "modules as shipped, DNS at loopback says NXDOMAIN at once" if network else f"off: {' '.join(ASKING)}"
        yield Peer(target, f"{version(program)}: worker normal, count = 1; {off}", parent)


@contextmanager
def spamd(folder: Path) -> Generator[Peer | None]:
    """spamd -L with one child; None where it is not installed."""
    program = found("spamd")
    if program is None:
        yield None
        return
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    switches = ["-L", "--max-children=1", "--min-children=1", "--max-conn-per-child=1000000"]
    command = [
        program,
        *switches,
        f"--port={port}",
        "--listen=127.0.0.1",
        "--nouser-config",
        f"--helper-home-dir={folder}",
    ]
    target = Target("127.0.0.1", port, _spamc, _spamd_wrong, keep=False)
    with running(command, port, folder / "out") as parent:
        yield Peer(target, f"{version(program)}: {' '.join(switches)}", parent)


def _spamc(mail: bytes, _number: int) -> bytes:
    return b"CHECK SPAMC/1.5\r\nContent-length: %d\r\n\r\n" % len(mail) + mail


def _spamd_wrong(answer: bytes) -> str:
    return "" if b"EX_OK" in answer[:40] else answer[:200].decode("utf-8", "replace")


def version(program: str) -> str:
    """A program's first line about itself."""
    out = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return (out.stdout or out.stderr).strip().partition("\n")[0]


@contextmanager
def running(command: list[str], port: int, out: Path) -> Generator[int]:
    """A program that listens on this port, in a process group of its own, stopped at the end; its process id."""
    with out.open("ab") as log, subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True) as process:
        try:
            until = time.monotonic() + START_S
            while not _listens(port):
                if time.monotonic() > until or process.poll() is not None:
                    raise SystemExit(f"{command[0]} did not start:\n{out.read_text(errors='replace')[-2000:]}")
                time.sleep(0.2)
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
