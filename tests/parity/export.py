"""What the server makes of mails with the browser's facts alone, written out for the browser's engine to agree with.

`python -m tests.parity.export --out build/parity [--paths mails.jsonl.gz folder …]` writes rulebook.json, cases.json,
strings.json, messages.jsonl and expected.jsonl. Without paths the messages of this folder are taken.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from server.cli.mails import Unreadable, mails
from server.evidence.collect import collect
from server.evidence.lexicon import lexicon_of
from server.evidence.names import clean_host, is_free, org_domain
from server.judging.verdict import judge
from server.message.request import message_from_json
from server.model import Address, Evidence, Message, Quote
from server.rulebook.book import Rulebook
from server.rulebook.cases import all_cases, run_case
from server.rulebook.load import load_sound_part
from server.rulebook.normalise import prepare
from server.rulebook.rule import PhraseSet
from tests.parity.strings import nasty_strings

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 22, tzinfo=UTC)
Row = tuple[str, dict[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write all files; status 0. Mails that cannot be read are named on standard error and left out."""
    parser = argparse.ArgumentParser(prog="python -m tests.parity.export", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--paths", nargs="*", type=Path, help="mails to read instead of messages.jsonl")
    parser.add_argument("--folder", type=Path, help="rule folder (default: shared_rules/)")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    rulebook, problems = load_sound_part(options.folder)
    for problem in problems:
        sys.stderr.write(f"left out: {problem}\n")
    (options.out / "rulebook.json").write_bytes(rulebook.json_bytes)
    (options.out / "cases.json").write_bytes(orjson.dumps(list(cases(rulebook))))
    (options.out / "strings.json").write_text(json.dumps(strings(rulebook)), encoding="ascii")
    rows = from_paths(options.paths, rulebook) if options.paths else own_messages()
    with (options.out / "messages.jsonl").open("wb") as given, (options.out / "expected.jsonl").open("wb") as wanted:
        for name, message in rows:
            given.write(orjson.dumps({"id": name, **message}) + b"\n")
            wanted.write(orjson.dumps({"id": name, **expected(message_from_json(message), rulebook)}) + b"\n")
    return 0


def strings(rulebook: Rulebook) -> list[list[Any]]:
    """Each nasty string with its normal form, and where its characters come from."""
    tables = rulebook.tables
    normalise = prepare(tables["fold"], dict(zip(tables["t2s"]["from"], tables["t2s"]["to"], strict=True)))
    rows = ((text, normalise(text)) for text in nasty_strings())
    return [[text, normal.text, normal.starts, normal.ends] for text, normal in rows]


def cases(rulebook: Rulebook) -> Iterator[dict[str, Any]]:
    """Each rule case with what this engine makes of it, whether that is what the case wants or not."""
    for name, owner, case in all_cases(rulebook):
        if isinstance(owner, PhraseSet) and owner.server_only:
            continue
        outcome = run_case(rulebook, owner, case)
        yield {
            "name": name,
            "rule": owner.id,
            "is_phrase_set": ": matches" in name or name.startswith("phrases/"),
            "subject": case.subject,
            "text": case.text,
            "facts": case.facts,
            "fired": case.fired,
            "language": outcome.language,
            "state": outcome.state,
            "quotes": [plain(quote) for quote in outcome.quotes],
        }


def own_messages() -> Iterator[Row]:
    """The messages of this folder. `repeat` stands for a body that repeats its text: long ones need no long lines."""
    for line in (FOLDER / "messages.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        times = row.pop("repeat", None)
        if times:
            row["body"]["text"] *= times
        yield row.pop("id"), row


def from_paths(paths: Iterable[Path], rulebook: Rulebook) -> Iterator[Row]:
    """Mails of files and folders as an open page would show them: no headers. Who received a mail counts as us."""
    for mail in mails(paths):
        try:
            message = mail.read()
        except Unreadable as error:
            sys.stderr.write(f"left out: {mail.id}: {error}\n")
            continue
        yield mail.id, as_request(message, rulebook)


def as_request(message: Message, rulebook: Rulebook) -> dict[str, Any]:
    """A message as the JSON of a request, without what no page shows."""
    row: dict[str, Any] = {
        "sender": None if message.sender is None else address(message.sender),
        "reply_to": None if message.reply_to is None else [address(entry) for entry in message.reply_to],
        "recipients": None if message.recipients is None else [address(entry) for entry in message.recipients],
        "own_domains": own_domains(message, rulebook),
        "subject": message.subject,
        "body": None if message.text is None else {"text": message.text},
        "quoted_text": message.quoted_text,
        "links": None if message.links is None else [{"text": row.text, "href": row.href} for row in message.links],
        "attachments": None if message.attachments is None else [{"name": row.name} for row in message.attachments],
        "missing": list(message.missing),
    }
    return {name: value for name, value in row.items() if value is not None}


def address(entry: Address) -> dict[str, str]:
    """An address as a request gives it."""
    return {"address": entry.address, "name": entry.name}


def own_domains(message: Message, rulebook: Rulebook) -> list[str]:
    """The domains of the recipients, public mailbox providers left out."""
    lexicon = lexicon_of(rulebook.tables)
    hosts = [clean_host(entry.address.rpartition("@")[2]) for entry in message.recipients or ()]
    return list(dict.fromkeys(org_domain(host, lexicon) for host in hosts if host and not is_free(host, lexicon)))


def expected(message: Message, rulebook: Rulebook) -> dict[str, Any]:
    """Facts, phrases and judgement of a message where only the browser's facts are known."""
    evidence = preview_only(collect(message, rulebook, now=NOW), rulebook)
    verdict = judge(evidence, rulebook, lang="zh_CN", complete=True, now=NOW)
    return {
        "facts": verdict.facts,
        "phrases": {
            name: texts
            for name, texts in evidence.known["phrases"].items()
            if not rulebook.phrase_sets[name].server_only
        },
        "score": verdict.risk.score,
        "level": verdict.risk.level,
        "reasons": [
            [row.id, row.points, row.detail, row.advice, [plain(quote) for quote in row.quotes]]
            for row in verdict.reasons
        ],
        "adjustments": [[row.why, row.points] for row in verdict.adjustments],
        "not_checked": [[row.fact, list(row.rules)] for row in verdict.not_checked],
    }


def preview_only(evidence: Evidence, rulebook: Rulebook) -> Evidence:
    """The same evidence with all facts unknown that only the server can supply."""
    for name, fact in rulebook.facts.items():
        group, _, short = name.partition(".")
        if not fact.preview:
            evidence.known.get(group, {}).pop(short, None)
            evidence.quotes.pop(name, None)
            evidence.unknown[name] = "not_given"
    return evidence


def plain(quote: Quote) -> list[Any]:
    """A quote as plain data."""
    return [quote.part, quote.text, quote.start, quote.end]


if __name__ == "__main__":
    sys.exit(main())
