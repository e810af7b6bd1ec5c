"""`vet`: verdicts over mails from files, as a report, as JSON, or as one line a mail."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from server.cli.errors import CommandError
from server.cli.mails import Mail, Unreadable, count, mails
from server.settings import Settings

if TYPE_CHECKING:
    from server.model import Lang, Verdict
    from server.rulebook.load import Rulebook
    from server.vetting import Vetting

MANY = 20
"""From this many mails on, a progress bar is worth its lines."""
WAIT_MS = 10_000
"""How long a mail's look-ups may take here: nobody sits before an open page."""


@dataclass(frozen=True, slots=True)
class Vetted:
    """A mail's verdict, or why there is none."""

    id: str
    verdict: Verdict | None
    error: str = ""


def vet(args: argparse.Namespace, settings: Settings) -> int:
    """Vet all mails of the paths and print what was asked for. Status 1 where one could not be read."""
    book, vetting = _open(settings, tuple(args.own_domain), offline=args.offline)
    with _progress(args) as tracked:
        done = _vet_all(vetting, tracked(mails(args.paths)), args.lang, offline=args.offline)
        if args.summary:
            from server.cli.summary import print_summary

            return print_summary(done, book, args.lang, as_json=args.format != "text")
        failed, total = _print(done, book, args)
    if not total:
        raise CommandError("no mail found there: give .eml files, folders of them, an mbox, a Maildir or .jsonl")
    return 1 if failed else 0


def _open(settings: Settings, own: tuple[str, ...], *, offline: bool) -> tuple[Rulebook, Vetting]:
    from server.cli.rules import load
    from server.overlay.reader import Overlay
    from server.vetting import Vetting

    book = load(settings)
    lookups = None
    if settings.lookups and not offline:
        from server.lookups.build import build_lookups

        lookups = build_lookups(settings)
    overlay = Overlay(settings.overlay, book.tables["free_providers"]) if settings.overlay else None
    return book, Vetting(book, lookups, overlay, settings.own_domains + own)


def _vet_all(vetting: Vetting, found: Iterable[Mail], lang: Lang, *, offline: bool) -> Iterator[Vetted]:
    for mail in found:
        try:
            message = mail.read()
        except Unreadable as error:
            yield Vetted(mail.id, None, str(error))
            continue
        now = datetime.now(UTC)
        yield Vetted(mail.id, vetting.vet(message, lang=lang, max_wait_ms=WAIT_MS, now=now, offline=offline))


def line_of(mail: Vetted) -> dict[str, Any]:
    """The short form of a verdict: one line of `--format jsonl`."""
    if mail.verdict is None:
        return {"id": mail.id, "error": mail.error}
    verdict = mail.verdict
    return {
        "id": mail.id,
        "score": verdict.risk.score,
        "level": verdict.risk.level,
        "customer_level": verdict.customer_level.level,
        "reasons": [{"id": reason.id, "points": reason.points} for reason in verdict.reasons],
        "adjustments": [{"why": step.why, "points": step.points} for step in verdict.adjustments],
    }


def _print(done: Iterator[Vetted], book: Rulebook, args: argparse.Namespace) -> tuple[int, int]:
    """Print every verdict as it comes; how many failed, and how many there were."""
    import orjson

    write = sys.stdout.write
    failed = total = 0
    if args.format == "json":
        from server.judging.shape import to_dict

        whole = [
            {"id": mail.id, **to_dict(mail.verdict)} if mail.verdict else {"id": mail.id, "error": mail.error}
            for mail in done
        ]
        if whole:
            shown = whole[0] if len(whole) == 1 else whole
            write(orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode() + "\n")
        return sum("error" in row for row in whole), len(whole)
    if args.format == "text":
        from server.cli.report import Report

        report = Report(book, args.lang)
    for mail in done:
        total += 1
        failed += mail.verdict is None
        if args.format == "jsonl":
            write(orjson.dumps(line_of(mail)).decode() + "\n")
        elif mail.verdict:
            report.show(mail.id, mail.verdict)
        else:
            print(f"backtone: {mail.id}: {mail.error}", file=sys.stderr)
    return failed, total


@contextmanager
def _progress(args: argparse.Namespace) -> Iterator[Any]:
    """A progress bar on stderr for many mails at a terminal; else the mails pass as they are."""
    total = count(args.paths) if sys.stderr.isatty() else 0
    if total is not None and total < MANY:
        yield lambda found: found
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Vetting", total=total)

        def track(found: Iterable[Mail]) -> Iterator[Mail]:
            for mail in found:
                yield mail
                bar.advance(task)

        yield track
