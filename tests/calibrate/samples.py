"""The mails that the calibration is made on: labelled trade mails, corpora, and our own samples of tests/mail."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from server.message.eml import read_eml
from server.message.row import message_from_row
from server.model import Message
from tests.mail.vetted import HONEST, PATTERNS, table

TUNING, OTHER, OWN_SAMPLES = "labelled, tuning half", "labelled, other half", "own samples"


@dataclass(frozen=True)
class Sample:
    """A mail of a set. The same set may hold fraud and honest mails."""

    set: str
    fraud: bool
    message: Message


def measuring(folder: Path) -> ModuleType:
    """The collection's own measure.py: which half a mail belongs to, AUC, and the pairs of corpora to compare."""
    spec = importlib.util.spec_from_file_location("measure", folder / "measure.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{folder}: no measure.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def samples(folder: Path, measure: ModuleType) -> Iterator[Sample]:
    """All mails of known label, set by set."""
    for row in table(folder / "mails" / "labels.csv"):
        half = TUNING if measure.tuning_half(row["file"]) else OTHER
        message = read_eml((folder / "mails" / row["file"]).read_bytes())
        yield Sample(half, row["label"] == "fraud", message)
    for own, fraud in ((HONEST, False), (PATTERNS, True)):
        for path in sorted(own.glob("*.eml")):
            yield Sample(OWN_SAMPLES, fraud, read_eml(path.read_bytes()))
    with gzip.open(folder / "corpora" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["label"] is not None:
                yield Sample(row["corpus"], row["label"] == 1, message_from_row(row))
