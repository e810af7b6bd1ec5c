# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportMissingImports=false, reportMissingModuleSource=false
"""`python -m server.meaning.deal_train`: the heads of the signs of a deal, and REPORT.md (a part of `make moves`)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from server.meaning.deal_examples import DealExample, read_deal_examples
from server.meaning.deal_heads import FOLDER, SCHEMA, SIGNS
from server.meaning.encoder import Encoder, load_encoder
from server.meaning.made import write
from server.meaning.packing import packed
from server.meaning.units import sentences
from server.rulebook.load import SHIPPED, load_sound_part
from server.rulebook.match import Scanner

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]

FOLDS = 5
REGULARISATION = 4.0
"""Inverse strength (C), as for the moves."""
QUANTILE = 0.97
"""Of the scores of sentences without the sign, out of fold: the border lies there, and so many spreads higher:"""
HIGHER = {
    "goods": 0.5,
    "specification": 1.0,
    "quantity_or_price": 0.5,
    "who_he_is": 1.0,
    "earlier_talk": 0.8,
    "payment_made": 0.0,
    "order_under_way": 0.0,
    "goods_delivered": 0.0,
    "long_custom": 0.0,
    "visit": 1.8,
    "vague": 1.0,
}
"""Measured on 394 mails of five writers. A mail has twenty sentences, and says less plainly what examples say. Where
two signs are needed each may be weaker."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write heads.json and REPORT.md. Status 1 where the examples cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m server.meaning.deal_train", description=__doc__)
    parser.add_argument("--folder", type=Path, default=SHIPPED, help="rule folder (default: shared_rules/)")
    parser.add_argument("--out", type=Path, help="folder to write into (default: deals/ of the rule folder)")
    options = parser.parse_args(arguments)
    folder: Path = options.folder / FOLDER
    found, problems = read_deal_examples(folder)
    encoder = load_encoder()
    if problems or not found or encoder is None:
        print(*problems or ["no examples, or the encoder is not installed"], sep="\n", file=sys.stderr)  # noqa: T201
        return 1
    book, _ = load_sound_part(options.folder)  # all it needs is the normal form
    heads, report = train(found, encoder, book.scanner)
    write(options.out or folder, heads, report)
    print(f"{len(SIGNS)} signs of a deal, {len(found)} examples")  # noqa: T201
    return 0


def train(found: Sequence[DealExample], encoder: Encoder, scanner: Scanner) -> tuple[dict[str, Any], str]:
    """The heads as they are written, and how good each is on sentences it has not seen. Deterministic."""
    vectors = _vectors(found, encoder, scanner)
    fold = np.arange(len(found)) % FOLDS
    signs: dict[str, dict[str, Any]] = {}
    rows = [_HEAD.format(encoder=encoder.name, examples=len(found), folds=FOLDS)]
    for sign in SIGNS:
        truth = np.array([sign in example.signs for example in found])
        clear = np.array([sign not in example.unclear for example in found])
        scores = np.zeros(len(truth))
        for held in range(FOLDS):
            model = _fitted(vectors, truth, clear & (fold != held))
            scores[fold == held] = model.decision_function(vectors[fold == held])
        others = scores[clear & ~truth]
        spread = float(others.std())
        border = float(np.quantile(others, QUANTILE)) + HIGHER[sign] * spread
        model = _fitted(vectors, truth, clear)
        bias = (float(model.intercept_[0]) - border) / spread
        signs[sign] = {"bias": round(bias, 4), "weights": packed((model.coef_[0] / spread).tolist())}
        rows.append(_line(sign, found, truth, clear, scores > border))
    data = {"schema": SCHEMA, "encoder": encoder.name, "dim": int(vectors.shape[1]), "signs": signs}
    return data, "\n".join(rows) + "\n"


def _vectors(found: Sequence[DealExample], encoder: Encoder, scanner: Scanner) -> Matrix:
    texts: list[str] = []
    groups: list[tuple[int, ...]] = []
    for example in found:
        parts = sentences(scanner.piece("body", example.text, [(0, len(example.text))]))
        groups.append(tuple(range(len(texts), len(texts) + len(parts))))
        texts += [part.text for part in parts]
    return encoder.encode(texts, groups).astype(np.float64)


def _fitted(vectors: Matrix, truth: Any, rows: Any) -> Any:
    """A head from some rows; those with the sign and the others weigh the same in sum."""
    model = LogisticRegression(C=REGULARISATION, max_iter=400, class_weight="balanced")
    return model.fit(vectors[rows], truth[rows])


_HEAD = """\
# Signs of a deal: how good each head is

Written by `make moves` ({encoder}). {examples} sentences, cut into {folds} parts; each is judged by heads that
have not seen its part. *Found* is the share of the sentences with the sign that lie above its border, *false* the share
of the others. Many sentences exist in several languages, so mails are harder: what the customer level makes of the
signs is measured on whole mails. A border is meant for mails, where two signs or a pattern stand together.

| sign | found | en | zh | other languages | false |
|---|---|---|---|---|---|"""


def _line(sign: str, found: Sequence[DealExample], truth: Any, clear: Any, hit: Any) -> str:
    languages = np.array([example.lang for example in found])
    english, chinese = truth & (languages == "en"), truth & (languages == "zh")
    parts = (truth, english, chinese, truth & ~english & ~chinese)
    shares = [f"{hit[part].mean():.2f} ({hit[part].sum()}/{part.sum()})" if part.any() else "-" for part in parts]
    return f"| {sign} | {' | '.join(shares)} | {hit[clear & ~truth].mean():.3f} |"


if __name__ == "__main__":
    sys.exit(main())
