"""`vet`: verdicts over mails from files, as a report, as JSON, or as one line a mail."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from server.cli.errors import CommandError
from server.cli.mails import Mail, Unreadable, count, mails
from server.settings import Settings, SettingsError

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
    book, vetting = _open(settings, tuple(args.own_domain), offline=args.offline, meaning=not args.no_meaning)
    with _progress(args) as tracked:
        done = _vet_all(vetting, tracked(mails(args.paths)), args.lang, offline=args.offline)
        if args.summary:
            from server.cli.summary import print_summary

            failed, total = print_summary(done, book, args.lang, as_json=args.format != "text")
        else:
            failed, total = _print(done, book, args)
    if not total:
        raise CommandError("no mail found there: give .eml files, folders of them, an mbox, a Maildir or .jsonl")
    return 1 if failed else 0


def _open(settings: Settings, own: tuple[str, ...], *, offline: bool, meaning: bool) -> tuple[Rulebook, Vetting]:
    from server.cli.rules import load, name_problems, overlay_of
    from server.rulebook.own_domains import cannot_be_ours
    from server.vetting import Vetting

    book = load(settings)
    if wrong := cannot_be_ours(settings.own_domains, book.lookup):
        raise SettingsError("BACKTONE_OWN_DOMAINS", wrong)
    if wrong := cannot_be_ours(own, book.lookup):
        raise CommandError(f"--own-domain: {wrong}")
    lookups = None
    if settings.lookups and not offline:
        from server.lookups.domain import DomainLookups

        lookups = DomainLookups(settings)
    overlay = overlay_of(settings.overlay, book) if settings.overlay else None
    if overlay:
        name_problems(overlay)
    stage = None
    if settings.meaning and meaning:
        from server.meaning.stage import Meaning, shared_loading

        stage = Meaning(book, shared_loading())
    return book, Vetting(book, lookups, overlay, settings.own_domains + own, stage)


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
    """Print every verdict as it comes; how many mails could not be read, and how many there were."""
    if args.format == "json":
        return _print_json(done)
    show = _print_line if args.format == "jsonl" else _report(book, args.lang)
    failed = total = 0
    for mail in done:
        show(mail)
        total += 1
        failed += mail.verdict is None
    return failed, total


def _print_json(done: Iterator[Vetted]) -> tuple[int, int]:
    import orjson

    from server.judging.shape import to_dict

    rows = [{"id": mail.id, **(to_dict(mail.verdict) if mail.verdict else {"error": mail.error})} for mail in done]
    if rows:
        whole = rows[0] if len(rows) == 1 else rows
        sys.stdout.write(orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode() + "\n")
    return sum("error" in row for row in rows), len(rows)


def _print_line(mail: Vetted) -> None:
    import orjson

    sys.stdout.write(orjson.dumps(line_of(mail)).decode() + "\n")


def _report(book: Rulebook, lang: Lang) -> Callable[[Vetted], None]:
    from server.cli.report import Report

    report = Report(book, lang)

    def show(mail: Vetted) -> None:
        if mail.verdict:
            report.show(mail.id, mail.verdict)
        else:
            print(f"backtone: {mail.id}: {mail.error}", file=sys.stderr)

    return show


@contextmanager
def _progress(args: argparse.Namespace) -> Generator[Callable[[Iterable[Mail]], Iterable[Mail]]]:
    """A progress bar on stderr for many mails at a terminal; else the mails pass as they are."""
    is_quiet = args.summary or args.format == "json" or not sys.stdout.isatty()
    total = count(args.paths) if sys.stderr.isatty() and is_quiet else 0
    if total is not None and total < MANY:
        yield iter
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
