"""Verdicts for the other processes, in Redis: sealed, since they quote the mail.

Whoever asks for a verdict has its key, and whoever has the mail can work it out; Redis gets neither, only a hash of the
key as the name and a value sealed with another. A value that does not open (another program's, a damaged one, one of
another version) is dropped and counts as none. The mail itself never goes there.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
import zlib
from dataclasses import replace
from typing import Any

import orjson

from server.lookups.shared import LARGEST, Shared, short
from server.web.cache import Kept

UNFINISHED_S = 20.0
"""How long a verdict without all look-ups is shown by other processes; by then the one at work has put a better."""
KEY_SECRET = b"backtone: keys of verdicts that processes share"
"""Not secret: the same for all of them. What makes a key unguessable is the mail in it."""
_NONCE, _TAG = 16, 32
_PLAIN = 4 * 1024 * 1024


class SharedVerdicts:
    """Sealed verdicts by key. Fails open: without Redis there are none."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    def get(self, key: str, stamp: str) -> Kept | None:
        """The verdict that another process made with these rules and lists."""
        name = _name(key)
        (sealed,) = self._shared.get([name])
        if sealed is None:
            return None
        kept = unseal(key, sealed)
        if kept is None:
            self._shared.drop(name)
            return None
        return kept if kept.stamp == stamp and time.monotonic() < kept.made + kept.ttl_s else None

    def put(self, kept: Kept) -> None:
        """Share a verdict, behind the caller's back; one without all look-ups for a short time."""
        row = kept if kept.complete else replace(kept, ttl_s=UNFINISHED_S)
        if len(row.body) < _PLAIN:
            self._shared.put_soon(_name(row.key), lambda: seal(row), row.ttl_s)


def _name(key: str) -> str:
    return "verdict:" + short("name of a verdict", key)


def seal(kept: Kept) -> bytes:
    """A verdict that only its key opens: deflated, under a key stream of SHAKE-256, with a keyed hash before it."""
    made = time.time() - (time.monotonic() - kept.made)
    head = orjson.dumps([kept.stamp, made, kept.level, kept.rules, kept.ttl_s, kept.complete])
    plain = zlib.compress(head + b"\n" + kept.body, 1)
    nonce = secrets.token_bytes(_NONCE)
    hidden = nonce + _mixed(plain, kept.key, nonce)
    return _tag(kept.key, hidden) + hidden


def unseal(key: str, sealed: bytes) -> Kept | None:
    """The verdict of `seal`; None if these bytes are none, or another's."""
    tag, hidden = sealed[:_TAG], sealed[_TAG:]
    if len(hidden) <= _NONCE or len(sealed) > LARGEST or not hmac.compare_digest(tag, _tag(key, hidden)):
        return None
    try:
        inflate = zlib.decompressobj()
        plain = inflate.decompress(_mixed(hidden[_NONCE:], key, hidden[:_NONCE]), _PLAIN + 4096)
        head, _, body = plain.partition(b"\n")
        row: Any = orjson.loads(head)
        stamp, made, level, rules, ttl_s, complete = row
        age = max(0.0, time.time() - made)
        return Kept(key, body, stamp, time.monotonic() - age, level, tuple(rules), ttl_s, complete)
    except (zlib.error, ValueError, TypeError):  # sealed by another version of this program
        return None


def _tag(key: str, hidden: bytes) -> bytes:
    secret = hashlib.blake2b(b"tag " + key.encode(), digest_size=32).digest()
    return hashlib.blake2b(hidden, digest_size=_TAG, key=secret).digest()


def _mixed(data: bytes, key: str, nonce: bytes) -> bytes:
    stream = hashlib.shake_256(b"stream " + key.encode() + nonce).digest(len(data))
    return (int.from_bytes(data) ^ int.from_bytes(stream)).to_bytes(len(data))
