"""Text and links of an HTML mail, as a reader sees them (much like innerText): hidden text is dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from server.message.hidden import is_hidden, zero_font
from server.message.html_guard import BLOCKS, MAX_SIZE, SKIPPED, is_harmless, strip_tags
from server.model import Link

MAX_TEXT = 1 << 20
MAX_LINKS = 2000
_MAX_INPUT = 4 * MAX_SIZE
_MAX_LABEL = 500
_BLANKS = re.compile("[ \t\n\r\f]+")
_HREF = re.compile(r"""<a(?:rea)?\s[^<>]{0,2000}?href\s{0,9}=\s{0,9}["']?([^"'\s<>]{1,2000})""", re.IGNORECASE)
_CELLS = frozenset(["td", "th"])


@dataclass(frozen=True, slots=True)
class HtmlText:
    """`text` is at most 1 MiB of characters. `truncated`: something of the body was not read as a parser would."""

    text: str
    links: list[Link]
    truncated: bool


@dataclass(slots=True)
class _Reading:
    """What has been read so far. `pending` is white space that only counts before more text."""

    pieces: list[str] = field(default_factory=list[str])
    links: list[Link] = field(default_factory=list[Link])
    labels: list[tuple[LexborNode, int, int]] = field(default_factory=list["tuple[LexborNode, int, int]"])
    """Open <a> elements: the node, its place in `links`, the first piece of its words."""
    breaks: int = 0
    blank: str = ""
    size: int = 0
    truncated: bool = False

    def write(self, text: str, *, kept: bool = False) -> None:
        """Adds text; runs of white space become one blank unless `kept` (in <pre>)."""
        plain = text if kept else _BLANKS.sub(" ", text)
        if not kept:
            if plain[:1] == " ":
                self.blank = self.blank or " "
            plain_stripped = plain.strip(" ")
            if not plain_stripped:
                return
            trailing = plain[-1:] == " "
            plain = plain_stripped
        else:
            trailing = False
        if self.size + len(plain) > MAX_TEXT:
            self.truncated = True
            return
        lead = "\n" * self.breaks if self.breaks else self.blank
        if self.pieces:
            self.pieces.append(lead)
            self.size += len(lead)
        self.pieces.append(plain)
        self.size += len(plain)
        self.breaks, self.blank = 0, " " if trailing else ""

    def line_break(self, count: int = 1, *, hard: bool = False) -> None:
        """At least `count` line ends before the next text; `hard` (<br>) adds one more, three at most."""
        self.breaks = min(self.breaks + 1, 3) if hard else max(self.breaks, count)
        self.blank = ""


def html_to_text(html: str) -> HtmlText:
    """The text and links of an HTML body. Never raises; what is too large or too deep is read by a plain scan."""
    source = html[:_MAX_INPUT].replace("\x00", "")
    cut = len(html) > _MAX_INPUT
    if not is_harmless(source):
        return _degraded(source)
    try:
        root = LexborHTMLParser(source).root
    except (SelectolaxError, ValueError):
        return _degraded(source)
    reading = _Reading()
    if root is not None:
        _walk(root, reading)
    return HtmlText("".join(reading.pieces), reading.links[:MAX_LINKS], cut or reading.truncated)


def _degraded(source: str) -> HtmlText:
    text = strip_tags(source)
    links = [Link("", found) for found, _ in zip(_HREF.findall(source), range(MAX_LINKS), strict=False)]
    return HtmlText(text[:MAX_TEXT], links, True)


def _walk(root: LexborNode, reading: _Reading) -> None:
    """Depth first without recursion: the tree may be 500 deep."""
    stack: list[tuple[LexborNode, bool, bool, bool]] = [(root, False, False, False)]
    while stack:
        node, leaving, small, pre = stack.pop()
        if leaving:
            _leave(node, reading)
            continue
        tag = (node.tag or "").lower()
        if tag == "-text":
            if not small:
                reading.write(node.text_content or "", kept=pre)
            continue
        if tag.startswith(("-", "!", "_")) and tag != "-document":
            continue
        attributes = node.attributes
        if tag in SKIPPED or is_hidden(tag, attributes):
            continue
        small = zero_font(attributes, small)
        pre = pre or tag in ("pre", "textarea")
        _enter(node, tag, attributes, reading)
        stack.append((node, True, small, pre))
        child = node.last_child
        while child is not None:
            stack.append((child, False, small, pre))
            child = child.prev


def _enter(node: LexborNode, tag: str, attributes: dict[str, str | None], reading: _Reading) -> None:
    if tag == "br":
        reading.line_break(hard=True)
    elif tag in BLOCKS:
        reading.line_break(2 if tag == "p" else 1)
    elif tag in _CELLS and reading.breaks == 0 and reading.pieces:
        reading.blank = "\t"
    for name in ("href",) if tag in ("a", "area") else ("action",) if tag == "form" else ("formaction",):
        target = (attributes.get(name) or "").strip()
        if target:
            _link(node, tag, target, reading)


def _link(node: LexborNode, tag: str, target: str, reading: _Reading) -> None:
    if len(reading.links) >= MAX_LINKS:
        reading.truncated = True
        return
    reading.links.append(Link("", target[:4096]))
    if tag == "a":
        reading.labels.append((node, len(reading.links) - 1, len(reading.pieces)))


def _leave(node: LexborNode, reading: _Reading) -> None:
    tag = (node.tag or "").lower()
    if tag in BLOCKS:
        reading.line_break(2 if tag == "p" else 1)
    if reading.labels and reading.labels[-1][0] == node:
        _, place, start = reading.labels.pop()
        shown = _BLANKS.sub(" ", "".join(reading.pieces[start:])[:_MAX_LABEL]).strip()
        reading.links[place] = Link(shown, reading.links[place].href)
