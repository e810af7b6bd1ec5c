"""`vet --format text`: one verdict as a report that a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.cli.summary import level_name
from server.cli.words import words

if TYPE_CHECKING:
    from rich.console import Console

    from server.model import Lang, Reason, Verdict
    from server.rulebook.load import Rulebook

COLOURS = {"low": "green", "caution": "yellow", "high": "red", "critical": "bold white on red", "unknown": "dim"}


class Report:
    """Prints verdicts to stdout, in colour at a terminal. All text of a mail is printed literally."""

    def __init__(self, book: Rulebook, lang: Lang) -> None:
        from rich.console import Console

        self._book = book
        self._lang: Lang = lang
        self._say = words(lang)
        self._console: Console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)

    def show(self, name: str, verdict: Verdict) -> None:
        """Print the whole report of one mail."""
        say, risk = self._say, verdict.risk
        self._console.print(printable(name), style="bold")
        self._console.print(
            f"{level_name(self._book, risk.level, self._lang)}  {risk.score}/100  "
            f"({say['confidence']}: {say[risk.confidence]})",
            style=COLOURS[risk.level],
        )
        if not verdict.complete:
            self._line(say["incomplete"])
        self._reasons(verdict)
        self._rows("not_checked", [f"{item.fact}: {item.why}" for item in verdict.not_checked])
        self._customer(verdict)
        self._handling(verdict)
        self._rows("searches", [f"{link.label}: {link.url}" for link in verdict.search_links])
        self._console.print()

    def _reasons(self, verdict: Verdict) -> None:
        if not verdict.reasons:
            self._line(self._say["no_reasons"])
        else:
            self._head("reasons")
        for reason in verdict.reasons:
            self._reason(reason)
        self._rows("adjustments", [f"{step.points:+4d}  {step.why}" for step in verdict.adjustments])

    def _reason(self, reason: Reason) -> None:
        self._line(f"{reason.points:+4d}  {reason.title}  [{reason.id}]")
        self._line(f"      {reason.detail}")
        self._line(*(f"      “{quote.text}”" for quote in reason.quotes if quote.text not in reason.detail))
        if reason.advice:
            self._line(f"      → {reason.advice}")

    def _customer(self, verdict: Verdict) -> None:
        level = verdict.customer_level
        self._head("customer", f": {level.level or self._say['no_customer']}")
        self._line(*(f"  {item}" for item in level.evidence))
        if level.missing_for_next_level:
            self._line(f"  {self._say['missing']} {'; '.join(level.missing_for_next_level)}")

    def _handling(self, verdict: Verdict) -> None:
        say, handling = self._say, verdict.handling
        rows = [say["reply_by"].format(hours=handling.reply_by)] if handling.reply_by else []
        rows += [say["review"]] if handling.review else []
        self._rows("handling", [*rows, *handling.steps, *(f"{say['stop']} {item}" for item in handling.stop)])

    def _rows(self, heading: str, rows: list[str]) -> None:
        if rows:
            self._head(heading)
            self._line(*(f"  {row}" for row in rows))

    def _head(self, heading: str, rest: str = "") -> None:
        self._console.print(f"{self._say[heading]}{rest}", style="bold cyan")

    def _line(self, *lines: str) -> None:
        for line in lines:
            self._console.print(printable(line))


def printable(text: str) -> str:
    """Text of a mail without control characters: an escape sequence in a subject must not move the cursor."""
    return "".join(char if char.isprintable() else " " for char in text)
