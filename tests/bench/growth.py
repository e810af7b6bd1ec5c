"""How cost grows: with the size of the mail, with the number of rules, with the size of the caches. Draws growth.svg."""

from __future__ import annotations

import gc
import math
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson

from server.lookups.answer import Found, MailHosts
from server.lookups.cache import AnswerCache
from server.lookups.net import SystemClock
from server.message.request import message_from_json
from server.model import Message
from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED, load_sound_part
from server.vetting import Vetting
from tests.bench.figures import Figure
from tests.bench.letters import letters
from tests.bench.plot import Curve, draw

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
RULES = (100, 250, 500, 1000, 2000)
DOMAINS = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
PICTURE = Path(__file__).parent / "growth.svg"

RULE = """\
id: made_{number}
group: content
weight: weak
phrases:
  en:
    - "{words}"
title: {{en: "Made {number}", zh_CN: "规则 {number}"}}
reason: {{en: "Says “{{quote}}”.", zh_CN: "写着“{{quote}}”。"}}
advice: {{en: "None.", zh_CN: "无。"}}
false_positives: made for a benchmark
source: [own]
cases:
  - fires: {{text: "{shown}"}}
  - silent: {{text: "Please quote."}}
"""


def measure(*, quick: bool = False) -> list[Figure]:
    """All three curves; the figures are the slopes in the doubly logarithmic plot: 1 is linear, 0 is constant."""
    repeats = 2 if quick else 7
    sizes = [(kb * 1024.0, by_size(kb * 1024, repeats)) for kb in (SIZES[::5] if quick else SIZES)]
    rules = by_rules(RULES[::2] if quick else RULES, repeats)
    domains = [(float(count), by_domains(count)) for count in (DOMAINS[:3] if quick else DOMAINS)]
    curves = (
        Curve("Mail size", "bytes", "ms of processor time a mail", sizes),
        Curve("Rules", "rules", "ms of processor time a mail of 3 KB", rules),
        Curve("Domains in the cache", "domains", "microseconds a hit", domains),
    )
    if not quick:
        PICTURE.write_text(draw(curves))
    for curve in curves:
        print(curve.title + ": " + ", ".join(f"{at:,.0f} -> {value:.3g}" for at, value in curve.points))
    return [
        Figure(
            "mail_size_slope", slope([row for row in sizes if row[0] >= 4096] or sizes), "exponent", "4 KB to 1 MiB"
        ),
        Figure("rules_slope", slope(rules), "exponent", "100 to 2,000 rules"),
        Figure("cache_size_slope", slope(domains), "exponent", "10 to 1,000,000 domains"),
    ]


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the line through the logarithms, by least squares."""
    logs = [(math.log(at), math.log(value)) for at, value in points]
    middle = sum(x for x, _ in logs) / len(logs), sum(y for _, y in logs) / len(logs)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in logs) / sum((x - middle[0]) ** 2 for x, _ in logs)


def message(size: int, seed: int) -> Message:
    """A mail whose text has this many characters."""
    (letter,) = letters(1, seed=seed, size=size)
    given = orjson.loads(letter.request)
    del given["max_wait_ms"]
    return message_from_json(given)


def fastest(vetting: Vetting, size: int, repeats: int) -> float:
    """Milliseconds of processor time of a mail, each time another: the least of the repeats."""
    best = math.inf
    for seed in range(repeats + 2):
        mail = message(size, 100 + seed)
        begun = time.process_time_ns()
        vetting.vet(mail, lang="en", max_wait_ms=0, now=NOW, offline=True)
        if seed >= 2:  # the first ones compile what is compiled when first needed
            best = min(best, (time.process_time_ns() - begun) / 1e6)
    return best


_shipped: list[Vetting] = []


def by_size(size: int, repeats: int) -> float:
    """With the shipped rules, without look-ups and without the encoder."""
    if not _shipped:
        _shipped.append(Vetting(load_sound_part()[0]))
    return fastest(_shipped[0], size, repeats)


def by_rules(counts: Sequence[int], repeats: int) -> list[tuple[float, float]]:
    """A mail of 3 KB with so many rules: fewer than the shipped ones, or these and made ones."""
    found: list[tuple[float, float]] = []
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="rules-") as name:
            book = with_rules(Path(name), count)
            found.append((float(len(book.rules) + len(book.combos)), fastest(Vetting(book), 3000, repeats * 3)))
    return found


def with_rules(folder: Path, count: int) -> Rulebook:
    """A rulebook of about so many rules and combos."""
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    files = sorted([*(folder / "rules").rglob("*.yaml"), *(folder / "combos").glob("*.yaml")], key=_mixed)
    for path in files[count:]:
        path.unlink()
    chance = random.Random(5)
    for number in range(count - len(files)):
        words = [made_word(chance) for _ in range(3)]
        pattern = f"{words[0]} {words[1]}.{{0,40}}{words[2]}"
        shown = f"{words[0]} {words[1]} and {words[2]}"
        text = RULE.format(number=number, words=pattern, shown=shown)
        (folder / "rules" / "content" / f"made_{number}.yaml").write_text(text)
    book, _ = load_sound_part(folder)
    return book


def _mixed(path: Path) -> int:
    return hash_of(path.name)


def hash_of(name: str) -> int:
    """An order that is the same on each run and mixes the groups."""
    return random.Random(name).getrandbits(32)


def made_word(chance: random.Random) -> str:
    """A word as likely to begin as others do, so that looking for it costs what it does with real ones."""
    return "".join(chance.choice("bcdfghklmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))


def by_domains(count: int) -> float:
    """Microseconds of a hit in a cache that is full with so many domains."""
    clock = SystemClock()
    cache = AnswerCache(clock, max_entries=count)
    answer = Found(MailHosts(("mx1.mail-host.net",)), "dns", clock.now(), 3600.0)
    for number in range(count):
        cache.put("mx", f"firm-{number}.com", answer)
    chance = random.Random(3)
    names = [f"firm-{chance.randrange(count)}.com" for _ in range(20_000)]
    gc.collect()
    gc.freeze()
    found = min(_timed(lambda: [cache.get("mx", name) for name in names]) for _ in range(3))
    gc.unfreeze()
    assert cache.get("mx", names[0]) is not None
    return found / len(names) * 1e6


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
