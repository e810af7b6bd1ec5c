"""A mail's score with all rules, and with any of them removed: evidence and signals are made once a mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

from server.evidence.collect import collect
from server.judging.level import level_of
from server.judging.score import score
from server.judging.signals import Fired, base_context, phrases_of, signals
from server.judging.verdict import judge, situation_of
from server.meaning.stage import Meaning
from server.model import Evidence, Message
from server.rulebook.book import Rulebook
from server.rulebook.conditions import Context
from server.rulebook.fire import fires, quotes_of
from server.rulebook.rule import Rule
from tests.mail.vetted import NOW, OWN, rank

Outcome = tuple[int, int]
"""Score, and the place of its level on the ladder (unknown stands with low)."""


@dataclass(frozen=True)
class Judged:
    """What is kept of a mail: no word of it."""

    set: str
    fraud: bool
    outcome: Outcome
    fired: frozenset[str]
    unchecked: frozenset[str]
    without: dict[str, Outcome] = field(repr=False)
    """The outcome without each rule that fired."""
    without_group: dict[str, Outcome] = field(repr=False)
    """The outcome without each group of which a rule fired; a group's combos fall with their parts."""


class Dropping:
    """One mail's signals, to be scored again and again."""

    def __init__(self, message: Message, rulebook: Rulebook, meaning: Meaning | None = None) -> None:
        self.book = rulebook
        self.evidence: Evidence = collect(message, rulebook, own=OWN, now=NOW)
        if meaning is not None:
            meaning.add(message.text, self.evidence, until=monotonic())
        self.base: Context = base_context(self.evidence, rulebook)
        result = signals(self.evidence, rulebook, self.base)
        self.fired = result.fired
        self.states = dict(result.states)
        self.situation = situation_of(self.evidence, rulebook, self.base)

    def outcome(self, dropped: frozenset[str] = frozenset()) -> Outcome:
        """Score and level without these rules."""
        kept = [one for one in self.fired if one.rule.id not in dropped] if dropped else list(self.fired)
        if dropped:
            kept = [one for one in kept if not one.rule.fired or dropped.isdisjoint(one.rule.fired)]
            kept += self._combos_anew(dropped)
        value = score(kept, self.book, self.situation, "en").value
        return value, rank(level_of(value, self.evidence, self.book.levels))

    def _combos_anew(self, dropped: frozenset[str]) -> Iterable[Fired]:
        """The combos that read a dropped rule and fire all the same."""
        touched = [
            combo for combo in self.book.combos if combo.id not in dropped and not dropped.isdisjoint(combo.fired)
        ]
        if not touched:
            return
        names = {name: state for name, state in self.states.items() if state is not None}
        self.base.add_variable("fired", names | dict.fromkeys(dropped & set(names), False))
        for combo in touched:
            if fires(combo, self.base, phrases_of(self.evidence)):
                yield self._fired(combo, dropped)

    def _fired(self, combo: Rule, dropped: frozenset[str]) -> Fired:
        parts = tuple(self.book.by_id[name] for name in combo.fired if self.states.get(name) and name not in dropped)
        return Fired(combo, quotes_of(combo, self.evidence.quotes, parts), parts)

    def check(self) -> None:
        """Raise AssertionError where this scoring is no longer the product's own."""
        verdict = judge(self.evidence, self.book, lang="en", complete=True, now=NOW)
        ours = self.outcome()
        theirs = verdict.risk.score, rank(verdict.risk.level)
        if ours != theirs:
            raise AssertionError(
                f"scored {ours}, the product {theirs}: tests/calibrate/drops.py is behind server/judging"
            )


def judged(set_name: str, fraud: bool, mail: Dropping) -> Judged:
    """A mail's outcome with all rules, without each rule that fired, and without each group of these."""
    mail.check()
    fired = [one.rule for one in mail.fired]
    groups = {rule.group for rule in fired}
    of_group = {group: frozenset(rule.id for rule in fired if rule.group == group) for group in groups}
    return Judged(
        set=set_name,
        fraud=fraud,
        outcome=mail.outcome(),
        fired=frozenset(rule.id for rule in fired),
        unchecked=frozenset(name for name, state in mail.states.items() if state is None),
        without={rule.id: mail.outcome(frozenset([rule.id])) for rule in fired},
        without_group={group: mail.outcome(names) for group, names in of_group.items()},
    )
