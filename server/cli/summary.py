"""`vet --summary`: shares by level and counts by rule over a mailbox. Nothing of any mail is shown."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from server.cli.words import words

if TYPE_CHECKING:
    from server.cli.vet import Vetted
    from server.model import Lang
    from server.rulebook.load import Rulebook

LEVELS = ("critical", "high", "caution", "low", "unknown")


def print_summary(done: Iterator[Vetted], book: Rulebook, lang: Lang, *, as_json: bool) -> tuple[int, int]:
    """Count all verdicts and print the figures; how many mails could not be read, and how many there were."""
    levels: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    unreadable = 0
    for mail in done:
        if mail.verdict is None:
            unreadable += 1
            continue
        levels[mail.verdict.risk.level] += 1
        rules.update(reason.id for reason in mail.verdict.reasons)
    total = levels.total()
    if not total + unreadable:
        return 0, 0
    figures: dict[str, Any] = {
        "mails": total,
        "unreadable": unreadable,
        "levels": {level: {"mails": levels[level], "share": levels[level] / (total or 1)} for level in LEVELS},
        "rules": dict(sorted(rules.items(), key=lambda item: (-item[1], item[0]))),
    }
    if as_json:
        import orjson

        sys.stdout.write(orjson.dumps(figures, option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        _table(figures, book, lang)
    return unreadable, total + unreadable


def _table(figures: dict[str, Any], book: Rulebook, lang: Lang) -> None:
    from rich.console import Console
    from rich.table import Table

    say = words(lang)
    console = Console(highlight=False)
    console.print(say["counted"].format(mails=figures["mails"], unreadable=figures["unreadable"]))
    levels = Table(say["level"], say["mails"], say["share"], box=None)
    for level, row in figures["levels"].items():
        levels.add_row(level_name(book, level, lang), str(row["mails"]), f"{row['share']:.1%}")
    console.print(levels)
    titles = {rule.id: rule.title[lang] for rule in (*book.rules, *book.combos)}
    rules = Table(say["mails"], say["rule"], "", box=None)
    for rule, hits in figures["rules"].items():
        rules.add_row(str(hits), rule, titles.get(rule, ""))
    console.print(rules)


def level_name(book: Rulebook, level: str, lang: Lang) -> str:
    """A level's name as the rulebook words it."""
    return book.levels.words[level].name[lang]
