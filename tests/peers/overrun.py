"""How much longer a report takes than it must: `python -m tests.peers.overrun` prints both figures as JSON.

healthy: all look-ups on, web site and block list too, and every server answers; ours over the slowest single look-up of the same round.
hung: one server is silent; ours over the deadline. Medians and worst of the rounds, in milliseconds.
"""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Callable

from server.lookups.answer import Unknown
from server.lookups.domain import DomainLookups
from server.lookups.report import KINDS, Kind
from server.lookups.sources import Sources
from server.settings import Settings
from tests.peers.fakes import LoopbackAndMap
from tests.peers.faults import FaultyWorld
from tests.peers.scripted_dns import ScriptedDns
from tests.peers.site import WebPeer, page
from tests.peers.world import Domain, World

ROUNDS = 20
DELAY_S = 0.02
DEADLINE_S = 0.3
HANGING: tuple[Kind, ...] = ("mx", "address", "ns", "spf", "dmarc", "mta_sts", "registration")
FRONT = (
    "<html lang=de><title>Firm</title><body>Werkzeuge seit 1974, Firm GmbH <a href=/kontakt>Kontakt</a></body></html>"
)
ONE = Domain(spf="v=spf1 ip4:93.184.215.14 -all")


def healthy_overrun_ms(rounds: int = ROUNDS) -> list[float]:
    """One figure a round. Both times are taken with the same servers and names that nobody has asked for yet."""
    names = [f"firm-{number}.com" for number in range(2 * rounds + 1)]
    figures: list[float] = []
    with SlowWorld(dict.fromkeys(names, ONE)) as world, WebPeer(lambda *_: page(FRONT)) as web:
        given = {"BACKTONE_WEBSITE": "on", "BACKTONE_BLOCKLISTS": "dbl.list.net"}
        dialer = LoopbackAndMap({("93.184.215.14", 80): web.port})
        door = DomainLookups(Settings.from_env({**world.settings, **given}), dialer=dialer)
        door.report(names.pop(), names[0], deadline_s=20)  # probes the name server, loads the libraries
        for _ in range(rounds):
            alone, together = names.pop(), names.pop()
            slowest = max(timed(lambda kind=kind, alone=alone: job(door, kind, alone)) for kind in KINDS)
            ours = timed(lambda together=together: door.report(together, together, deadline_s=20))
            assert not any(
                isinstance(one, Unknown) for one in door.report(together, together, deadline_s=0).answers.values()
            )
            figures.append((ours - slowest) * 1000)
    return figures


def hung_overrun_ms(rounds: int = ROUNDS) -> list[float]:
    """One figure a round, the silent server another each time."""
    figures: list[float] = []
    for number in range(rounds):
        kind = HANGING[number % len(HANGING)]
        registry = "hang" if kind == "registration" else "ok"
        with FaultyWorld({"firm.com": ONE}, "firm.com", kind, registry=registry) as world:
            door = DomainLookups(Settings.from_env(world.settings))
            start = time.perf_counter()
            report = door.report("firm.com", "firm.com", deadline_s=DEADLINE_S)
            figures.append((time.perf_counter() - start - DEADLINE_S) * 1000)
            missing = {name for name in HANGING if isinstance(report.answers[name], Unknown)}
            assert missing == {kind}, missing
            door.close()
    return figures


class SlowWorld(World):
    """Each DNS answer takes `DELAY_S`, so that the wire and not the peer's Python decides."""

    def __init__(self, domains: dict[str, Domain]) -> None:
        super().__init__(domains)
        self.dns = DelayedDns(self._answer)


class DelayedDns(ScriptedDns):
    """Answers each datagram after a while, and many at a time."""

    def _serve_udp(self) -> None:
        while True:
            wire, peer = self._udp.recvfrom(65535)
            if self._closed:
                return
            threading.Timer(DELAY_S, self._reply, (wire, peer)).start()

    def _reply(self, wire: bytes, peer: tuple[str, int]) -> None:
        said = self._answer(wire, False)
        if said is not None and not self._closed:
            self._udp.sendto(said, peer)


def job(door: DomainLookups, kind: Kind, name: str) -> object:
    """One look-up alone, past the cache."""
    sources: Sources = door._sources
    return sources.job(kind, name, name, time.monotonic() + 20)()


def timed(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def summary(figures: list[float]) -> dict[str, float]:
    """Median and worst."""
    return {"median": round(statistics.median(figures), 2), "worst": round(max(figures), 2), "rounds": len(figures)}


def main() -> None:
    """Print both."""
    print(
        json.dumps({"healthy_overrun_ms": summary(healthy_overrun_ms()), "hung_overrun_ms": summary(hung_overrun_ms())})
    )


if __name__ == "__main__":
    main()
