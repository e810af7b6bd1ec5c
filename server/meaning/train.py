"""`python -m server.meaning.train`: heads, thresholds and REPORT.md out of the written examples (`make moves`)."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # same input, same bytes: the order of additions must not vary

import numpy as np

from server.meaning.encoder import Encoder, load_encoder
from server.meaning.examples import Example, cut, explaining, read_examples
from server.meaning.fitting import Head, Rows, fit
from server.meaning.heads import FILE, SCHEMA, packed
from server.meaning.report import FLOOR, Result, is_below_floor, report, results
from server.meaning.units import units
from server.rulebook.load import SHIPPED, load_sound_part
from server.rulebook.meeting import Piece

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
    book, _ = load_sound_part(options.folder)  # all it needs is the normal form
    scanner = book.scanner
    moves = sorted(path.stem for path in folder.glob("*.yaml") if path.with_suffix(".jsonl").is_file())
    made = train(found, moves, encoder, lambda text: scanner.piece("body", text, [(0, len(text))]))
    out: Path = options.out or folder
    out.mkdir(parents=True, exist_ok=True)
    (out / FILE).write_text(json.dumps(made.heads, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (out / "REPORT.md").write_text(report(made.results, encoder.name, len(found)), encoding="utf-8")
    below = [result.move for result in made.results if is_below_floor(result)]
    size = (out / FILE).stat().st_size
    print(f"{len(moves)} moves, {len(found)} examples, {size / 1024:.0f} KB; below {FLOOR}: {below}")  # noqa: T201
    return 0


class Trained:
    """What a training gives."""

    def __init__(self, heads: dict[str, Any], rows: list[Result]) -> None:
        self.heads = heads
        self.results = rows


def train(found: Sequence[Example], moves: Sequence[str], encoder: Encoder, piece: Callable[[str], Piece]) -> Trained:
    """The heads as they are written, and how good each is with its scenarios left out."""
    rows = rows_of(found, moves, encoder, piece)
    heads: dict[str, Head] = {move: fit(rows, move) for move in moves}
    judged = results(found, rows, heads)
    below = {result.move for result in judged if is_below_floor(result)}
    examples = explaining(found, moves)
    return Trained(
        {
            "schema": SCHEMA,
            "encoder": encoder.name,
            "dim": int(rows.vectors.shape[1]),
            "near": NEAR,
            "moves": {
                move: {
                    "informs": move in below,
                    "bias": head.bias,
                    "threshold": head.threshold,
                    "sure": head.sure,
                    "weights": packed(head.weights.tolist()),
                    "examples": examples[move],
                }
                for move, head in heads.items()
            },
        },
        judged,
    )


def rows_of(found: Sequence[Example], moves: Sequence[str], encoder: Encoder, piece: Callable[[str], Piece]) -> Rows:
    """Each example as units: whole, and its pairs if it is longer. Honest ones also sentence by sentence.

    A part of a move's example may be honest by itself, so only the whole of it stands for the move.
    """
    texts: list[str] = []
    groups: list[tuple[int, ...]] = []
    owner: list[int] = []
    for index, example in enumerate(found):
        parts = cut(example, piece)
        first = len(texts)
        texts += [part.text for part in parts]
        whole = tuple(range(len(parts)))
        wanted = {whole} if example.polarity == "move" else {whole, *units(parts)}
        for unit in sorted(wanted):
            if unit:
                groups.append(tuple(first + place for place in unit))
                owner.append(index)
    vectors = encoder.encode(texts, groups).astype(np.float64)
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
    )


if __name__ == "__main__":
    sys.exit(main())
