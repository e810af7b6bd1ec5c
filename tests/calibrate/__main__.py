"""`python -m tests.calibrate FOLDER` writes shared_rules/CALIBRATION.md from the collections of a folder.

The folder holds measure.py, mails/ with labels.csv, and corpora/dev.jsonl.gz. About a minute.
"""

from __future__ import annotations

import sys
from pathlib import Path

from server.rulebook.load import load_rulebook
from tests.calibrate.drops import judged
from tests.calibrate.page import page
from tests.calibrate.samples import measuring, samples

PAGE = Path(__file__).parents[2] / "shared_rules" / "CALIBRATION.md"


def main() -> None:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "measure.py").is_file():
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    measure, book = measuring(folder), load_rulebook()
    mails = [judged(sample.set, sample.fraud, sample.message, book) for sample in samples(folder, measure)]
    PAGE.write_text(page(mails, measure, book), encoding="utf-8")
    print(f"{len(mails)} mails: {PAGE}")


if __name__ == "__main__":
    main()
