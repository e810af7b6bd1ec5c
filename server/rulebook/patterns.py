"""The pattern language of the phrases: what is allowed, and how a pattern becomes RE2 source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

MAX_LENGTH = 400
MAX_REPEAT = 200
_CLASS = r"\[\^?\]?(?:\\.|[^\]\\]){0,200}\]"
_TOKEN = re.compile(
    r"[^\\\[\]{}()|.*+?^$]+|\\[pPx]\{[^}]{0,40}\}|\\.|" + _CLASS + r"|\{[0-9]{0,4}(?:,[0-9]{0,4})?\}|.", re.DOTALL
)
_SPACED = re.compile(r"\\.|" + _CLASS + "| ", re.DOTALL)
_REPEAT = re.compile(r"\{([0-9]*)(?:(,)([0-9]*))?\}\Z")
_CLASSES = frozenset((r"\d", r"\w", r"\s", r"\D", r"\W", r"\S"))
_REFUSED = frozenset((r"\A", r"\z", r"\Z", r"\C", r"\Q", r"\E", r"\B"))
_LATIN = frozenset(("en", "es", "pt", "fr", "tr", "de"))
_NAME = re.compile(r"<([a-z][a-z_]{0,30})>")
_EDGE_FIRST = re.compile(r"[a-z0-9(]")
_EDGE_LAST = re.compile(r"(?:[a-z0-9]|(?<!\\)[)?])\Z")


def tokens(pattern: str) -> Iterator[str]:
    """The pattern's pieces: plain words, an escape, a character class, a counted repeat, or one sign."""
    for match in _TOKEN.finditer(pattern):
        yield match.group()


def spelled_out(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern with each `<name>` replaced by the word list of that name; unknown names stay."""
    return _NAME.sub(lambda match: words.get(match.group(1), match.group()), pattern)


def unknown_words(pattern: str, words: Mapping[str, str]) -> list[str]:
    """One message for each `<name>` that no word list bears."""
    return [f"no word list <{name}> in this file" for name in _NAME.findall(pattern) if name not in words]


def mistakes(pattern: str) -> list[str]:
    """What the pattern language does not allow in this pattern; empty if all is well. RE2 judges the rest."""
    found: list[str] = []
    if not pattern.strip():
        return ["is empty"]
    if len(pattern) > MAX_LENGTH:
        found.append(f"is longer than {MAX_LENGTH} characters")
    if pattern != pattern.strip(" "):
        found.append("starts or ends with a space")
    if "\n" in pattern or "\t" in pattern:
        found.append("holds a line end or a tab; write a space")
    before = ""
    for token in tokens(pattern):
        if len(token) > 1 or token in "*+" or token != token.lower():
            found += _token_mistakes(token, before)
        before = token
    if "(?" in pattern:
        rest = pattern.replace(r"\(?", "")
        if re.search(r"\(\?(?!:)", rest):
            found.append("only (?:…) groups are allowed: no flags, names or look-around")
    return found


def _token_mistakes(token: str, before: str) -> list[str]:
    if token in _CLASSES:
        return [f"{token} means different things in different engines; write [0-9], [a-z0-9] or a space"]
    if token in _REFUSED:
        return [f"{token} is not allowed"]
    if token.startswith("\\"):
        return []
    if token != token.lower():
        return [f"{token!r} holds a capital: text is lower-cased before it is matched"]
    wide = before == "." or before.startswith("[^")
    if token in ("*", "+") and wide:
        return [f"{before}{token} has no limit; write {before}{{0,40}}"]
    repeat = _REPEAT.match(token)
    if repeat is None:
        return []
    low, comma, high = repeat.groups()
    if not low:
        return [f"{token} is plain text to RE2; write {{0,{high}}}"]
    if comma and not high:
        return [f"{token} has no upper limit"] if wide else []
    if int(high or low or "0") > MAX_REPEAT:
        return [f"{token} repeats more than {MAX_REPEAT} times"]
    return []


def re2_source(pattern: str, language: str) -> str:
    """The RE2 source of a pattern: a literal space also meets a line end; words get word edges.

    Languages in Latin letters get an edge in front (French "ail" is not in "mail"), English also one behind: the others
    inflect, so that their patterns often are stems. An alternation at the top level is bracketed first, so that the
    edges hold for each of its branches.
    """
    source = _SPACED.sub(_spaced, pattern) if " " in pattern else pattern
    if language not in _LATIN:
        return source
    first = r"\b" if _EDGE_FIRST.match(pattern) else ""
    last = r"\b" if language == "en" and _EDGE_LAST.search(pattern) else ""
    if (first or last) and _splits_at_top(pattern):
        source = f"(?:{source})"
    return first + source + last


def _spaced(match: re.Match[str]) -> str:
    token = match.group()
    if token == " ":
        return "[ \\n]"
    return token.replace(" ", " \\n") if token.startswith("[") else token


def _splits_at_top(pattern: str) -> bool:
    if "|" not in pattern:
        return False
    depth = 0
    for token in tokens(pattern):
        if token == "(":
            depth += 1
        elif token == ")":
            depth -= 1
        elif token == "|" and depth == 0:
            return True
    return False
