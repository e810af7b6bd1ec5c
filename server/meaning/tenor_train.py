# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportMissingImports=false, reportMissingModuleSource=false
"""`python -m server.meaning.tenor_train`: the tenor of whole mails, and REPORT.md (a part of `make moves`)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from server.meaning.alike import Text, near_duplicates
from server.meaning.cut import cut
from server.meaning.encoder import Encoder, load_encoder
from server.meaning.examples import read_lines
from server.meaning.made import write
from server.meaning.packing import packed
from server.meaning.tenor import CUSTOMERS, FOLDER, SCHEMA
from server.rulebook.load import SHIPPED, load_sound_part
from server.rulebook.match import Scanner
from server.rulebook.rule import PHRASE_LANGUAGES

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]

FOLDS = 5
LEVELS = ("", "1", "2", "3", "4")
"""As CUSTOMERS."""
REGULARISATION = 30.0
"""Inverse strength (C). From 10 to 100 the mails of unseen hands are ranked alike."""
CUSTOMER_REGULARISATION = 20.0
"""From 10 to 30 levels on other writers' mails are right as often."""
SPREAD = 1.0
"""What one standard deviation of the tenor among unseen mails adds to a move. From .4 to 1 ranks mails alike."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One line of a JSONL file: a whole mail. `group` is who wrote it: never split between folds."""

    lang: str
    group: str
    is_fraud: bool
    level: str | None
    """1 to 4 as in customer_levels.yaml, as a reader of the mail sees it; empty where it is no talk of buying, None
    where nobody was asked."""
    text: str
    place: str
    signature: str | None = None
    """What stands below the text; None where it was not written."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write heads.json and REPORT.md. Status 1 where the mails cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m server.meaning.tenor_train", description=__doc__)
    parser.add_argument("--folder", type=Path, default=SHIPPED, help="rule folder (default: shared_rules/)")
    parser.add_argument("--out", type=Path, help="folder to write into (default: tenor/ of the rule folder)")
    options = parser.parse_args(arguments)
    folder: Path = options.folder / FOLDER
    found, problems = read_mails(folder)
    encoder = load_encoder()
    if problems or not found or encoder is None:
        print(*problems or ["no mails, or the encoder is not installed"], sep="\n", file=sys.stderr)  # noqa: T201
        return 1
    book, _ = load_sound_part(options.folder)  # all it needs is the normal form
    head, report = train(found, encoder, book.scanner)
    write(options.out or folder, head, report)
    print(f"tenor of {len(found)} mails")  # noqa: T201
    return 0


def read_mails(folder: Path) -> tuple[list[Mail], list[str]]:
    """The mails of a tenor folder in a fixed order, and what is wrong with them."""
    found, problems = read_lines(folder, mail_of)
    pairs = near_duplicates(Text(mail.lang, mail.place, mail.text) for mail in found)
    return found, problems + [f"{place}: says what {other} says; write another mail" for place, other in pairs]


def mail_of(_file: str, line: str, place: str) -> Mail | str:
    """A line as a mail, or what is wrong with it."""
    try:
        row: dict[str, Any] = json.loads(line)
        is_fraud, text = row["label"] == "fraud", row["text"].strip()
        mail = Mail(row["lang"], row["group"], is_fraud, row.get("level"), text, place, row.get("signature"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"is no mail ({error!r})"
    if mail.lang not in PHRASE_LANGUAGES:
        return f"unknown language {mail.lang}"
    if row["label"] not in ("fraud", "honest"):
        return f"unknown label {row['label']}"
    if mail.level is not None and mail.level not in LEVELS:
        return f"unknown level {mail.level}"
    return mail if mail.text else "is empty"


def train(found: Sequence[Mail], encoder: Encoder, scanner: Scanner) -> tuple[dict[str, Any], str]:
    """The directions as they are written, and how good they are on mails of hands not seen. Deterministic."""
    vectors = np.array([_mean(mail, encoder, scanner) for mail in found])
    truth = np.array([mail.is_fraud for mail in found])
    fraud, scores = _direction(found, vectors, truth, REGULARISATION)
    spread = float(scores.std()) / SPREAD
    read = [place for place, mail in enumerate(found) if mail.level is not None]
    levels = np.array([LEVELS.index(found[place].level or "") for place in read])
    readers = [found[place] for place in read]
    customer, chances = _direction(readers, vectors[read], levels, CUSTOMER_REGULARISATION)
    tenors = {"fraud": _written(fraud.coef_[0] / spread, fraud.intercept_[0] / spread)}
    for place, name in enumerate(CUSTOMERS):
        tenors[name] = _written(customer.coef_[place], customer.intercept_[place])
    data = {"schema": SCHEMA, "encoder": encoder.name, "dim": int(vectors.shape[1]), "tenors": tenors}
    head = _HEAD.format(
        encoder=encoder.name, mails=len(found), writers=len({mail.group for mail in found}), folds=FOLDS
    )
    tail = "\n".join([_CUSTOMERS, *_customer_rows(levels, chances)]) + "\n"
    return data, "\n".join([head, *_rows(found, truth, scores / spread), tail])


def _direction(found: Sequence[Mail], vectors: Matrix, truth: Any, strength: float) -> tuple[Any, Any]:
    """A fitted model, and the scores of all mails by models that have not seen their writer."""
    kinds = len(set(truth))
    scores = np.zeros((len(truth), kinds) if kinds > 2 else len(truth))
    for known, unseen in GroupKFold(FOLDS).split(vectors, groups=[mail.group for mail in found]):
        model = _fitted(vectors[known], truth[known], strength)
        scores[unseen] = model.decision_function(vectors[unseen])
    return _fitted(vectors, truth, strength), scores


def _written(weights: Any, bias: Any) -> dict[str, Any]:
    return {"bias": round(float(bias), 4), "weights": packed(weights.tolist())}


def _mean(mail: Mail, encoder: Encoder, scanner: Scanner) -> Matrix:
    text = f"{mail.text}\n\n{mail.signature}" if mail.signature else mail.text
    parts = cut(scanner.piece("body", text, [(0, len(text))]))
    return encoder.encode([part.text for part in parts.found], parts.groups).astype(np.float64).mean(axis=0)


def _fitted(vectors: Matrix, truth: Any, strength: float) -> Any:
    return LogisticRegression(C=strength, max_iter=3000).fit(vectors, truth)


def _rows(found: Sequence[Mail], truth: Any, scores: Any) -> Iterator[str]:
    languages = np.array([mail.lang for mail in found])
    for name in ("all", *PHRASE_LANGUAGES):
        here = np.ones(len(found), dtype=bool) if name == "all" else languages == name
        fraud, honest = scores[here & truth], scores[here & ~truth]
        if len(fraud) and len(honest):
            auc = roc_auc_score(truth[here], scores[here])
            yield f"| {name} | {len(fraud)} | {len(honest)} | {auc:.3f} | {fraud.mean():.2f} | {honest.mean():.2f} |"


def _customer_rows(levels: Any, scores: Any) -> Iterator[str]:
    said = scores.argmax(axis=1)
    for place, level in enumerate(LEVELS):
        counts = " | ".join(str(int(((levels == place) & (said == other)).sum())) for other in range(len(LEVELS)))
        yield f"| {level or 'none'} | {counts} | {(said[levels == place] == place).mean():.2f} |"


_HEAD = """\
# Tenor: how good it is

Written by `make moves` ({encoder}). {mails} whole mails of {writers} writers, cut into {folds} parts by
writer; each is judged by a direction that has not seen its part. The two columns on the right are means of the tenor,
in spreads of a move's score.

| mails | fraud | honest | AUC | fraud mean | honest mean |
|---|---|---|---|---|---|"""
_CUSTOMERS = """
## Who writes

A row for what readers say (none: nobody who buys), a column for what the directions say alone, of writers not seen.

| readers | none | 1 | 2 | 3 | 4 | right |
|---|---|---|---|---|---|---|"""


if __name__ == "__main__":
    sys.exit(main())
