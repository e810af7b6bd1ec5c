# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The table of word vectors, 65 MB of which a mail needs some hundred rows: it lies in a file without a name.

It is read and not mapped: the system maps sixteen pages around each that is touched, soon the whole table.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Indices = npt.NDArray[np.int64]


class Table:
    """Rows by token, in memory if there is no room for the file."""

    def __init__(self, rows: Bytes) -> None:
        self.count, self._width = rows.shape
        self.file = _on_disk(rows)
        self.memory: Bytes | None = rows if self.file is None else None
        if self.file is not None:
            weakref.finalize(self, os.close, self.file).atexit = False  # a thread may still read when the process ends

    def rows(self, tokens: Indices) -> Bytes:
        """The rows of these tokens."""
        if self.memory is not None:
            return self.memory[tokens]
        handle, width = self.file, self._width
        assert handle is not None
        data = b"".join([os.pread(handle, width, token * width) for token in tokens.tolist()])
        return np.frombuffer(data, dtype=np.uint8).reshape(len(tokens), width)


def _on_disk(table: Bytes) -> int | None:
    try:
        with tempfile.TemporaryFile(prefix="backtone-") as file:
            table.tofile(file)
            file.flush()
            return os.dup(file.fileno())
    except OSError:
        return None
