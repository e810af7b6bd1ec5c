"""Names of companies, found by their legal forms. Twin: extension/src/evidence/company.js."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from server.evidence.form_starts import form_starts
from server.evidence.lexicon import Lexicon
from server.evidence.plain import WHITE, Span, fold, has_han, is_han, word_list, words
from server.rulebook.cut import fit

_MAX_LINE = 400
_MAX_WORDS = 7
_INSIDE = ("", "&", ".", "'", "’", "-", "+", "«", "»", '"')
"""What may stand between the words of one name."""
_MAX_FOUND = 20
_LONG = 32_768
"""Code points from which on the lines are read one by one, up to the last company that is asked for."""
Forms = Mapping[str, tuple[tuple[str, ...], ...]]
"""Legal forms by their first word, longest first."""
_HANGUL = re.compile("[\uac00-\ud7af]")
_NOT_INSIDE = "的了"
_PLACES = ("after", "before", "trade")
_NONE: Forms = {}


@dataclass(frozen=True, slots=True)
class Company:
    """A company's name as written, and where it stands."""

    name: str
    start: int
    end: int


def find_companies(text: str, rows: list[Span], lexicon: Lexicon, *, signature: bool) -> list[Company]:
    """The companies in these lines, in order, at most twenty. `signature` also takes weak endings (Trading, Group)."""
    found: list[Company] = []
    first = rows[0][0] if rows else 0
    whole = text[first : rows[-1][1]] if rows else ""
    joined, starts = True, list[int]()
    if len(whole) <= _LONG:
        joined, starts = _may_join(whole), form_starts(whole, fold(whole), lexicon, signature=signature)
    for start, end in rows if starts or joined else ():
        # Half of CONTACT is no company's CO.
        stop = end if end <= start + _MAX_LINE else start + fit(text[start:end], _MAX_LINE)
        nearest = bisect_left(starts, start - first)
        if not joined and (nearest == len(starts) or starts[nearest] >= stop - first):
            continue
        line = text[start:stop]
        folded = fold(line)
        for low, high in _in_line(line, folded, lexicon, signature):
            name = line[low:high].strip(WHITE + ",;:-–—|")
            if not any(place.start < start + high and start + low < place.end for place in found):
                found.append(Company(name, start + low, start + high))
            if len(found) >= _MAX_FOUND:
                return found
    return found


def _in_line(line: str, folded: str, lexicon: Lexicon, signature: bool) -> Iterator[Span]:
    forms = lexicon.legal_by_word
    seen = word_list(folded)
    if lexicon.legal_starts.isdisjoint(seen):
        yield from _joined(folded, lexicon, signature)
        return
    after, before, trade = (not forms.get(place, _NONE).keys().isdisjoint(seen) for place in _PLACES)
    # Most lines hold no legal form at all, and only a form needs the places of the words.
    looked = after or before or trade
    tokens = [(match.group(), match.start(), match.end()) for match in words(folded)] if looked else []
    if after:
        yield from _with_form_after(line, tokens, lexicon, signature)
    if before:
        yield from _with_form_before(line, tokens, lexicon)
    yield from _joined(folded, lexicon, signature)
    if signature and trade:
        yield from _with_trade_word(line, tokens, lexicon)


def _form_at(tokens: list[tuple[str, int, int]], at: int, forms: Forms) -> int:
    """How many words of the legal form stand at this word, 0 if none does. Forms come longest first."""
    for form in forms.get(tokens[at][0], ()):
        if len(form) <= len(tokens) - at and all(tokens[at + step][0] == word for step, word in enumerate(form)):
            return len(form)
    return 0


def _with_form_after(
    line: str, tokens: list[tuple[str, int, int]], lexicon: Lexicon, signature: bool
) -> Iterator[Span]:
    forms = lexicon.legal_by_word["after"]
    at = 1
    while at < len(tokens):
        if tokens[at][0] not in forms:
            at += 1
            continue
        size = _form_at(tokens, at, forms)
        written = line[tokens[at][1] : tokens[at + size - 1][2]] if size else ""
        # Short forms are words too (as, sa, ag, kg): they count only as written on a letterhead.
        if not size or (len(written) <= 3 and written == written.lower() and written != "ltd"):
            at += 1
            continue
        first = _name_start(line, tokens, at, lexicon, signature)
        if first < at:
            end = tokens[at + size - 1][2]
            yield tokens[first][1], end + (1 if line[end : end + 1] == "." else 0)
        at += size


def _name_start(line: str, tokens: list[tuple[str, int, int]], at: int, lexicon: Lexicon, signature: bool) -> int:
    """The first word of the name that ends before word `at`; `at` itself if no name stands there."""
    connectors, not_first = lexicon.name_words["connectors"], lexicon.name_words["not_first"]
    first, bracket = at, False
    while first > 0 and at - first < _MAX_WORDS:
        word, start, end = tokens[first - 1]
        gap = line[end : tokens[first][1]].strip(WHITE)
        bracket = bracket or gap.startswith(")")
        comma = gap in (",", ",.", "),") and first == at and tokens[at][0] != "company"
        if not (gap in _INSIDE or gap == ")" or (gap == "(" and bracket) or comma):
            break
        proper = line[start] != line[start].lower() or line[start].isdigit() or is_han(line[start])
        if not proper and word not in connectors and not (signature and len(tokens) <= _MAX_WORDS):
            break
        first -= 1
    while first < at and tokens[first][0] in not_first | connectors:
        first += 1
    return first if any(token[0].isalpha() for token in tokens[first:at]) else at


def _with_form_before(line: str, tokens: list[tuple[str, int, int]], lexicon: Lexicon) -> Iterator[Span]:
    forms, ends = lexicon.legal_by_word["before"], lexicon.name_words["name_ends"]
    for at in range(len(tokens) - 1):
        size = _form_at(tokens, at, forms) if tokens[at][0] in forms else 0
        if not size or at + size >= len(tokens) or (line[tokens[at][1]] == "m" and size == 1):
            continue
        written = line[tokens[at][1] : tokens[at + size - 1][2]]
        if written.isascii() and len(written) <= 4 and written != written.upper():
            continue
        last = at + size
        while last < len(tokens) and last < at + size + _MAX_WORDS and _is_proper(line, tokens[last]):
            if tokens[last][0] in ends:
                break
            if last > at + size and line[tokens[last - 1][2] : tokens[last][1]].strip(WHITE) not in ("", "&", "-", "."):
                break
            last += 1
        if last > at + size:
            end = tokens[last - 1][2]
            yield tokens[at][1], end + (1 if line[end : end + 1] in ("»", '"', "”") else 0)


def _is_proper(line: str, token: tuple[str, int, int]) -> bool:
    char = line[token[1]]
    return char != char.lower() or char.lower() == char.upper()


def _joined(folded: str, lexicon: Lexicon, signature: bool) -> Iterator[Span]:
    if not _may_join(folded):
        return
    taken = 0
    for (form,) in lexicon.legal.get("joined", ()):
        at = folded.find(form, taken)
        # Weak endings end ordinary sentences too (我们公司), so they count in the signature only.
        if at < 0 or (form in lexicon.name_words["weak_endings"] and not signature):
            continue
        start = at
        while start > taken and at - start < 30 and (folded[start - 1].isalnum() or folded[start - 1] in "()（）·&-"):
            if folded[start - 1] in _NOT_INSIDE:
                break
            start -= 1
        start = _past_openers(folded, start, at, lexicon)
        name = folded[start:at]
        if sum(char.isalnum() for char in name) >= 2:
            yield start, at + len(form)
            taken = at + len(form)


def _may_join(text: str) -> bool:
    """Whether the script is one in which a legal form is written without a blank before it."""
    return not text.isascii() and (has_han(text) or _HANGUL.search(text) is not None)


def _past_openers(folded: str, start: int, at: int, lexicon: Lexicon) -> int:
    openers = _openers(lexicon)
    for _ in range(3):
        opener = next((word for word in openers if folded.startswith(word, start) and start + len(word) <= at), "")
        if not opener:
            break
        start += len(opener)
    return start


@lru_cache(maxsize=4)
def _openers(lexicon: Lexicon) -> list[str]:
    return sorted(lexicon.name_words["han_openers"], key=lambda word: (-len(word), word))


def _with_trade_word(line: str, tokens: list[tuple[str, int, int]], lexicon: Lexicon) -> Iterator[Span]:
    """A whole segment of the line that ends in a trade word and is written like a name: "Imran Brothers, Karachi"."""
    forms = lexicon.legal_by_word["trade"]
    roles = lexicon.name_words["roles"]
    begin = 0
    for at in range(len(tokens)):
        if at and line[tokens[at - 1][2] : tokens[at][1]].strip(WHITE) not in ("", "&", "-", ".", "'"):
            begin = at
        size = _form_at(tokens, at, forms)
        stop = at + size
        closed = stop == len(tokens) or line[tokens[stop - 1][2] : tokens[stop][1]].strip(WHITE) not in ("", "&", "-")
        if not size or not closed or at == begin or tokens[begin][0] in roles:
            continue
        named = tokens[begin:stop]
        if len(named) <= _MAX_WORDS and all(
            _is_proper(line, one) or one[0] in lexicon.name_words["connectors"] for one in named
        ):
            yield tokens[begin][1], tokens[stop - 1][2]
