"""What is wrong with a rule folder: every problem with its file, line and field, not only the first."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in one file. `line` counts from 1; `field` is a path such as `phrases.en[2]`."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return f"{self.file}:{self.line}: {field}{self.message}"


class RulebookError(Exception):
    """The rule folder cannot be used. The attributes are those of the first problem; `problems` holds all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        first = self.problems[0]
        self.file, self.line, self.field, self.message = first.file, first.line, first.field, first.message
        super().__init__("\n".join(str(problem) for problem in self.problems))


@contextmanager
def gathered(problems: list[Problem]) -> Generator[None]:
    """Within it a file that is wrong adds to `problems`, so that the next one is looked at too."""
    try:
        yield
    except RulebookError as error:
        problems += error.problems
