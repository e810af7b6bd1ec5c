"""Mails made at random of rule cases, odd strings and broken pieces, for both engines to agree on.

    python -m tests.parity.made SEED MAILS > made.jsonl; node tests/parity/run.mjs made.jsonl

The same seed gives the same mails as long as rules and pieces stay the same.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence

from server.rulebook.cases import all_cases
from server.rulebook.load import load_rulebook
from tests.fuzz.pieces import VALUES, WORDS
from tests.parity.strings import nasty_strings

_NAMES = (
    "Ann Lee", "Walmart Procurement Department", "Apple Support <a@b>", "Bosch 采购部", "李 经理", "Ministry of Health, Ghana",
    "pаyments", "a@bank.com via List",
)  # fmt: skip
_ADDRESSES = (
    "ann@acme.example", "info@apple-procurement.com", "buyer12345@gmail.com", "x@163.com", "sales@xn--pple-43d.com",
    "a@bosch.com.cn", "y@b0sch.com", "noreply@news.acme.com",
)  # fmt: skip
_ENDS = (
    "Best regards\n{name}\nAcme Trading Co., Ltd.\nTel +86 20 8888 8888\nwww.acme.com", "-- \n{name}",
    "On Mon, 1 Jan 2026, Ann wrote:\n> x", "此致\n敬礼\n王先生\n深圳某某有限公司", "From: a\nSent: b\nTo: c\nSubject: d\n",
)  # fmt: skip
_SPLINTERS = (" ", "\n", "\u200b", "а", "é", "５", "。", ".", " \n", "😀", "." * 9)
_FILES = ("offer.pdf.exe", "PO.pdf", "\u202efdp.exe", "a.docm")
_MOST_PARTS = 12


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the mails, one JSON line each."""
    seed, count = (arguments or sys.argv[1:])[:2]
    rng = random.Random(int(seed))
    wordings = [case.text for *_, case in all_cases(load_rulebook()) if case.text]
    odd = nasty_strings()
    addresses = [*_ADDRESSES, *(value for value in VALUES if "@" in value and "\x00" not in value)]
    for number in range(int(count)):
        row: dict[str, object] = {
            "id": f"made-{seed}-{number}",
            "sender": f"{rng.choice(_NAMES)} <{rng.choice(addresses)}>",
            "subject": rng.choice(["Re: ", "Fw: ", "", "回复："]) + rng.choice(wordings)[: rng.randint(0, 90)],
            "body": _text(rng, wordings, odd),
        }
        if rng.random() < 0.4:
            row["reply_to"] = rng.choice(addresses)
        if rng.random() < 0.3:
            row["attachments"] = [rng.choice(_FILES)]
        print(json.dumps(row))
    return 0


def _text(rng: random.Random, wordings: list[str], odd: list[str]) -> str:
    parts = [_part(rng, wordings, odd) for _ in range(rng.randint(1, _MOST_PARTS))]
    chars = list(rng.choice(["\n", "\n\n", " ", ""]).join(parts))
    for _ in range(rng.choice([0, 0, 0, rng.randint(1, 8)])):
        place = rng.randint(0, len(chars))
        chars[place : place + rng.randint(0, 3)] = rng.choice(_SPLINTERS)
    return "".join(chars).encode("utf-8", "replace").decode()


def _part(rng: random.Random, wordings: list[str], odd: list[str]) -> str:
    kind = rng.random()
    if kind < 0.6:
        return rng.choice(wordings)
    if kind < 0.75:
        return rng.choice(WORDS)
    if kind < 0.9:
        return rng.choice(odd)
    return rng.choice([*_ENDS, "> " + rng.choice(wordings)]).replace("{name}", rng.choice(_NAMES))


if __name__ == "__main__":
    sys.exit(main())
