"""A line at the end of a file: there as a whole or not at all, also when the disk is full."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path


def append_line(path: Path, line: bytes) -> None:
    """Write a line below the others of a file, made with mode 0600. Raises OSError, and then the file is as before.

    Others who append this way wait meanwhile: half a line of one that is taken back would take theirs with it.
    """
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = os.fstat(file).st_size
        gap = b"\n" if before and os.pread(file, 1, before - 1) != b"\n" else b""
        try:
            written = os.write(file, gap + line)
            if written < len(gap + line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        except OSError:
            os.ftruncate(file, before)
            raise
    finally:
        os.close(file)
