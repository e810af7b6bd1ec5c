"""Whether an HTML body may be handed to the parser, and a plain reading for those that may not.

The parser (lexbor) takes quadratic time on deep nesting, thousands of attributes or options: measured 191 s for 1 MB of
<div>, 15 s for 100,000 attributes and for 100,000 options. One linear scan of the tags tells such input apart.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

MAX_SIZE = 1 << 20
MAX_DEPTH = 500
_MAX_ATTRIBUTES = 200
_MAX_OPTIONS = 2000
_MAX_ROOTS = 50
_MAX_REOPENED = 2_000_000
_MAX_TAGS = 20_000
"""A long newsletter has 3,000. Walking more than this takes longer than a rep waits."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_UNCLOSED = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "html", "body"])
"""Elements that HTML closes by itself: without an end tag they do not nest."""
BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol",
     "option", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"]
)  # fmt: skip
SKIPPED = frozenset(["head", "iframe", "noembed", "noframes", "object", "script", "style", "template", "title"])


def is_harmless(source: str) -> bool:
    """Whether the parser reads this in linear time."""
    if len(source) > MAX_SIZE:
        return False
    depth = formatting = options = roots = tags = deepest_formatting = 0
    place = 0
    for match in _TAG.finditer(source):
        name = match.group(2).lower()
        tags += 1
        if source.count("=", place, match.start()) > _MAX_ATTRIBUTES or _blanks(source, place, match.start()):
            return False
        place = match.end()
        step = -1 if match.group(1) else 1
        options += name in ("option", "optgroup")
        roots += name in ("html", "body")
        if name in _FORMATTING:
            formatting = max(formatting + step, 0)
            deepest_formatting = max(deepest_formatting, formatting)
        if name not in _VOID and name not in _UNCLOSED:
            depth = max(depth + step, 0)
        if tags > _MAX_TAGS or depth > MAX_DEPTH or options > _MAX_OPTIONS or roots > _MAX_ROOTS:
            return False
    last = source.count("=", place) <= _MAX_ATTRIBUTES * 50 and not _blanks(source, place, len(source))
    return last and deepest_formatting * tags <= _MAX_REOPENED


def _blanks(source: str, start: int, end: int) -> bool:
    """Whether a tag that starts here could hold more attributes than any real one, counted by blanks and slashes."""
    stop = source.find(">", start, end)
    stop = end if stop < 0 else stop
    return sum(source.count(mark, start, stop) for mark in " \t\n\r\f/") > 2000


def strip_tags(source: str) -> str:
    """The text of HTML without a parser: one pass, linear on any input. Hidden text is not told apart."""
    pieces: list[str] = []
    for is_text, piece in _pieces(source):
        if is_text:
            pieces.append(piece)
        else:
            name = piece.strip("/").lower()
            pieces.append("\n" if name in BLOCKS or name == "br" else " " if name in ("td", "th") else "")
    return html.unescape("".join(pieces))


def _pieces(source: str) -> Iterator[tuple[bool, str]]:
    """Runs of text, and the names of the tags between them; comments, scripts and styles left out."""
    at = 0
    ends: dict[str, int] = {}
    while at < len(source):
        start = source.find("<", at)
        if start < 0:
            break
        if start > at:
            yield True, source[at:start]
        match = _TAG.match(source, start)
        if match is None and not source.startswith(("<!", "<?", "</"), start):
            yield True, "<"
            at = start + 1
            continue
        stop, mark = (source.find("-->", start + 4), 3) if source.startswith("<!--", start) else (-1, 1)
        stop = source.find(">", start) if stop < 0 else stop
        at = len(source) if stop < 0 else stop + mark
        name = match.group(2).lower() if match else ""
        if name in SKIPPED and name != "head" and match is not None and not match.group(1):
            # Looked for once: a missing end tag would else be searched for again at each start tag.
            if ends.get(name, 0) >= 0:
                ends[name] = source.find(f"</{name}", at)
            at = at if ends[name] < 0 else ends[name]
        yield False, name
    if at < len(source):
        yield True, source[at:]
