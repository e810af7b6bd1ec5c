"""Text as the phrases see it: lower case, plain quotes, Simplified Chinese, one space, lines that end paragraphs.

The algorithm is written out in shared_rules/README.md; extension/src/rulebook/normalise.js does the same step by step.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from server.rulebook.one_script import one_script

_DROPPED = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"  # zero width, direction
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
)
_BLANK = "\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAK = "\n\r\x0b\x0c\x85\u2028\u2029"
_drop = re.compile(f"[{_DROPPED}]")
_line_end = re.compile(f"\r\n|[{_BREAK}]")
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\u3000-\u30ff]")
_LIST_START = frozenset("-*•·–0123456789")
_WRAP_WIDTH = 45
_RUN = 200
_MAX_MARKS = 30
"""More marks on one letter than any script uses; without a limit, canonical ordering is quadratic (UAX 15, 13.1)."""

# Blocks whose letters mostly map one to one, so that a whole run is translated at once.
_ONE_TO_ONE = ((0x21, 0x7F), (0xA1, 0x600), (0x620, 0x64B), (0x2010, 0x2028), (0x2030, 0x205F), (0x3001, 0x3100))
_ONE_TO_ONE_WIDE = ((0xFF01, 0xFFEF),)


@dataclass(frozen=True, slots=True)
class Normal:
    """Normalised text; character i came from the original's code points starts[i] to ends[i] (half open)."""

    text: str
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class _Folder:
    """The character tables, prepared for speed. `changes` maps the one-to-one characters that change."""

    fold: Mapping[str, str]
    t2s: Mapping[str, str]
    changes: dict[int, str]
    keys: frozenset[str]
    token: re.Pattern[str]
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
    token = re.compile(f"([{letters}][ {letters}]{{0,{_RUN}}})|([{_BLANK}{_BREAK}]+)|.", re.DOTALL)
    folder = _Folder(fold, t2s, changes, frozenset(map(chr, changes)), token, {})
    return lambda text: _normalise(text, folder)


def _normalise(text: str, folder: _Folder) -> Normal:
    if not _drop.search(text):
        return _walk(one_script(text), folder)
    places = [index for index, char in enumerate(text) if not _drop.match(char)]
    normal = _walk(one_script("".join([text[index] for index in places])), folder)
    starts = [places[start] for start in normal.starts]
    return Normal(normal.text, starts, [places[end - 1] + 1 for end in normal.ends])


def _walk(kept: str, folder: _Folder) -> Normal:
    """Normal form of text without zero-width characters. Runs of simple characters are taken in one step."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position, line, size, token = 0, 0, len(kept), folder.token
    while position < size:
        match = token.match(kept, position)
        assert match is not None
        start, end = match.span()
        if match.group(2) is not None:
            replacement = _space(kept, start, end, line) if out and end < size else ""
            if replacement:
                out.append(replacement)
                starts.append(start)
                ends.append(end)
            if replacement != " " or _line_end.search(kept, start, end):
                line = end
            position = end
            continue
        marked = end < size and kept[end - 1] != " " and unicodedata.category(kept[end])[0] == "M"
        if match.group(1) is not None:
            plain = _words_end(kept, start, end - 1 if marked else end)
            marked = marked and plain == end - 1
            if plain > start:
                run = kept[start:plain]
                out.append(run if folder.keys.isdisjoint(run) else run.translate(folder.changes))
                starts.extend(range(start, plain))
                ends.extend(range(start + 1, plain + 1))
            if not marked:
                position = plain
                continue
            start = plain
        position = _cluster_end(kept, start)
        result = _remembered(kept[start:position], folder)
        out.append(result)
        starts.extend([start] * len(result))
        ends.extend([position] * len(result))
    return Normal("".join(out), starts, ends)


def _words_end(kept: str, start: int, end: int) -> int:
    """Where a run of letters and single spaces ends: before two spaces, or before a space at its very end."""
    double = kept.find("  ", start, end)
    if double >= 0:
        return double
    return end - 1 if end > start and kept[end - 1] == " " else end


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


def _space(kept: str, start: int, end: int, line: int) -> str:
    """What a run of white space becomes: a space, the end of a paragraph, or nothing inside a wrapped Chinese line."""
    breaks = sum(1 for _ in _line_end.finditer(kept, start, end))
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
