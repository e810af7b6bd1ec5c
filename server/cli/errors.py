"""What ends a command: one plain line on stderr and an exit status."""

from __future__ import annotations

WRONG_USE = 2
"""Exit status of a wrong argument, setting, file or port; 1 is for mails that could not be read."""


class CommandError(Exception):
    """Ends the command with `message` on stderr and `status`."""

    def __init__(self, message: str, status: int = WRONG_USE) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
