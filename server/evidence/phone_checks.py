"""What kind of phones a mail names, and whether their country fits the domain. Needs `phonenumbers`."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

from server.evidence.mail import Mail
from server.evidence.pattern import Pattern
from server.evidence.phones import country, e164, mismatch
from server.evidence.plain import Span
from server.model import Evidence

_KINDS = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed or mobile",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.TOLL_FREE: "toll free",
}
_SATELLITE = frozenset([870, 881])
"""Inmarsat; Iridium and Globalstar (ITU-T E.164, shared codes)."""
SPECIAL = frozenset(["personal", "premium", "satellite"])
_AREAS = {"HK": "CN", "MO": "CN"}
_MAX_TEXT = 3000
_WRITTEN = Pattern(r"\+[0-9][0-9 ().\x{A0}-]{5,24}[0-9]")
_MAX_WRITTEN = 10
_WRONG = frozenset(
    [ValidationResult.INVALID_COUNTRY_CODE, ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY]
)
_USUAL = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
_MIN_DIGITS = 7
_LENGTHENED = {225: 8, 229: 8, 234: 7}
"""Countries that made their numbers longer of late, with the digits of the old ones, which letterheads still bear."""


def phone_checks(mail: Mail, evidence: Evidence) -> None:
    """The facts `identity.phone_kinds phone_special phone_invalid phone_tld_mismatch phone_consistent`.

    After `identity.phones`, which it reads.
    """
    if mail.message.text is None:
        return
    given = evidence.get("identity.phones")
    numbers = [phonenumbers.parse(number) for number in given] if isinstance(given, list) else []
    kinds = [(kind(number), number) for number in numbers]
    evidence.put("identity.phone_kinds", list(dict.fromkeys(name for name, _ in kinds if name)))
    special = [(name, number) for name, number in kinds if name in SPECIAL]
    places = [place for _, number in special if (place := _place(mail, str(number.national_number)))]
    quotes = [mail.quote(*place) for place in places]
    evidence.put("identity.phone_special", [f"{e164(number)} ({name})" for name, number in special], *quotes)
    wrong = _impossible(mail)
    written = [mail.quote(*place) for place in wrong]
    evidence.put("identity.phone_invalid", [quote.text for quote in written], *written)
    tld = str(evidence.get("identity.tld_country") or "")
    claimed = str(evidence.get("identity.claimed_country") or "")
    codes = [country(number) for number in numbers]
    near = any(_AREAS.get(code, code) == _AREAS.get(tld, tld) for code in codes)
    evidence.put("identity.phone_tld_mismatch", "" if near else mismatch(numbers, tld, mail.lexicon))
    evidence.put("identity.phone_consistent", bool(claimed) and claimed == tld and claimed in codes)


def kind(number: phonenumbers.PhoneNumber) -> str:
    """What the number is for, "" if the numbering plan does not tell. Any +44 70 number is a personal one."""
    if number.country_code in _SATELLITE:
        return "satellite"
    if number.country_code == 44 and str(number.national_number).startswith("70"):
        return "personal"
    return _KINDS.get(phonenumbers.number_type(number), "")


def _place(mail: Mail, digits: str) -> Span | None:
    """Where these digits stand in the newest part, whatever stands between them."""
    for low, high in mail.read:
        at = [place for place in range(max(low, high - 2 * _MAX_TEXT), high) if mail.text[place] in "0123456789"]
        found = "".join(mail.text[place] for place in at).find(digits)
        if found >= 0 and (end := at[found + len(digits) - 1] + 1) - at[found] <= 3 * len(digits):
            return at[found], end
    return None


def _impossible(mail: Mail) -> list[Span]:
    """Numbers of the signature that no country has: no such country code, or too few digits for it.

    Too many digits are let pass: they are extensions, or two numbers in a row. So is one digit too few.
    """
    start, end = mail.parts.closing
    piece = mail.text[start : min(end, start + _MAX_TEXT)]
    found: list[Span] = []
    for low, high in _WRITTEN.places(piece, _MAX_WRITTEN) if "+" in piece else ():
        written = piece[low:high]
        if sum(char.isdigit() for char in written) >= _MIN_DIGITS and _is_wrong(written):
            found.append((start + low, start + high))
    return found


def _is_wrong(written: str) -> bool:
    try:
        number = phonenumbers.parse(written)
    except NumberParseException as error:
        return error.error_type == NumberParseException.INVALID_COUNTRY_CODE
    if phonenumbers.is_possible_number_with_reason(number) not in _WRONG:
        return False
    digits = phonenumbers.national_significant_number(number)
    if len(digits) >= _LENGTHENED.get(number.country_code or 0, len(digits) + 1):
        return False
    # One digit too few is a slip of the pen.
    longer = phonenumbers.PhoneNumber(country_code=number.country_code, national_number=int(digits) * 10)
    reasons = (phonenumbers.is_possible_number_for_type_with_reason(longer, usual) for usual in _USUAL)
    return ValidationResult.IS_POSSIBLE not in reasons
