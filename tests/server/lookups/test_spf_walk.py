"""How many questions an SPF record costs, and where receivers give up on it."""

from __future__ import annotations

from collections import Counter

import pytest

from server.lookups.ports import DnsReply, NoName, Records, RecordType, Trouble
from server.lookups.spf_walk import LIMIT, SpfWalk
from tests.peers.fakes import TableResolver, soon


class Counting(TableResolver):
    """A table that counts the questions."""

    def __init__(self, table: dict[tuple[str, str], DnsReply]) -> None:
        super().__init__(table)
        self.asked: Counter[str] = Counter()

    def ask(self, name: str, kind: RecordType, until: float) -> DnsReply:
        self.asked[name] += 1
        return super().ask(name, kind, until)


def at(**records: str) -> Counting:
    return Counting({(f"{name}.com", "TXT"): Records((f"v=spf1 {text}",), 60) for name, text in records.items()})


def cost(record: str, table: Counting) -> tuple[int | None, bool | None]:
    return SpfWalk(table, soon()).cost("v=spf1 " + record)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("-all", (0, True)),
        ("ip4:192.0.2.1 ip6:2001:db8::1 -all", (0, True)),
        ("a mx ptr ~all", (3, True)),
        ("a:x.com/24 mx/24 +a//64 exists:%{i}.x.com ?all", (4, True)),
        ("include:b.com -all", (3, True)),
        ("include:b.com include:b.com -all", (6, True)),
        ("-all include:b.com", (0, True)),
        ("redirect=b.com", (3, True)),
        ("redirect=b.com -all", (0, True)),
        ("a" + " a" * 9, (10, True)),
        ("a" + " a" * 10, (LIMIT + 1, False)),
        ("include:loop.com", (LIMIT + 1, False)),
        ("include:gone.com a", (1, False)),
        ("include:hung.com a", (None, None)),
        ("include:%{d}.com a", (None, None)),
        ("accounting moon", (0, True)),
    ],
)
def test_what_a_receiver_has_to_ask(record: str, expected: tuple[int | None, bool | None]) -> None:
    table = at(b="a mx ip4:192.0.2.1 ~all", loop="include:loop.com")
    table.table = {**table.table, ("gone.com", "TXT"): NoName(60), ("hung.com", "TXT"): Trouble("timed_out")}
    assert cost(record, table) == expected


def test_nothing_is_asked_twice() -> None:
    table = at(b="include:c.com", c="a")
    cost("include:b.com include:c.com include:b.com", table)
    assert table.asked == {"b.com": 1, "c.com": 1}


def test_a_fan_of_includes_ends_at_the_limit() -> None:
    """Each record includes ten others: without the limit ten thousand questions would be asked."""
    fan = " ".join(f"include:n{number}.com" for number in range(10))
    table = at(**{f"n{number}": fan for number in range(10)})
    assert cost(fan, table) == (LIMIT + 1, False)
    assert sum(table.asked.values()) <= LIMIT
