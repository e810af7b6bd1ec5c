"""One list file of the company, as people really save it: any separator, Excel's code page, Chinese column names."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

Row = TypeVar("Row")

LARGEST = 8 * 1024 * 1024
"""Bytes of a list file; 100,000 entries are about 6 MB."""

SHORTEST = 4
"""Letters of a wording; a Chinese character counts as two (顺丰)."""

COLUMNS = ("entry", "reason", "author", "added", "expires", "name")
NAMES = {
    "条目": "entry", "邮箱或域名": "entry", "address": "entry", "domain": "entry",
    "原因": "reason", "备注": "reason",
    "添加人": "author", "登记人": "author",
    "添加日期": "added", "登记日期": "added",
    "到期日": "expires", "有效期至": "expires",
    "姓名": "name", "联系人": "name", "person": "name",
}  # fmt: skip
"""Column names that mean one of COLUMNS."""

LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].{0,20})?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list. `entry` is an address or a domain, lower case, international names as punycode.

    `name` is the person behind a known address, for mail that bears his name and comes from elsewhere.
    """

    entry: str
    reason: str = ""
    author: str = ""
    added: str = ""
    expires: date | None = None
    name: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the entry counts on that day; the day of expiry still counts."""
        return self.expires is None or day <= self.expires


def decode(data: bytes) -> str:
    """The text of a list file: UTF-8, else the code page in which Chinese Excel saves CSV. Raises ValueError."""
    if len(data) > LARGEST:
        raise ValueError(f"larger than {LARGEST:,} bytes")
    if b"\0" in data:
        raise ValueError("not a text file; save it as CSV")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def read_list(name: str, text: str) -> tuple[list[Entry], list[str]]:
    """The entries of a CSV file and its problems as `name:line: words`. A bad line never hides the good ones."""
    return read_rows(name, text, COLUMNS, NAMES, _entry)


def read_rows(
    name: str, text: str, columns: Sequence[str], names: Mapping[str, str], make: Callable[[dict[str, str]], Row]
) -> tuple[list[Row], list[str]]:
    """The lines of a CSV file as `make` reads their cells by column, and the problems. `make` raises ValueError.

    `names`: what the columns are also called. A first line that names them may put them in another order.
    """
    found: list[Row] = []
    problems: list[str] = []
    lines = text.splitlines()
    order: list[str] = list(columns)
    separator = _separator(lines)
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            cells = [cell.strip() for cell in next(csv.reader([line], delimiter=separator, strict=True))]
            named = [names.get(cell.lower(), cell.lower()) for cell in cells]
            if not found and named[0] in columns:
                order = named
                continue
            found.append(make(dict(zip(order, cells, strict=False))))
        except csv.Error:
            problems.append(f'{name}:{number}: a " is opened and not closed in this line, or stands inside a cell')
        except ValueError as error:
            problems.append(f"{name}:{number}: {error}")
    return found, problems


def read_plain(name: str, text: str) -> tuple[list[str], list[str]]:
    """The addresses and domains of a text file, one a line, and its problems."""
    found: list[str] = []
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition("#")[0].strip()
        if word:
            try:
                found.append(tidy(word))
            except ValueError as error:
                problems.append(f"{name}:{number}: {error}")
    return found, problems


def read_wordings(name: str, text: str) -> tuple[tuple[str, ...], list[str]]:
    """The wordings of a text file, one a line, lower case with single blanks, and its problems."""
    rows = [" ".join(line.partition("#")[0].lower().split()) for line in text.splitlines()]
    widths = [sum(2 if char >= "\u2e80" else 1 for char in row) for row in rows]
    problems = [
        f"{name}:{number}: shorter than {SHORTEST} letters, it would be found everywhere"
        for number, width in enumerate(widths, 1)
        if 0 < width < SHORTEST
    ]
    return tuple(dict.fromkeys(row for row, width in zip(rows, widths, strict=True) if width >= SHORTEST)), problems


def tidy(raw: str) -> str:
    """An address or domain in one form. Raises ValueError with the words for the admin."""
    word = raw.strip().lower().removeprefix("@").rstrip(".")
    local, at, host = word.rpartition("@")
    if at and (not local or any(char.isspace() for char in local)):
        raise ValueError(f"{raw[:80]!r} is neither a mail address nor a domain")
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"{raw[:80]!r} is neither a mail address nor a domain")
    return f"{local}@{host}" if at else host


def _entry(cells: dict[str, str]) -> Entry:
    return Entry(
        entry=tidy(cells.get("entry", "")),
        reason=cells.get("reason", "")[:200],
        author=cells.get("author", "")[:80],
        added=cells.get("added", "")[:40],
        expires=day_of(cells.get("expires", "")),
        name=cells.get("name", "")[:80],
    )


def day_of(raw: str) -> date | None:
    """The day of expiry that a cell names, None where it is empty. Raises ValueError with the words for the admin."""
    if not raw:
        return None
    match = DAY.fullmatch(raw)
    if match is None:
        raise ValueError(f"the expiry {raw[:40]!r} is not a date like 2027-03-31")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise ValueError(f"the expiry {raw[:40]!r} is not a day of the calendar") from error


def _separator(lines: list[str]) -> str:
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    return max((",", ";", "\t", "，"), key=first.count)
