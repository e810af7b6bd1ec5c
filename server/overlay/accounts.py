"""accounts.csv: the bank accounts of counterparts that somebody in the company has confirmed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from server.model import Account
from server.overlay.csv_list import day_of, read_rows, tidy

COLUMNS = ("domain", "account", "holder", "note", "author", "expires", "ending")
NAMES = {
    "entry": "domain", "域名": "domain", "邮箱或域名": "domain",
    "iban": "account", "number": "account", "账号": "account", "银行账号": "account", "收款账号": "account",
    "户名": "holder", "收款人": "holder", "beneficiary": "holder",
    "备注": "note", "reason": "note",
    "添加人": "author", "登记人": "author",
    "到期日": "expires", "有效期至": "expires",
    "尾号": "ending",
}  # fmt: skip
"""Column names that mean one of COLUMNS."""

HASH = "sha256:"
SHOWN = 4
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9A-Z]{5,34}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")
_ROUNDED = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]+", re.IGNORECASE)
_GAPS = re.compile(r"[\s.\-/\u00a0\u202f']+")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of accounts.csv. `domain` is a counterpart's domain, or his address at a public provider."""

    domain: str
    account: Account
    holder: str = ""
    note: str = ""
    author: str = ""
    expires: date | None = None

    @property
    def entry(self) -> str:
        """What the line is about, as in the other lists."""
        return self.domain

    def holds_on(self, day: date) -> bool:
        """Whether the line counts on that day; the day of expiry still counts."""
        return self.expires is None or day <= self.expires


def read_accounts(name: str, text: str) -> tuple[list[Row], list[str]]:
    """The accounts of a CSV file and its problems as `name:line: words`. A bad line never hides the good ones."""
    return read_rows(name, text, COLUMNS, NAMES, _row)


def plain_number(raw: str) -> str:
    """An account number in one form: capitals, without blanks and marks. Raises ValueError with words for the admin.

    The number itself is never part of the words: they are shown by /readyz.
    """
    word = raw.strip().lstrip("'")  # Excel's mark of a text cell
    if _ROUNDED.fullmatch(word):
        raise ValueError("the account was rounded by the spreadsheet; format the column as text and type it again")
    number = _GAPS.sub("", word).upper().removeprefix("IBAN").lstrip(":：")
    if not _NUMBER.fullmatch(number) or sum(char.isdigit() for char in number) < 5:
        raise ValueError("the account is no account number (5 to 34 letters and digits)")
    if _IBAN.fullmatch(number) and int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 != 1:
        raise ValueError("the account is written like an IBAN, but its check digits are wrong")
    return number


def digest_of(number: str) -> str:
    """The hash under which a number in one form may be kept instead of itself."""
    return hashlib.sha256(number.encode()).hexdigest()


def hashed(raw: str) -> str:
    """The two cells that stand for an account, `sha256:…` and its last four characters. Raises ValueError."""
    number = plain_number(raw)
    return f"{HASH}{digest_of(number)},{number[-SHOWN:]}"


def _row(cells: dict[str, str]) -> Row:
    return Row(
        domain=tidy(cells.get("domain", "")),
        account=_account(cells.get("account", ""), cells.get("ending", "")),
        holder=cells.get("holder", "")[:120],
        note=cells.get("note", "")[:200],
        author=cells.get("author", "")[:80],
        expires=day_of(cells.get("expires", "")),
    )


def _account(raw: str, ending: str) -> Account:
    low = raw.lower()
    if not low.startswith(HASH):
        number = plain_number(raw)
        return Account(number, "", number[-SHOWN:])
    digest = low.removeprefix(HASH).strip()
    if not _DIGEST.fullmatch(digest):
        raise ValueError("sha256: must be followed by 64 digits of a hash (python -m server account makes it)")
    end = _GAPS.sub("", ending).upper()
    if end and not re.fullmatch(r"[0-9A-Z]{4}", end):
        raise ValueError("the ending is not the last four characters of the account")
    return Account("", digest, end)
