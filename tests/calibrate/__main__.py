"""`python -m tests.calibrate [--meaning] FOLDER` writes shared_rules/CALIBRATION.md from the collections of a folder.

The folder holds measure.py, mails/ with labels.csv, and corpora/dev.jsonl.gz. About a minute; with `--meaning` (what
sentences mean, where the encoder is installed) some more.
"""

from __future__ import annotations

import sys
from pathlib import Path

from server.rulebook.load import load_rulebook
from tests.calibrate.drops import Dropping, judged
from tests.calibrate.page import page
from tests.calibrate.samples import measuring, samples
from tests.mail.vetted import meaning_stage

PAGE = Path(__file__).parents[2] / "shared_rules" / "CALIBRATION.md"


def main() -> None:
    paths = [Path(arg) for arg in sys.argv[1:] if arg != "--meaning"]
    if len(paths) != 1 or not (paths[0] / "measure.py").is_file():
        sys.exit(__doc__)
    measure, book = measuring(paths[0]), load_rulebook()
    meaning = meaning_stage(book) if "--meaning" in sys.argv else None
    found = samples(paths[0], measure)
    mails = [judged(sample.set, sample.fraud, Dropping(sample.message, book, meaning)) for sample in found]
    PAGE.write_text(page(mails, measure, book, meaning=meaning is not None), encoding="utf-8")
    print(f"{len(mails)} mails: {PAGE}")


if __name__ == "__main__":
    main()
