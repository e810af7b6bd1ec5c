"""Splits the text of a mail: what is new, its signature, and what is quoted from older mails.

Twin: extension/src/evidence/parts.js. Patterns are the tables `quote_markers` and `signoffs`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from server.evidence.lexicon import Lexicon, Tables, lexicon_of
from server.evidence.plain import Span, lines, subtract, trim
from server.evidence.prose import is_prose

MAX_SIGNATURE_LINES = 16
MAX_SIGNATURE = 1000
FORWARD_ONLY = 20
"""Fewer code points than this above a forwarded mail: the forwarded text is what there is to read."""
MIN_LETTER = 20
"""With fewer code points above the closing, what stands below it is the letter itself (a mail that starts with --)."""
_MAX_MARKERS = 50
_MAX_RUNS = 1000
_QUOTED_LINE = re.compile(r"^[ \t]{0,3}>[^\n]*", re.MULTILINE)
_MAX_SIGNOFF = 160


@dataclass(frozen=True, slots=True)
class Parts:
    """Ranges of code points of the text, sorted, without overlap. Together they leave out only line ends."""

    newest: list[Span]
    signature: list[Span]
    quoted: list[Span]
    closing: Span
    """Where identity is read: from the last sign-off on, else the last short paragraph; (n, n) if neither is there."""


def split(text: str, tables: Tables, *, forwarded: bool = False) -> Parts:
    """The parts of a mail's text. `forwarded`: the subject says that this is a forwarded mail."""
    return split_with(text, lexicon_of(tables), forwarded=forwarded)


def split_with(text: str, lexicon: Lexicon, *, forwarded: bool = False) -> Parts:
    """The same, with the lexicon at hand."""
    quoted = _quoted(text, lexicon)
    newest = subtract([(0, len(text))], quoted)
    length = sum(len(trim(text[start:end])) for start, end in newest)
    # A mail that is nothing but quotation is read all the same: else a quote mark on each line would hide it.
    if quoted and (length == 0 or (forwarded and length < FORWARD_ONLY)):
        newest, quoted = [(0, len(text))], []
    signature, closing = _signature(text, newest, lexicon)
    return Parts(subtract(newest, signature), signature, quoted, closing)


def _quoted(text: str, lexicon: Lexicon) -> list[Span]:
    """Runs of lines that start with ">", and everything from the first quote marker on.

    A marker right above such lines is only their heading: what stands below them is the writer's answer.
    """
    runs = _runs(text) if ">" in text else []
    at, ends_at = 0, len(text)
    headings: list[Span] = []
    for _ in range(_MAX_MARKERS):
        found = lexicon.quote_marker.search(text, at)
        if found is None:
            break
        below = _run_below(text, found[1], runs)
        if below is None:
            ends_at = found[0]
            break
        if found[0] < below[0]:
            headings.append((found[0], below[0]))
        at = max(below[1], found[0] + 1)
    quoted = [*_merged(sorted([*(run for run in runs if run[0] < ends_at), *headings]))]
    if ends_at < len(text):
        quoted = [(start, min(end, ends_at)) for start, end in quoted if start < ends_at]
        quoted.append((ends_at, len(text)))
    return quoted


def _runs(text: str) -> list[Span]:
    """Runs of lines that start with ">", the first thousand."""
    runs: list[Span] = []
    for match in _QUOTED_LINE.finditer(text):
        start, end = match.span()
        if runs and start == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], end)
        elif len(runs) < _MAX_RUNS:
            runs.append((start, end))
        else:
            break
    return runs


def _run_below(text: str, at: int, runs: list[Span]) -> Span | None:
    """The run of ">" lines that starts right below a place, blank lines between allowed (or that the place is in)."""
    for start, end in runs:
        if start <= at < end:
            return start, end
        if start >= at:
            return (start, end) if trim(text[at:start][:400]) == "" and start - at < 400 else None
    return None


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _signature(text: str, newest: list[Span], lexicon: Lexicon) -> tuple[list[Span], Span]:
    rows = _last_lines(text, newest, 60)
    for back, (start, end) in enumerate(reversed(rows)):
        line = trim(text[start : min(end, start + _MAX_SIGNOFF + 1)]).lower()
        if 0 < len(line) <= _MAX_SIGNOFF and lexicon.signoff.whole(line):
            stop = newest[-1][1]
            following = rows[len(rows) - back :]
            foot = next((row[0] for row in following if _is_footer(text[row[0] : row[1]], lexicon)), stop)
            own_end = next((high for low, high in newest if low <= start < high), stop)
            closing = (start, min(foot, own_end, start + MAX_SIGNATURE))
            above = sum(len(trim(text[low : min(high, start)])) for low, high in newest if low < start)
            if back < MAX_SIGNATURE_LINES and stop - start <= MAX_SIGNATURE and above >= MIN_LETTER:
                inside = subtract([(start, stop)], subtract([(0, len(text))], newest))
                return _without_postscript(text, inside, lexicon), closing
            return [], closing
    return [], _last_paragraph(text, rows, lexicon)


def _is_footer(line: str, lexicon: Lexicon) -> bool:
    """A mailing list's or mail provider's footer: a ruled line, or its usual words."""
    plain = trim(line)
    if len(plain) >= 5 and len(set(plain)) <= 2 and not any(char.isalnum() for char in plain):
        return True
    return any(mark in plain[:200].lower() for mark in lexicon.name_words["footers"])


def _last_lines(text: str, newest: list[Span], most: int) -> list[Span]:
    """The last lines of the newest part that hold anything."""
    kept: list[Span] = []
    for start, end in reversed(newest):
        first = max(start, end - 8000)
        kept = [row for row in lines(text, first, end) if trim(text[row[0] : row[1]])][-most:] + kept
        if len(kept) >= most:
            break
    return kept[-most:]


def _without_postscript(text: str, spans: list[Span], lexicon: Lexicon) -> list[Span]:
    """The signature up to a "P.S.": what follows that is said to the reader again."""
    marks = tuple(lexicon.name_words["postscripts"])
    for index, (start, end) in enumerate(spans):
        for line_start, line_end in lines(text, start, end):
            head = trim(text[line_start:line_end])[:5].lower().replace(" ", "")
            if head.startswith(marks):
                return [*spans[:index], (start, line_start)] if line_start > start else spans[:index]
    return spans


def _last_paragraph(text: str, rows: list[Span], lexicon: Lexicon) -> Span:
    """The last paragraph, if it looks like a block of contact lines: up to 8 short lines after an empty one."""
    block: list[Span] = []
    for row in reversed(rows):
        if block and text.count("\n", row[1], block[0][0]) > 1:
            break
        block.insert(0, row)
    short = all(end - start <= 100 and not _is_footer(text[start:end], lexicon) for start, end in block)
    # What stands below the last sentence of the letter.
    prose = next((at for at in range(len(block), 0, -1) if is_prose(text[block[at - 1][0] : block[at - 1][1]])), 0)
    block = block[prose:]
    if block and len(block) <= 8 and len(block) < len(rows) and short:
        return block[0][0], block[-1][1]
    return len(text), len(text)
