"""What a receiver does for an SPF record: follow `redirect=` to its end, count the DNS questions on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.lookups.names import ascii_name
from server.lookups.policies import spf_costs, spf_ending, spf_records
from server.lookups.ports import DnsReply, Records, Resolver, Trouble

LIMIT = 10  # RFC 7208 §4.6.4: terms that ask DNS; with more, receivers give up ("permerror")
MAX_REDIRECTS = 5


class _Open(Exception):
    """A record on the way could not be had, or its name depends on the mail (a macro)."""


class _Broken(Exception):
    """A receiver would give up here."""


@dataclass(slots=True)
class SpfWalk:
    """One record's way. No question is asked twice; none is asked after `until` (`Clock.monotonic` seconds)."""

    resolver: Resolver
    until: float
    _said: dict[str, DnsReply] = field(default_factory=dict[str, DnsReply])

    def strict(self, record: str, redirects: int = MAX_REDIRECTS) -> bool | None:
        """Whether the record ends in `-all`, also by `redirect=`; None where that cannot be followed."""
        qualifier, redirect = spf_ending(record)
        if redirect is None:
            return qualifier == "-"
        target = ascii_name(redirect)
        if target is None or redirects == 0:  # a macro such as %{d} is no name either
            return None
        reply = self._ask(target)
        records = spf_records(reply.values) if isinstance(reply, Records) else []
        return self.strict(records[0], redirects - 1) if len(records) == 1 else None

    def cost(self, record: str) -> tuple[int | None, bool | None]:
        """(DNS questions, whether the record is valid); None where it could not be told.

        More than `LIMIT` are not counted on: the first number is then `LIMIT` + 1.
        """
        try:
            return self._count(record, 0), True
        except _Broken as error:
            return error.args[0], False
        except _Open:
            return None, None

    def _count(self, record: str, before: int) -> int:
        count = before
        for target in spf_costs(record):
            count += 1
            if count > LIMIT:
                raise _Broken(count)
            if target is not None:
                count = self._count(self._record(target, count), count)
        return count

    def _record(self, target: str, count: int) -> str:
        """The record that an include or redirect leads to."""
        name = ascii_name(target)
        if name is None:
            raise _Open
        reply = self._ask(name)
        if isinstance(reply, Trouble):
            raise _Open
        records = spf_records(reply.values) if isinstance(reply, Records) else []
        if len(records) != 1:  # RFC 7208 §5.2, §6.1: a permanent error
            raise _Broken(count)
        return records[0]

    def _ask(self, name: str) -> DnsReply:
        if name not in self._said:
            self._said[name] = self.resolver.ask(name, "TXT", self.until)
        return self._said[name]
