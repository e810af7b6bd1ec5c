"""Answers of look-ups in Redis: one process asks, all know. Names are hashed; values hold what DNS or a registry said.

An answer that cannot be read back exactly (another program's, a damaged one, one of another version) is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import orjson

from server.lookups import answer as shapes
from server.lookups.answer import Answer, Found, NotFound, Unknown
from server.lookups.ports import Clock
from server.lookups.report import Kind
from server.lookups.shared import Shared, short
from server.model import Why

VERSION = 1
UNKNOWN_S = 10.0
"""A failure of this machine's network is no news for the others: they are told only for as long as they wait for it."""
POLL_S = 0.02
VALUES: dict[str, Any] = {
    name: cls for name, cls in vars(shapes).items() if is_dataclass(cls) and cls not in (Found, NotFound, Unknown)
}


class SharedAnswers:
    """Answers by kind and name, and one look-up at a time among all processes. Fails open."""

    def __init__(self, shared: Shared, salt: str, clock: Clock) -> None:
        """`salt` names the settings of the look-ups: answers got under others are not used."""
        self._shared = shared
        self._salt = salt
        self._clock = clock

    def get(self, wanted: Iterable[tuple[Kind, str]]) -> dict[Kind, tuple[Answer[Any], float]]:
        """The answers that others have got, with their age in seconds. One round trip for all."""
        rows = list(wanted)
        keys = [self._key(kind, name) for kind, name in rows]
        found: dict[Kind, tuple[Answer[Any], float]] = {}
        for (kind, _), key, value in zip(rows, keys, self._shared.get(keys), strict=True):
            if value is not None:
                answer = read(key, value)
                if answer is None:
                    self._shared.drop(key)
                elif (age := max(0.0, (self._clock.now() - answer.at).total_seconds())) < answer.ttl_s:
                    found[kind] = answer, age
        return found

    def look_up(self, kind: Kind, name: str, ask: Callable[[], Answer[Any]], until: float) -> Answer[Any]:
        """What another process has found or is finding out, else what `ask` finds. `until`: `Clock.monotonic`."""
        known = self.get([(kind, name)])
        if known:
            return known[kind][0]
        key = self._key(kind, name)
        left = until - self._clock.monotonic()
        token = self._shared.claim(key, left + 1) if left > 0 else None
        if token == "":
            # Another asks. If it dies, half of the time is left to ask ourselves.
            known = self._awaited(kind, name, key, until - left / 2)
            if known:
                return known
            token = self._shared.claim(key, left / 2 + 1)
        try:
            # Between the first look and the lock another may have had it.
            known = self.get([(kind, name)]) if token else {}
            if known:
                return known[kind][0]
            answer = ask()
            if token:
                self._put(key, answer)
            return answer
        finally:
            if token:
                self._shared.release(key, token)

    def _awaited(self, kind: Kind, name: str, key: str, until: float) -> Answer[Any] | None:
        while self._clock.monotonic() < until:
            time.sleep(POLL_S)
            known = self.get([(kind, name)])
            if known:
                return known[kind][0]
            if not self._shared.locked(key):
                break
        return None

    def _put(self, key: str, answer: Answer[Any]) -> None:
        value = written(key, answer)
        if value is not None:
            ttl_s = min(answer.ttl_s, UNKNOWN_S) if isinstance(answer, Unknown) else answer.ttl_s
            self._shared.put(key, value, ttl_s)

    def _key(self, kind: Kind, name: str) -> str:
        return "answer:" + short(self._salt, kind, name)


def written(key: str, answer: Answer[Any]) -> bytes | None:
    """An answer as bytes that name the key they are for; None for a value of a kind that `read` does not know."""
    row: dict[str, Any] = {"v": VERSION, "key": key, "source": answer.source, "at": answer.at, "ttl_s": answer.ttl_s}
    match answer:
        case Found():
            value: Any = answer.value
            kind = type(value).__name__
            if kind not in VALUES and not isinstance(value, str | tuple):
                return None
            row |= {"found": kind, "value": value}
        case NotFound():
            row |= {"nxdomain": answer.nxdomain}
        case Unknown():
            row |= {"why": answer.why, "note": answer.note}
    return orjson.dumps(row)


def read(key: str, data: bytes) -> Answer[Any] | None:
    """The answer of `written`; None if these bytes are none."""
    try:
        row = orjson.loads(data)
        if not isinstance(row, dict):
            return None
        given = cast("dict[str, Any]", row)
        if given["v"] != VERSION or given["key"] != key:
            return None
        common = str(given["source"]), datetime.fromisoformat(given["at"]), _fit(float, given["ttl_s"])
        if common[1].tzinfo is None:
            return None
        if "found" in given:
            kind = VALUES.get(given["found"], {"str": str, "tuple": tuple[str, ...]}.get(given["found"]))
            return Found(_fit(kind, given["value"]), *common)
        if "why" in given:
            return Unknown(_fit(Why, given["why"]), *common, note=_fit(str, given["note"]))
        return NotFound(*common, nxdomain=_fit(bool, given["nxdomain"]))
    except (ValueError, KeyError, TypeError):
        return None


def _fit(kind: Any, value: Any) -> Any:
    """A value of JSON as this type. Raises ValueError where it is of another."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if value is None and NoneType in inner:
            return None
        return _fit(next(one for one in inner if one is not NoneType), value)
    if origin is Literal:
        if value not in inner:
            raise ValueError("none of the words allowed")
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("no list")
        return tuple(_fit(inner[0], one) for one in cast("list[Any]", value))
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if is_dataclass(kind) and isinstance(value, dict):
        hints = get_type_hints(kind)
        given = cast("dict[str, Any]", value)
        if given.keys() != {one.name for one in fields(kind)}:
            raise ValueError("other fields")
        return cast(Any, kind)(**{name: _fit(hints[name], one) for name, one in given.items()})
    if type(value) is not kind:
        raise ValueError("of another type")
    return value
