"""The encoder's table of words lies in a file: the rows are the same as from memory."""

from __future__ import annotations

import numpy as np
import pytest

from server.meaning import table
from server.meaning.table import Table

ROWS = np.random.default_rng(1).integers(0, 256, size=(50, 8), dtype=np.uint8)
TOKENS = np.array([49, 0, 7, 7])


def test_file_and_memory_give_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk = Table(ROWS)
    assert on_disk.file is not None and on_disk.memory is None
    assert np.array_equal(on_disk.rows(TOKENS), ROWS[TOKENS])

    def full(**_given: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(table.tempfile, "TemporaryFile", full)
    in_memory = Table(ROWS)
    assert in_memory.file is None
    assert np.array_equal(in_memory.rows(TOKENS), ROWS[TOKENS])
