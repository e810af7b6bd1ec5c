"""Verdicts as bytes, and mails whose look-ups still run. Both live in bounded memory and never on disk."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from threading import Lock
from typing import Any

import orjson
from cachetools import LRUCache, TLRUCache

from server.model import Message, Verdict

VERDICT_BYTES = 16 * 1024 * 1024
PENDING_CHARS = 8 * 1024 * 1024
BODIES = 20_000
TTL_S = 600.0
UNSURE_TTL_S = 45.0
"""Where a domain fact is unknown, the look-up may succeed soon: its own cache keeps a failure about as long."""
PENDING_TTL_S = 120.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A serialised verdict without its closing brace. `stamp` names the rules and lists that it was made with."""

    key: str
    body: bytes
    stamp: str
    made: float
    level: str
    rules: tuple[str, ...]
    ttl_s: float
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Pending:
    """A mail to vet again, for GET /v1/vet/{key}."""

    message: Message
    lang: str
    until: float
    full: bool = False


class VerdictCache:
    """What POST /v1/vet remembers. Keys say nothing of the mail to those who do not have it."""

    def __init__(self, secret: bytes | None = None) -> None:
        """`secret`: one for all processes that share their verdicts; by default each process has its own."""
        self._secret = secret or secrets.token_bytes(32)
        self._lock = Lock()
        self._kept: TLRUCache[str, Kept] = TLRUCache(
            VERDICT_BYTES, ttu=_expiry, timer=time.monotonic, getsizeof=lambda kept: len(kept.body)
        )
        self._bodies: LRUCache[bytes, str] = LRUCache(BODIES)
        """Keys of verdicts by the hash of the very bytes that were sent: a mail seen before is not even parsed."""
        self._pending: LRUCache[str, Pending] = LRUCache(PENDING_CHARS, getsizeof=lambda row: _chars(row.message))
        self._uses = {"hits": 0, "misses": 0}

    def key(self, message: Message, lang: str, stamp: str, own_domains: tuple[str, ...], *, full: bool = False) -> str:
        """The verdict's key: the mail, the language, the rules and lists, who we are, and how much is wanted."""
        data = orjson.dumps([message, lang, stamp, sorted(own_domains), full], option=orjson.OPT_SORT_KEYS)
        return hashlib.blake2b(data, digest_size=20, key=self._secret).hexdigest()

    def body_key(self, head: str, body: bytes) -> bytes:
        """The key of a request as it was sent. `head`: what of its head lines the verdict depends on."""
        digest = hashlib.blake2b(f"{len(head)}\n{head}".encode(), digest_size=20, key=self._secret)
        digest.update(body)
        return digest.digest()

    def get(self, key: str, stamp: str) -> Kept | None:
        """The verdict made with these rules and lists, if it is still there."""
        with self._lock:
            kept = self._kept.get(key)
            found = kept is not None and kept.stamp == stamp
            self._uses["hits" if found else "misses"] += 1
        return kept if found else None

    def sent_before(self, body_key: bytes, stamp: str) -> Kept | None:
        """The verdict of a request that was sent before byte for byte. Only a hit is counted."""
        with self._lock:
            key = self._bodies.get(body_key)
            kept = self._kept.get(key) if key is not None else None
            if kept is None or kept.stamp != stamp:
                return None
            self._uses["hits"] += 1
        return kept

    def note_body(self, body_key: bytes, key: str) -> None:
        """Remember under which key the verdict of this request is kept."""
        with self._lock:
            self._bodies[body_key] = key

    def put(self, key: str, stamp: str, body: dict[str, Any], verdict: Verdict) -> Kept:
        """Serialise a verdict; keep it if it is complete."""
        public = verdict.facts.get("sender", {}).get("free_provider") is True
        unsure = not public and any(row.fact.startswith("domain.") for row in verdict.not_checked)
        kept = Kept(
            key=key,
            body=orjson.dumps(body)[:-1],
            stamp=stamp,
            made=time.monotonic(),
            level=verdict.risk.level,
            rules=tuple(reason.id for reason in verdict.reasons),
            ttl_s=UNSURE_TTL_S if unsure else TTL_S,
            complete=verdict.complete,
        )
        if verdict.complete:
            self.keep(kept)
        return kept

    def keep(self, kept: Kept) -> None:
        """Keep a complete verdict until its time is up."""
        if len(kept.body) <= VERDICT_BYTES // 8:
            with self._lock:
                self._kept[kept.key] = kept

    def pend(self, key: str, message: Message, lang: str, *, full: bool = False) -> None:
        """Remember a mail until its look-ups are in."""
        row = Pending(message, lang, time.monotonic() + PENDING_TTL_S, full)
        if _chars(message) <= PENDING_CHARS // 8:
            with self._lock:
                self._pending[key] = row

    def pending(self, key: str) -> Pending | None:
        """The mail remembered under this key, if it is not too old."""
        with self._lock:
            row = self._pending.get(key)
            if row is not None and row.until < time.monotonic():
                del self._pending[key]
                return None
        return row

    def settle(self, key: str) -> None:
        """Forget a mail: its verdict is complete."""
        with self._lock:
            self._pending.pop(key, None)

    def counts(self) -> dict[str, int]:
        """Hits, misses and entries, for the metrics."""
        with self._lock:
            return {**self._uses, "entries": len(self._kept)}


def _expiry(_key: str, kept: Kept, _now: float) -> float:
    return kept.made + kept.ttl_s


def _chars(message: Message) -> int:
    """Roughly what a mail weighs in memory."""
    rows = (message.links, message.headers, message.attachments, message.recipients, message.reply_to, message.thread)
    texts = len(message.text or "") + len(message.quoted_text or "") + len(message.subject or "")
    return 500 + texts + sum(len(repr(row)) for row in rows if row)
