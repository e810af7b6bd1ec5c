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
_COMMENT = "!--"
_ANY_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})[^>]*>?|<[!?/][^>]*>?")
_NAMES = sorted(SKIPPED - {"head"})
_LEFT_OUT = re.compile(rf"<({_COMMENT}|(?:{'|'.join(_NAMES)})(?![a-z0-9]))", re.IGNORECASE)
_ENDS = {
    _COMMENT: re.compile("-->"),
    **{name: re.compile(rf"</{name}(?![a-z0-9])[^>]*>?", re.IGNORECASE) for name in _NAMES},
}


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
    """The text of HTML without a parser: linear on any input. Hidden text is not told apart."""
    pieces = _ANY_TAG.split("".join(_left_in(source)))
    marks: dict[str | None, str] = {name: _mark(name) for name in set(pieces[1::2])}
    pieces[1::2] = map(marks.__getitem__, pieces[1::2])
    return html.unescape("".join(pieces))


def _mark(name: str | None) -> str:
    """What stands in place of a tag; None: of a declaration, or of the rest of a comment."""
    name = (name or "").lower()
    return "\n" if name in BLOCKS or name == "br" else " " if name in ("td", "th") else ""


def _left_in(source: str) -> Iterator[str]:
    """The source without comments, scripts, styles and the like. What is never closed stays.

    An end that is missing is looked for once: looking again at each start would take quadratic time.
    """
    at = kept = 0
    never_closed: set[str] = set()
    while start := _LEFT_OUT.search(source, at):
        name = start.group(1).lower()
        at = start.end()
        end = None if name in never_closed else _ENDS[name].search(source, at - 2 if name == _COMMENT else at)
        if end is None:
            never_closed.add(name)
            continue
        yield source[kept : start.start()]
        kept = at = end.end()
    yield source[kept:]
