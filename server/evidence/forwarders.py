"""Whether the address that a buyer gives as his own is a forwarder's warehouse. Who says so plainly hides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from server.evidence.forwarder_words import ForwarderWords
from server.evidence.mail import Mail
from server.evidence.plain import Span
from server.model import Evidence

FACT = "identity.forwarder_address"
_MOST_PLACES = 20
_BLOCK = 240
_BLOCK_LINES = 5
_BEFORE = 120
_SHOWN = 120
_MOST_ROWS = 24


def forwarder_facts(mail: Mail, evidence: Evidence, known: tuple[str, ...] = ()) -> None:
    """The fact `identity.forwarder_address`, after the facts `identity.*`. `known`: the company's own wordings."""
    if mail.message.text is None:
        return
    words = mail.lexicon.server.forwarders
    listed = (*words.listed, *known)
    place = None if mail.is_own(mail.address) or _is_their_trade(mail, evidence, words) else _first(mail, words, listed)
    quotes = (mail.quote(*place),) if place else ()
    shown = " ".join(mail.text[place[0] : place[1]].split())[:_SHOWN] if place else ""
    evidence.put(FACT, shown, *quotes)


def _is_their_trade(mail: Mail, evidence: Evidence, words: ForwarderWords) -> bool:
    """The writer is a forwarder himself: the address is rightly his."""
    shown = mail.message.sender.name if mail.message.sender else ""
    names = (shown[:_SHOWN], mail.org, str(evidence.get("identity.company") or ""))
    return any(words.trade.search(name) is not None for name in names if name)


def _first(mail: Mail, words: ForwarderWords, listed: tuple[str, ...]) -> Span | None:
    for start, end in mail.read:
        piece = mail.text[start:end]
        low = piece.lower()
        if words.hints.search(piece) is None and not any(name in low for name in listed):
            continue
        for first, last, is_own in _blocks(piece, words):
            block = piece[first:last]
            if words.open.search(piece[max(0, first - _BEFORE) : last]) is not None:
                continue
            found = _known(block, listed) or words.codes.search(block)
            if found is None and is_own and _is_address(block):
                found = _named(block, words)
            if found is not None:
                low_end, high_end = _line(piece, first + found[0])
                return start + max(low_end, first), start + min(high_end, last)
    return _signed(mail, words, listed)


def _signed(mail: Mail, words: ForwarderWords, listed: tuple[str, ...]) -> Span | None:
    """The line of the signature that holds a reshipper's code or a known address: it is given as the seat."""
    rows = mail.rows([mail.parts.closing])[:_MOST_ROWS]
    lines = [mail.text[start : min(end, start + _BLOCK)] for start, end in rows]
    if any(words.open.search(line) is not None for line in lines):
        return None
    found = (row for row, line in zip(rows, lines, strict=True) if _known(line, listed) or words.codes.search(line))
    return next(found, None)


def _blocks(piece: str, words: ForwarderWords) -> Iterator[tuple[int, int, bool]]:
    """The places behind a label that hold an address, to the blank line; whether the writer calls it his own."""
    for pattern, is_own in ((words.own, True), (words.deliver, False)):
        for _, after in pattern.places(piece, _MOST_PLACES):
            if is_own and words.begins.search(piece[after : after + 60]) is None:
                continue
            stop = min(len(piece), after + _BLOCK)
            rows = 0
            for at in range(after, stop):
                if piece[at] == "\n":
                    rows += 1
                    if rows > _BLOCK_LINES or (rows > 1 and not piece[at + 1 : at + 2].strip()):
                        stop = at
                        break
            yield after, stop, is_own


def _named(block: str, words: ForwarderWords) -> Span | None:
    """A forwarder's name in an address, written like a name: `cargo, freight` in small letters is what is shipped."""
    return next((row for row in words.names.places(block, _MOST_PLACES) if not block[row[0]].islower()), None)


def _known(block: str, listed: tuple[str, ...]) -> Span | None:
    """The first wording of the lists in a block; blanks of the block count as one."""
    low = block.lower()
    for name in listed:
        at = low.find(name)
        if at >= 0:
            return at, at + len(name)
    return None


def _is_address(block: str) -> bool:
    """A postal address has a number in it."""
    return any(char.isdigit() for char in block)


def _line(piece: str, at: int) -> Span:
    end = piece.find("\n", at)
    return piece.rfind("\n", 0, at) + 1, len(piece) if end < 0 else end
