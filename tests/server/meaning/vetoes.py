"""What the phrase sets behind `unless` take away: `python -m tests.server.meaning.vetoes`. A table, with and without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from server.evidence.collect import collect
from server.meaning.examples import read_examples
from server.meaning.stage import Meaning
from server.message.eml import read_eml
from server.model import Address, Message
from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED, load_rulebook
from tests.mail.vetted import HONEST, PATTERNS, meaning_stage, table
from tests.server.meaning.disguise import BLIND, NOW


def mails(folder: Path, files: Iterable[str]) -> Iterator[Message]:
    """These mails of a folder."""
    for name in files:
        yield read_eml((folder / name).read_bytes())


def hits(messages: Iterable[Message], book: Rulebook, meaning: Meaning) -> Counter[str]:
    """Mails in which each move is made or hinted at."""
    found: Counter[str] = Counter()
    for message in messages:
        evidence = collect(message, book, now=NOW)
        meaning.add(message.text, evidence, until=0.0)
        found.update(m.id for m in book.moves if evidence.get(f"moves.{m.id}") or evidence.get(f"hints.{m.id}"))
    return found


def main() -> None:
    book = load_rulebook()
    meaning = meaning_stage(book)
    labels = {row["file"]: row["label"] for row in table(BLIND / "labels.csv")}
    written = read_examples(SHIPPED / "moves")[0]
    watched = [move for move in book.moves if move.unless]
    sender = Address("ann@importer.example")
    sets: dict[str, list[Message]] = {
        "honest": [
            *mails(HONEST, sorted(path.name for path in HONEST.glob("*.eml"))),
            *mails(BLIND, [name for name, label in labels.items() if label == "honest"]),
        ],
        "fraud": [
            *mails(PATTERNS, sorted(path.name for path in PATTERNS.glob("*.eml"))),
            *mails(BLIND, [name for name, label in labels.items() if label == "fraud"]),
        ],
    }
    with_veto = {name: hits(messages, book, meaning) for name, messages in sets.items()}
    near = {
        move.id: [
            Message(sender=sender, text=one.text) for one in written if one.move == move.id and one.polarity == kind
        ]
        for kind in ("near_miss",)
        for move in watched
    }
    made = {
        move.id: [
            Message(sender=sender, text=one.text) for one in written if one.move == move.id and one.polarity == "move"
        ]
        for move in watched
    }
    near_with = {name: hits(texts, book, meaning)[name] for name, texts in near.items()}
    made_with = {name: hits(texts, book, meaning)[name] for name, texts in made.items()}
    meaning._vetoes = {}
    without = {name: hits(messages, book, meaning) for name, messages in sets.items()}
    print(
        f"| move | unless | {len(sets['honest'])} honest mails | {len(sets['fraud'])} fraud mails | its near-misses | its moves |"
    )
    print("|---|---|---|---|---|---|")
    for move in watched:
        name = move.id
        cells = [f"{without[key][name]} → {with_veto[key][name]}" for key in sets]
        cells.append(f"{hits(near[name], book, meaning)[name]} → {near_with[name]} of {len(near[name])}")
        cells.append(f"{hits(made[name], book, meaning)[name]} → {made_with[name]} of {len(made[name])}")
        print(f"| {name} | {', '.join(move.unless)} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
