"""Phone numbers of a mail and whether their country fits the one claimed. On the server only: needs `phonenumbers`."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import Leniency, PhoneMetadata, PhoneNumberFormat, PhoneNumberMatch, PhoneNumberMatcher

from server.evidence.lexicon import Lexicon

_MAX_TEXT = 6000
_MAX_TRIES = 60
_MAX_FOUND = 10
_DOUBLE_ZERO = re.compile(r"(?<![0-9+])(?<![0-9)][ .-])00(?=[1-9][0-9])")
_PLUS = re.compile("[+\uff0b]")
_SKIP = ""
_LEAST_ABROAD = 5
"""Digits of a number with its country code: one at least for the code, and no country has numbers of less than four."""
_UNUSUAL = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def find_phones(text: str, region: str) -> list[phonenumbers.PhoneNumber]:
    """Phone numbers, at most ten: international ones, and national ones of `region` ("" if unknown).

    A number that is not assigned is still a claim of its country, so international ones need only be possible.
    """
    plain = _DOUBLE_ZERO.sub("+", _UNUSUAL.sub("", text[:_MAX_TEXT]))
    found: dict[str, phonenumbers.PhoneNumber] = {}
    # The matcher looks at every group of digits; without a region it can make nothing of those without a plus.
    international = None if _PLUS.search(plain) else _SKIP
    for where, leniency in ((international, Leniency.POSSIBLE), (region or _SKIP, Leniency.VALID)):
        if where == _SKIP:
            continue
        for match in _Matcher(plain, where, leniency, _MAX_TRIES):
            found.setdefault(phonenumbers.format_number(match.number, PhoneNumberFormat.E164), match.number)
            if len(found) >= _MAX_FOUND:
                return list(found.values())
    return list(found.values())


class _Matcher(PhoneNumberMatcher):
    """The library's matcher, which does not parse what cannot be a number: most digits of a letter are quantities."""

    def __init__(self, text: str, region: str | None, leniency: int, tries: int) -> None:
        super().__init__(text, region, leniency, tries)
        self._needs_plus = not region
        self._least = _least_digits(region) if region else 0

    def _extract_match(self, candidate: str, offset: int) -> PhoneNumberMatch | None:
        """The match in a candidate, None if there is none. One run of too few digits has no parts to try."""
        if candidate.isdigit() and len(candidate) < self._least:
            return None
        return super()._extract_match(candidate, offset)

    def _parse_and_verify(self, candidate: str, offset: int) -> PhoneNumberMatch | None:
        """The match, None if the candidate is none. Called by the library for each candidate and each part of one."""
        if sum(map(str.isdigit, candidate)) < self._least or (self._needs_plus and _PLUS.search(candidate) is None):
            return None
        return super()._parse_and_verify(candidate, offset)


@lru_cache(maxsize=512)
def _least_digits(region: str) -> int:
    """Digits of the shortest number that is valid when written in this region, with or without a country code."""
    shared = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(phonenumbers.country_code_for_region(region), ())
    return min([_LEAST_ABROAD, *(_least_national(code) for code in shared)])


def _least_national(region: str) -> int:
    metadata = PhoneMetadata.metadata_for_region(region, None)
    return min(metadata.general_desc.possible_length) if metadata and metadata.general_desc else 1


def e164(number: phonenumbers.PhoneNumber) -> str:
    """The number as +4915112345678."""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def country(number: phonenumbers.PhoneNumber) -> str:
    """The number's country, the main one of its code where the number itself does not tell; "" if the code has none."""
    exact = phonenumbers.region_code_for_number(number)
    main = phonenumbers.region_code_for_country_code(number.country_code or 0)
    found = exact or main
    return found if found and found.isalpha() and found != "ZZ" else ""


def mismatch(numbers: list[phonenumbers.PhoneNumber], claimed: str, lexicon: Lexicon) -> str:
    """`NG against GB` where no number has the dial code of the claimed country, "" if one has or none is claimed.

    Dial codes are compared, not countries: +1, +7 and +44 are shared.
    """
    dial = next((row.dial for row in lexicon.countries if row.code == claimed), 0)
    if not dial or not numbers or any(number.country_code == dial for number in numbers):
        return ""
    named = next((code for number in numbers if (code := country(number))), "")
    return f"{named} against {claimed}" if named else ""
