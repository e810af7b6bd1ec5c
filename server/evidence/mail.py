"""The mail under vetting as the extractors read it: parts split once, own names and sender's host at hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from server.evidence.lexicon import Lexicon
from server.evidence.names import clean_host, in_list, is_free, org_domain
from server.evidence.parts import Parts, split_with
from server.evidence.plain import WHITE, Span, head_and_tail, lines, trim
from server.evidence.uncovered import Uncovered, uncovered
from server.model import Address, Message, Quote, Why
from server.rulebook.cut import fit

_MAX_PREFIXES = 4
_MAX_QUOTE = 200


@dataclass(frozen=True)
class Mail:
    """A message with what several extractors need. All ranges are of `text`, unless they are called original."""

    message: Message
    lexicon: Lexicon
    uncovered: Uncovered
    parts: Parts
    newest: list[Span]
    """The newest part, signature excluded, cut to what text rules read: where phrases are looked for."""
    read: list[Span]
    """The newest part with its signature, cut the same way: where identity is read."""
    own_domains: frozenset[str]
    own_addresses: frozenset[str]
    address: str
    """The sender's address, "" if unknown or no address."""
    host: str
    org: str

    @property
    def text(self) -> str:
        """The body as its reader sees it; "" where the message has none."""
        return self.uncovered.text

    def original(self, spans: list[Span]) -> list[Span]:
        """The same ranges in the message's own text."""
        return [self.uncovered.original(start, end) for start, end in spans]

    def why(self, field: str) -> Why:
        """Why a field of the message is not there."""
        return "not_read" if field in self.message.missing else "not_given"

    def is_own(self, address: str) -> bool:
        """Whether an address is one of ours: own address, or under an own domain."""
        host = host_of(address)
        return address in self.own_addresses or (host != "" and in_list(host, self.own_domains))

    def is_own_host(self, host: str) -> bool:
        """Whether a host lies under an own domain."""
        return host != "" and in_list(host, self.own_domains)

    def quote(self, start: int, end: int) -> Quote:
        """A place of the body as a quote in its original wording, cut between words to 200 code points."""
        first, last = self.uncovered.original(start, end)
        text = self.message.text or ""
        if last - first > _MAX_QUOTE:
            last = first + fit(text[first : first + _MAX_QUOTE + 1], _MAX_QUOTE)
        return Quote("body", text[first:last], first, last)

    def rows(self, spans: list[Span]) -> list[Span]:
        """The lines of some ranges that hold anything."""
        found = (row for start, end in spans for row in lines(self.text, start, end) if row[1] > row[0])
        return [row for row in found if trim(self.text[row[0] : row[1]])]

    @cached_property
    def read_rows(self) -> list[Span]:
        """The lines of the newest part with its signature that hold anything."""
        return self.rows(self.read)


def read_mail(message: Message, lexicon: Lexicon, own: tuple[str, ...] = ()) -> Mail:
    """The mail ready for the extractors. `own`: our domains, and our addresses on freemail."""
    seen = uncovered(message.text or "")
    given = [entry.strip(WHITE).lower().lstrip("@") for entry in (*own, *message.own_domains)]
    # A public provider's domain is nobody's own: it would make every gmail sender a colleague.
    domains = {clean_host(entry) for entry in given if "@" not in entry}
    domains = {host for host in domains if "." in host and not is_free(host, lexicon)}
    parts = split_with(seen.text, lexicon, forwarded=is_forward(message.subject or "", lexicon))
    whole = sorted([*parts.newest, *parts.signature])
    address = message.sender.address.strip(WHITE).lower() if message.sender else ""
    host = host_of(address)
    return Mail(
        message=message,
        lexicon=lexicon,
        uncovered=seen,
        parts=parts,
        newest=head_and_tail(parts.newest),
        read=head_and_tail(whole),
        own_domains=frozenset(domains),
        own_addresses=frozenset(entry for entry in given if "@" in entry),
        address=address if host else "",
        host=host,
        org=org_domain(host, lexicon),
    )


def host_of(address: str) -> str:
    """The host of an address, "" if it is none."""
    local, at, host = address.rpartition("@")
    return clean_host(host) if local and at else ""


def addresses(given: tuple[Address, ...] | None) -> list[str]:
    """The plain addresses of a field, lower case, those without @ left out."""
    return [entry.address.strip(WHITE).lower() for entry in given or () if host_of(entry.address.strip(WHITE).lower())]


def prefixes(subject: str) -> list[str]:
    """The words before the first colons of a subject: `Re[2]: Fwd: offer` gives re, fwd."""
    found: list[str] = []
    rest = subject[:200]
    while len(found) < _MAX_PREFIXES:
        head, colon, tail = rest.replace("：", ":").partition(":")
        word = trim(head).lower().split("[", 1)[0].split("(", 1)[0].strip(WHITE)
        if not colon or len(word) > 24:
            break
        found.append(word)
        rest = tail
    return found


def is_reply(subject: str, lexicon: Lexicon) -> bool:
    """The subject starts like a reply or a forwarded mail."""
    first = prefixes(subject)[:1]
    return bool(first) and (first[0] in lexicon.reply or first[0] in lexicon.forward)


def is_forward(subject: str, lexicon: Lexicon) -> bool:
    """The subject starts like a forwarded mail, also behind a Re:."""
    marks = prefixes(subject)
    return is_reply(subject, lexicon) and any(mark in lexicon.forward for mark in marks)
