"""The encoder's table of words lies in a file: the vectors are the same as from memory."""

from __future__ import annotations

import os

import numpy as np
import pytest

from server.meaning.encoder import installed

pytestmark = [
    pytest.mark.skipif(installed() is None, reason="the encoder is not installed"),
    pytest.mark.slow,
]
TEXTS = ["Please pay our shipping agent first.", "请先付款给我们的货代。", "naïve ☃ 😀", ""]


def test_file_and_memory_give_the_same_vectors() -> None:
    from server.meaning.use import Use

    encoder = Use("x")
    units = [(index,) for index in range(len(TEXTS))]
    from_file = encoder.encode(TEXTS, units)
    assert encoder._file is not None and encoder._table is None
    size = os.fstat(encoder._file).st_size
    encoder._table = np.frombuffer(os.pread(encoder._file, size, 0), dtype=np.uint8).reshape(-1, 512)
    assert np.array_equal(from_file, encoder.encode(TEXTS, units))


def test_without_room_for_a_file_it_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    from server.meaning import use

    def full(**_given: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(use.tempfile, "TemporaryFile", full)
    encoder = use.Use("x")
    assert encoder._file is None and encoder.encode(["Hello"], [(0,)]).any()
