"""Bank details named in a text: IBANs, BICs and account numbers, each with its place. Linear, whatever the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from server.evidence.pattern import Pattern
from server.evidence.plain import Span
from server.evidence.server_words import ServerWords

MAX_FOUND = 20
_MAX_TRIES = 200
_IBAN_START = Pattern(r"\b[A-Za-z]{2}[0-9]{2}[ \x{A0}.-]?[A-Za-z0-9]{4}")
_GAPS = frozenset(" \xa0-.")
_MAX_NUMBER = 34
_MIN_DIGITS = 6
_MAX_BETWEEN = 24
_BEFORE_LABEL = 30
_STOPS = frozenset("+@%$€£¥")


@dataclass(frozen=True, slots=True)
class Detail:
    """A bank detail without its blanks, and where it stands."""

    value: str
    start: int
    end: int


@dataclass(slots=True)
class BankDetails:
    """What one text names. `accounts` also holds what is written as an IBAN but fails its check digits."""

    ibans: list[Detail] = field(default_factory=list[Detail])
    bics: list[Detail] = field(default_factory=list[Detail])
    accounts: list[Detail] = field(default_factory=list[Detail])

    def numbers(self) -> list[Detail]:
        """IBANs and account numbers, in order of place."""
        return sorted([*self.ibans, *self.accounts], key=lambda one: one.start)


def find_bank(text: str, spans: list[Span], words: ServerWords) -> BankDetails:
    """The bank details in some ranges of a text, at most twenty of each kind."""
    found = BankDetails()
    for start, end in spans:
        piece = text[start:end]
        if words.bank_hint.search(piece) is None:
            continue
        for one in _ibans(piece, words):
            _add(found.ibans, one, start)
        for low, high in words.bic.places(piece, MAX_FOUND):
            value = piece[low:high][-11:]
            value = value if value.isascii() and value.isalnum() else value[-8:]
            if value[4:6] in words.countries:
                _add(found.bics, Detail(value, high - len(value), high), start)
        taken = [(one.start - start, one.end - start) for one in found.ibans]
        for one in _accounts(piece, words):
            if not any(low < one.end and one.start < high for low, high in taken):
                _add(found.accounts, one, start)
    return found


def _add(found: list[Detail], one: Detail, offset: int) -> None:
    if len(found) < MAX_FOUND and all(one.value != known.value for known in found):
        found.append(Detail(one.value, one.start + offset, one.end + offset))


def _ibans(piece: str, words: ServerWords) -> Iterator[Detail]:
    for start, _ in _IBAN_START.places(piece, _MAX_TRIES):
        length = words.iban_lengths.get(piece[start : start + 2].upper(), 0)
        value, end = _run(piece, start, length) if length else ("", start)
        whole = len(value) == length and not piece[end : end + 1].isalnum()
        if length and whole and is_iban(value, words):
            yield Detail(value, start, end)


def is_iban(value: str, words: ServerWords) -> bool:
    """Whether this has the length of its country and the right check digits (ISO 7064, mod 97-10)."""
    if not value.isascii() or not value.isalnum() or words.iban_lengths.get(value[:2], 0) != len(value):
        return False
    turned = value[4:] + value[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _run(piece: str, start: int, most: int, *, digits: bool = False) -> tuple[str, int]:
    """Up to `most` letters and digits from a place on, single blanks, dots and dashes between them left out."""
    kept: list[str] = []
    at, end = start, start
    while at < len(piece) and len(kept) < most:
        char = piece[at]
        if char.isascii() and (char.isdigit() if digits else char.isalnum()):
            kept.append(char.upper())
            end = at + 1
        elif char not in _GAPS or at > end:
            break
        at += 1
    return "".join(kept), end


def _accounts(piece: str, words: ServerWords) -> Iterator[Detail]:
    for label, label_end in words.account_label.places(piece, MAX_FOUND * 2):
        if words.not_bank.search(piece[max(0, label - _BEFORE_LABEL) : label]) is not None:
            continue
        at = _first_digit(piece, label_end)
        if at < 0:
            continue
        length = words.iban_lengths.get(piece[at - 2 : at].upper(), 0) if at - 2 >= label_end else 0
        start = at - 2 if length else at
        value, end = _run(piece, start, length or _MAX_NUMBER, digits=not length)
        if sum(char.isdigit() for char in value) >= _MIN_DIGITS:
            yield Detail(value, start, end)


def _first_digit(piece: str, start: int) -> int:
    """The digit that an account number behind its label starts with, -1 if something else stands there."""
    lines = 0
    for at in range(start, min(len(piece), start + _MAX_BETWEEN)):
        char = piece[at]
        lines += char == "\n"
        if char in _STOPS or lines > 1:
            return -1
        if char.isascii() and char.isdigit():
            return at
    return -1
