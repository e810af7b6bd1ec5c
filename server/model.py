"""The shapes that the stages hand to one another. No behaviour beyond small conversions.

Those of the next step (levels, searches, checks, handling) stand in next_step.py and are names of this file too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from server.next_step import Caveat as Caveat
from server.next_step import CheckItem as CheckItem
from server.next_step import CheckResult as CheckResult
from server.next_step import Checks as Checks
from server.next_step import CustomerLevel as CustomerLevel
from server.next_step import Handling as Handling
from server.next_step import LevelCriterion as LevelCriterion
from server.next_step import LevelOverride as LevelOverride
from server.next_step import PaymentAdvice as PaymentAdvice
from server.next_step import PaymentTerm as PaymentTerm
from server.next_step import SearchLink as SearchLink

Value = bool | int | float | str | list[str]
"""What a fact may hold. Absent means unknown; an empty list or string means known to be empty."""

Level = Literal["low", "caution", "high", "critical", "unknown"]
Confidence = Literal["low", "medium", "high"]
Lang = Literal["en", "zh_CN"]

Why = Literal[
    "not_given",  # the caller did not supply what the fact needs
    "not_read",  # the page or the mail could not be read there
    "offline",  # look-ups are switched off for this vetting
    "pending",  # the look-up still runs; ask again
    "timed_out",
    "failed",  # the server answered, but not usably
    "refused",  # rate limit, REFUSED, blocked port
    "not_published",  # the registry answers but gives no such datum
    "not_applicable",  # e.g. the registration age of gmail.com says nothing about the sender
    "not_covered",  # the text is in a language that the rules cannot read
    "not_all_read",  # too long: only its beginning and its end were read, and nothing was found there
    "not_built",  # no supplier of this fact exists yet in this version
    "off",  # switched off on this server
    "reserved_name",  # .local, .invalid, an IP address …: no public name, so nobody outside may be asked
]
"""Why a fact is unknown. A reason is a code; the words for it are in `shared_rules/texts.yaml`."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address as given: `address` in lower case and trimmed, `name` the display name as it stands."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the body: the words shown and where it really leads."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment's file name and, if known, its size in bytes. Contents are never kept."""

    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One mail, any subset of it. `None` is unknown, an empty tuple or string is known to be empty."""

    sender: Address | None = None
    sent_by: str | None = None
    reply_to: tuple[Address, ...] | None = None
    recipients: tuple[Address, ...] | None = None
    own_domains: tuple[str, ...] = ()
    subject: str | None = None
    date: str | None = None
    text: str | None = None
    """The body as plain text (given so, or extracted from HTML). Offsets of quotes count code points in this."""
    quoted_text: str | None = None
    """Quoted older text that the caller had already set apart from `text`."""
    links: tuple[Link, ...] | None = None
    attachments: tuple[Attachment, ...] | None = None
    headers: tuple[tuple[str, str], ...] | None = None
    thread: tuple[dict[str, Any], ...] | None = None
    context: dict[str, Any] = field(default_factory=dict[str, Any])
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A place in the mail. `part` is subject, body or quoted; `start` and `end` count code points in that part's text.

    `sentence` numbers the sentences of the part from 0: two quotes of one sentence are one statement.
    """

    part: Literal["subject", "body", "quoted"]
    text: str
    start: int
    end: int
    sentence: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Sounds:
    """How much a place sounds like a move (0 to 1), and a written example by locale; empty if none is near enough."""

    strength: float
    like: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(slots=True)
class Evidence:
    """Facts without opinion.

    `known["sender"]["free_provider"]` is the value of the fact `sender.free_provider`; this nested map is the context
    in which rule conditions are evaluated. `unknown["domain.age_days"]` says why a fact is not there. Every fact of the
    vocabulary is in exactly one of the two. `quotes` says where in the mail a fact or a phrase set was seen.
    """

    known: dict[str, dict[str, Value]] = field(default_factory=dict[str, dict[str, Value]])
    unknown: dict[str, Why] = field(default_factory=dict[str, Why])
    quotes: dict[str, tuple[Quote, ...]] = field(default_factory=dict[str, tuple[Quote, ...]])
    sounds: dict[str, Sounds] = field(default_factory=dict[str, Sounds])
    """For the facts `moves.*` and `hints.*` that were found."""
    newest: tuple[tuple[int, int], ...] = ()
    """The newest part of the body without its signature: what the writer says here and now."""

    def put(self, fact: str, value: Value, *quotes: Quote) -> None:
        """State that a fact (`group.name`) is known, with the places in the mail that show it."""
        group, name = fact.split(".", 1)
        self.known.setdefault(group, {})[name] = value
        self.unknown.pop(fact, None)
        if quotes:
            self.quotes[fact] = quotes

    def miss(self, fact: str, why: Why) -> None:
        """State that a fact is unknown, and why. A known fact stays known; of two reasons the first one counts."""
        group, name = fact.split(".", 1)
        if name not in self.known.get(group, {}):
            self.unknown.setdefault(fact, why)

    def get(self, fact: str) -> Value | None:
        """The value of a fact, or None if it is unknown."""
        group, name = fact.split(".", 1)
        return self.known.get(group, {}).get(name)


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fired: its points (negative for trust, 0 for information) and the values that fired it."""

    id: str
    group: str
    points: int
    title: str
    detail: str
    quotes: tuple[Quote, ...] = ()
    advice: str = ""
    source: tuple[str, ...] = ()
    like: str = ""
    """A written example that the wording sounds like, in the reader's language; "" if none is near enough."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A step that changed the sum: a ceiling, the trust cap, a guard, a floor or the clamp to 0..100."""

    why: str
    points: int


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A fact that some rule wanted and nobody could supply. `rules` names them; `why` is in the reader's language."""

    fact: str
    why: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """Fraud or credit danger. `score` equals the sum of all reasons and adjustments."""

    score: int
    level: Level
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one shape of the answer in the API, the CLI, the panel and the try-it page."""

    risk: Risk
    customer_level: CustomerLevel
    reasons: tuple[Reason, ...]
    adjustments: tuple[Adjustment, ...]
    not_checked: tuple[NotChecked, ...]
    facts: dict[str, dict[str, Value]]
    search_links: Sequence[SearchLink]
    handling: Handling
    check_depth: str | None
    complete: bool
    mail_kind: str
    rulebook: str
    lang: Lang
    checks: Checks = field(default_factory=Checks)
    payment_advice: PaymentAdvice = field(default_factory=PaymentAdvice)
    warnings: tuple[Caveat, ...] = ()
    letters: tuple[str, ...] = ()
    """Kinds of letters that may be offered for this mail."""


@dataclass(frozen=True, slots=True)
class Account:
    """A counterpart's bank account that the company has on file: its number, or only the SHA-256 of it."""

    number: str = ""
    """Letters and digits without blanks, in capitals; "" where only the hash is kept."""
    digest: str = ""
    ending: str = ""
    """The last four characters, to be shown; "" where a hash comes without them."""


@dataclass(frozen=True, slots=True)
class ListHits:
    """What the company's own lists say of a sender. Empty strings mean: looked, and no entry matches."""

    blocked: str = ""
    """The matching block entry with its reason and author, as `evil.example (fake PO, Li Wei, 2026-03-01)`."""
    known: str = ""
    """The matching entry of the known list that has not expired."""
    known_domains: tuple[str, ...] = ()
    """All domains on the known list, for the search for imitations of them."""
    known_people: tuple[tuple[str, str], ...] = ()
    """All addresses on the known list with the person's name, "" where the list has none."""
    accounts: Mapping[str, tuple[Account, ...]] = field(default_factory=dict[str, tuple[Account, ...]])
    """Bank accounts on file by the counterpart's domain or address."""
    forwarders: tuple[str, ...] = ()
    """Wordings by which the company knows addresses of forwarders' warehouses, lower case."""
