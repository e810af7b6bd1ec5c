"""Text as the phrases see it: lower case, plain quotes, Simplified Chinese, one space, lines that end paragraphs.

The algorithm is written out in shared_rules/README.md; extension/src/rulebook/normalise.js does the same step by step.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from server.rulebook.normal import Dropped, Normal, Runs
from server.rulebook.one_script import one_script

_DROPPED = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"  # zero width, direction
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
)
_BLANK = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAK = "\n\r\x0b\x0c\x85\u2028\u2029"
_drop = re.compile(f"[{_DROPPED}]")
HIDDEN = re.compile(f"[{_DROPPED}]+")
"""Runs of characters that no reader sees."""
_CONTROL = bytes(code for code in range(128) if _drop.match(chr(code)))
_ascii_run = re.compile("[\x00-\x7f]+")
_line_end = re.compile(f"\r\n|[{_BREAK}]")
_odd = _BLANK.replace(" ", "") + _BREAK
_odd_space = re.compile(f"[ {_odd}](?:(?<=[{_odd}])|(?=[ {_odd}]))[ {_odd}]*")
"""White space other than one blank alone."""
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\u3000-\u30ff]")
_LIST_START = frozenset("-*•·–0123456789")
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_WRAP_WIDTH = 45
_MAX_MARKS = 30
"""More marks on one letter than any script uses; without a limit, canonical ordering is quadratic (UAX 15, 13.1)."""

# Blocks whose letters mostly map one to one, so that a whole run is translated at once.
_ONE_TO_ONE = ((0x21, 0x7F), (0xA1, 0x600), (0x620, 0x64B), (0x2010, 0x2028), (0x2030, 0x205F), (0x3001, 0x3100))
_ONE_TO_ONE_WIDE = ((0xFF01, 0xFFEF),)


@dataclass(frozen=True, slots=True)
class _Folder:
    """The character tables, prepared for speed. `changes` maps the one-to-one characters that change."""

    fold: Mapping[str, str]
    t2s: Mapping[str, str]
    changes: dict[int, str]
    keys: frozenset[str]
    ascii_keys: tuple[str, ...]
    """Those in ASCII."""
    alone: frozenset[str]
    """The characters that change into one that does not change any more."""
    plain_ascii: bool
    """Every ASCII character is one to one."""
    other: re.Pattern[str]
    """A character that is neither one to one nor white space."""
    turn: re.Pattern[str]
    """Such a character, or white space other than one blank alone."""
    memo: dict[str, str]


def _cluster(text: str, fold: Mapping[str, str], t2s: Mapping[str, str]) -> str:
    """Normal form of one character with its marks. Folds come first: NFKC would turn ´ into a space and a mark."""
    plain = unicodedata.normalize("NFKC", fold.get(text, text)).lower().strip(" ")
    return "".join(t2s.get(folded, folded) for char in plain for folded in fold.get(char, char))


def prepare(fold: Mapping[str, str], t2s: Mapping[str, str]) -> Callable[[str], Normal]:
    """A normaliser for these two tables (`fold`: character to text, `t2s`: character to character)."""
    changes: dict[int, str] = {ord(char): simple for char, simple in t2s.items() if "\u4e00" <= char <= "\u9fff"}
    single: list[str] = ["\u4e00-\u9fff"]
    for first, last in _ONE_TO_ONE + _ONE_TO_ONE_WIDE:
        for code in range(first, last):
            char = chr(code)
            if unicodedata.category(char)[0] in "MZC" or (char in fold and len(fold[char]) != 1):
                continue
            result = _cluster(char, fold, t2s)
            if len(result) == 1:
                single.append(re.escape(char))
                if result != char:
                    changes[code] = result
    letters = "".join(single)
    other = re.compile(f"[^{letters}{_BLANK}{_BREAK}]")
    turn = re.compile(f"({_odd_space.pattern})|{other.pattern}")
    keys = frozenset(map(chr, changes))
    alone = frozenset(char for char in keys if changes[ord(char)] not in keys)
    in_ascii = tuple(sorted(char for char in keys if char.isascii()))
    folder = _Folder(fold, t2s, changes, keys, in_ascii, alone, other.search(_ASCII) is None, other, turn, {})
    return lambda text: _normalise(text, folder)


def hides(text: str) -> bool:
    """Whether a character that no reader sees is in the text."""
    if text.isascii():
        return len(text.encode().translate(None, _CONTROL)) < len(text)
    return _drop.search(text) is not None


def _normalise(text: str, folder: _Folder) -> Normal:
    if not hides(text):
        return Normal(*_walk(one_script(text), folder))
    kept: list[str] = []
    dropped = Dropped([], [])
    size = at = 0
    for match in HIDDEN.finditer(text):
        size = _keep(text[at : match.start()], at, kept, dropped, size)
        at = match.end()
    _keep(text[at:], at, kept, dropped, size)
    return Normal(*_walk(one_script("".join(kept)), folder), dropped)


def _keep(piece: str, at: int, kept: list[str], dropped: Dropped, size: int) -> int:
    if piece:
        kept.append(piece)
        dropped.here.append(size)
        dropped.there.append(at)
    return size + len(piece)


def _walk(kept: str, folder: _Folder) -> tuple[str, Runs]:
    """Normal form of text without zero-width characters."""
    folded = _translated(kept, folder)
    if (folder.plain_ascii and kept.isascii()) or folder.other.search(kept) is None:
        return _white_space_only(kept, folded)
    out: list[str] = []
    runs = Runs([], [], [])
    position = line = length = 0
    size = len(kept) - (kept[-1:] == " ")
    for match in folder.turn.finditer(kept):
        start, end = match.span()
        if start < position:
            continue  # a mark of the cluster before
        white = match.lastindex is not None
        if not white and start > position and kept[start - 1] != " " and unicodedata.category(kept[start])[0] == "M":
            start -= 1
        if start > position and not out and kept[position] == " ":
            position = line = position + 1
        if start > position:
            length = _add(folded[position:start], position, 0, out, runs, length)
        if white:
            breaks = len(_line_end.findall(kept, start, end))
            result = _space(kept, start, end, line, breaks) if out and end < size else ""
            if breaks or result != " ":
                line = end
        else:
            end = _cluster_end(kept, start)
            result = _remembered(kept[start:end], folder)
        if result:
            length = _add(result, start, end - start, out, runs, length)
        position = end
    if not out and kept[position : position + 1] == " ":
        position += 1
    if position < size:
        _add(folded[position:size], position, 0, out, runs, length)
    return "".join(out), runs


def _add(text: str, there: int, width: int, out: list[str], runs: Runs, length: int) -> int:
    out.append(text)
    runs.first.append(length)
    runs.there.append(there)
    runs.length.append(width)
    return length + len(text)


def _white_space_only(kept: str, folded: str) -> tuple[str, Runs]:
    """The same where every character but white space is one to one: `folded` is the text with each of them changed."""
    out: list[str] = []
    runs = Runs([], [], [])
    first = 1 if kept[:1] == " " else 0
    position, line, size, length = first, first, len(kept) - (kept[-1:] == " "), 0
    for match in _odd_space.finditer(kept):
        start, end = match.span()
        if start > position:
            length = _add(folded[position:start], position, 0, out, runs, length)
        position = end
        breaks = len(_line_end.findall(kept, start, end))
        replacement = _space(kept, start, end, line, breaks) if out and end < size else ""
        if replacement:
            length = _add(replacement, start, end - start, out, runs, length)
        if breaks or replacement != " ":
            line = end
    if position < size:
        _add(folded[position:size], position, 0, out, runs, length)
    return "".join(out), runs


def _translated(run: str, folder: _Folder) -> str:
    """Each character as its one normal character."""
    if run.isascii():
        return run.translate(folder.changes)  # fast in ASCII; beyond, it asks the table for every character
    found = folder.keys.intersection(_ascii_run.sub("", run))
    if (len(found) + len(folder.ascii_keys)) * 25 < len(run) and found.union(folder.ascii_keys) <= folder.alone:
        for char in (*folder.ascii_keys, *found):
            run = run.replace(char, folder.changes[ord(char)])
        return run
    return run.translate(folder.changes)


def _cluster_end(kept: str, start: int) -> int:
    end = start + 1
    while end < len(kept) and end - start <= _MAX_MARKS and unicodedata.category(kept[end])[0] == "M":
        end += 1
    return end


def _remembered(cluster: str, folder: _Folder) -> str:
    result = folder.memo.get(cluster)
    if result is None:
        result = _cluster(cluster, folder.fold, folder.t2s)
        if len(cluster) <= 2 and len(folder.memo) < 20_000:
            folder.memo[cluster] = result
    return result


def _space(kept: str, start: int, end: int, line: int, breaks: int) -> str:
    """What a run of white space becomes: a space, the end of a paragraph, or nothing inside a wrapped Chinese line."""
    if not breaks:
        return " "
    if breaks > 1 or kept[end] in _LIST_START or not _is_wide(kept[line:start]):
        return "\n"
    return "" if _CJK.match(kept[start - 1]) and _CJK.match(kept[end]) else " "


def _is_wide(line: str) -> bool:
    """Whether a line is so wide that the break behind it is the mailer's, not the writer's."""
    if len(line) >= _WRAP_WIDTH:
        return True
    return 2 * len(line) >= _WRAP_WIDTH and len(line) + sum(char >= "\u1100" for char in line) >= _WRAP_WIDTH
