"""`python -m server.meaning.train`: heads, thresholds and REPORT.md out of the written examples (`make moves`)."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from server.meaning import deal_train, tenor_train
from server.meaning.deal_heads import FOLDER as DEALS
from server.meaning.encoder import Encoder, load_encoder
from server.meaning.examples import Example, explaining, read_examples
from server.meaning.fitting import CLEAR, HINT, SURE, Rows, fit_all
from server.meaning.heads import SCHEMA
from server.meaning.made import write
from server.meaning.packing import packed
from server.meaning.report import FLOOR, Result, is_below_floor, report, results
from server.meaning.units import phrases_of, sentences, units
from server.rulebook.load import SHIPPED, load_sound_part
from server.rulebook.match import Scanner

FLAG = 0.25
"""What a phrase in a unit counts as beside the encoder's numbers, whose squares add up to 1."""
OFTEN = 8
"""Phrase sets seen in fewer units than this teach nothing."""
NEAR = 0.5
"""Wrong examples lie at cosines of .27 to .44, right ones at .40 to .64 (measured when the stage was designed)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write heads.json and REPORT.md. Status 1 where the examples cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m server.meaning.train", description=__doc__)
    parser.add_argument("--folder", type=Path, default=SHIPPED, help="rule folder (default: shared_rules/)")
    parser.add_argument("--out", type=Path, help="folder to write into (default: moves/ of the rule folder)")
    options = parser.parse_args(arguments)
    folder: Path = options.folder / "moves"
    found, problems = read_examples(folder)
    encoder = load_encoder()
    if problems or encoder is None:
        print(*problems or ["the encoder is not installed"], sep="\n", file=sys.stderr)  # noqa: T201
        return 1
    book, _ = load_sound_part(options.folder)  # all it needs is the normal form and the families
    moves = sorted(path.stem for path in folder.glob("*.yaml") if path.with_suffix(".jsonl").is_file())
    families = {move.id: move.family for move in book.moves if move.family}
    made = train(found, moves, encoder, book.scanner, families)
    path = write(options.out or folder, made.heads, report(made.results, encoder.name, len(found)))
    below = [result.move for result in made.results if is_below_floor(result)]
    size = path.stat().st_size
    print(f"{len(moves)} moves, {len(found)} examples, {size / 1024:.0f} KB; below {FLOOR}: {below}")  # noqa: T201
    if options.out or not (options.folder / DEALS).is_dir():
        return 0
    rest = ["--folder", str(options.folder)]
    return deal_train.main(rest) or tenor_train.main(rest)


class Trained:
    """What a training gives."""

    def __init__(self, heads: dict[str, Any], rows: list[Result]) -> None:
        self.heads = heads
        self.results = rows


def train(
    found: Sequence[Example],
    moves: Sequence[str],
    encoder: Encoder,
    scanner: Scanner,
    families: Mapping[str, str] | None = None,
) -> Trained:
    """The heads as they are written, and how good each is with its scenarios left out. `families`: see Move.family."""
    rows, sets = rows_of(found, moves, encoder, scanner)
    rows = replace(rows, family=dict(families or {}))
    heads, network = fit_all(rows)
    judged = results(found, rows, heads)
    below = {result.move for result in judged if is_below_floor(result)}
    examples = explaining(found, moves)
    return Trained(
        {
            "schema": SCHEMA,
            "encoder": encoder.name,
            "dim": int(rows.vectors.shape[1]) - len(sets),
            "sets": sets,
            "flag": FLAG,
            "hint": HINT,
            "clear": CLEAR,
            "sure": SURE,
            "near": NEAR,
            "suspicion": network.written(),
            "moves": {
                move: {
                    "informs": move in below,
                    "bias": head.bias,
                    "gain": head.gain,
                    "weights": packed(head.weights.tolist()),
                    "examples": examples[move],
                }
                for move, head in heads.items()
            },
        },
        judged,
    )


def rows_of(
    found: Sequence[Example], moves: Sequence[str], encoder: Encoder, scanner: Scanner
) -> tuple[Rows, list[str]]:
    """Each example as units, and the phrase sets whose hits stand behind the encoder's numbers.

    Of a move only the whole example counts, because a part of it may be honest by itself; of the honest ones every
    sentence and pair is honest too.
    """
    texts: list[str] = []
    groups: list[tuple[int, ...]] = []
    owner: list[int] = []
    seen: list[frozenset[str]] = []
    for index, example in enumerate(found):
        span = [(0, len(example.text))]
        parts = sentences(scanner.piece("body", example.text, span))
        hits = scanner.find(None, example.text, span).quotes
        whole = tuple(range(len(parts)))
        wanted = sorted(unit for unit in {whole, *(() if example.polarity == "move" else units(parts))} if unit)
        seen += phrases_of(parts, wanted, {name: [quote.start for quote in quotes] for name, quotes in hits.items()})
        groups += [tuple(len(texts) + place for place in unit) for unit in wanted]
        owner += [index] * len(wanted)
        texts += [part.text for part in parts]
    often = Counter(name for names in seen for name in names)
    sets = sorted(name for name, count in often.items() if count >= OFTEN)
    flags = np.array([[FLAG * (name in names) for name in sets] for names in seen]).reshape(len(seen), len(sets))
    vectors = np.hstack([encoder.encode(texts, groups).astype(np.float64), flags])
    of = [found[index] for index in owner]

    def mask(test: Callable[[Example], bool]) -> Any:
        return np.array([test(example) for example in of], dtype=bool)

    return Rows(
        vectors=vectors,
        example=owner,
        scenario=[example.scenario for example in of],
        positive={move: mask(lambda one, move=move: one.move == move and one.polarity == "move") for move in moves},
        near={move: mask(lambda one, move=move: one.move == move and one.polarity == "near_miss") for move in moves},
        background=mask(lambda one: one.polarity == "background"),
    ), sets


if __name__ == "__main__":
    sys.exit(main())
