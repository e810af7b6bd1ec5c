"""The search that a rep would have wanted stands among the first four. Marked by hand before the order was written."""

from __future__ import annotations

from server.model import Message
from server.rulebook.book import Rulebook
from tests.mail.vetted import HERE, Bench, table

MARKS = {row["file"]: row["useful"].split() for row in table(HERE / "useful_search.csv")}
FIRST = 4
SHARE = 0.90
OURS = {"colleague-warns-of-fraud-zh.eml", "internal-colleague.eml", "internal-finance-zh.eml"}
"""Colleagues are not searched for."""


def test_the_useful_search_comes_first(samples: dict[str, Message], bench: Bench) -> None:
    off: list[str] = []
    for name, useful in MARKS.items():
        found = [link.id for link in bench.verdict(samples[name]).search_links[:FIRST]]
        if not set(found) & set(useful):
            off.append(f"{name}: {', '.join(found)}; useful would be {' or '.join(useful)}")
    share = 1 - len(off) / len(MARKS)
    print(f"useful search among the first {FIRST}: {share:.3f} of {len(MARKS)}")
    assert share >= SHARE, off


def test_every_mail_is_marked(samples: dict[str, Message], rulebook: Rulebook) -> None:
    assert set(MARKS) | OURS == set(samples)
    known = set(rulebook.search_links.templates)
    assert {name for useful in MARKS.values() for name in useful} <= known


def test_colleagues_are_not_searched_for(samples: dict[str, Message], bench: Bench) -> None:
    for name in OURS:
        assert bench.verdict(samples[name]).search_links == ()
