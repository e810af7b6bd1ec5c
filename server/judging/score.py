"""The score: reasons, then the steps that change their sum, each as a row. The law is in README.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from server.judging.signals import Fired
from server.model import Adjustment, Lang
from server.rulebook.book import Rulebook
from server.rulebook.policy import Guard

_INNER_END = re.compile(r"[!?。！？；;\n]|\.(?=\s)")
_WORDING_FACTS = ("content.", "mail.")
_MEANING = "meaning"
_TWO_FREEMAILS = "two_freemails"
"""By itself it never passes caution, so beside wording it counts as a weak sign."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the score needs to know beside the rules that fired."""

    known_counterpart: bool = False
    trust_void: bool = False
    """A condition of `trust_void_when` holds."""
    guards: frozenset[str] = frozenset()
    """The guards whose `given` holds, or that have none."""


@dataclass(slots=True)
class Tally:
    """The running sum and the rows that changed it."""

    total: int
    rows: list[Adjustment] = field(default_factory=list[Adjustment])

    def add(self, points: int, why: str) -> None:
        """Change the sum by a row; nothing happens for 0."""
        if points:
            self.total += points
            self.rows.append(Adjustment(why, points))


@dataclass(frozen=True, slots=True)
class Score:
    """The score, 0 to 100, and the rows that lead to it from the sum of the reasons."""

    value: int
    adjustments: tuple[Adjustment, ...]


def score(fired: Sequence[Fired], rulebook: Rulebook, situation: Situation, lang: Lang) -> Score:
    """Sum, ceilings, trust, guards, floor, clamp."""
    levels = rulebook.levels
    tally = Tally(sum(one.rule.points for one in fired))
    groups = _ceilings(fired, rulebook, tally, lang)
    _trust(fired, rulebook, situation, tally, lang)
    limit = _guards(fired, rulebook, situation, groups, tally, lang)
    floor = min(levels.decisive_floor, limit)
    if any(one.rule.decisive for one in fired) and tally.total < floor:
        tally.add(floor - tally.total, levels.rows["floor"][lang].replace("{floor}", str(floor)))
    tally.add(max(0, min(100, tally.total)) - tally.total, levels.rows["clamp"][lang])
    return Score(tally.total, tuple(tally.rows))


def _ceilings(fired: Sequence[Fired], rulebook: Rulebook, tally: Tally, lang: Lang) -> dict[str, int]:
    """Cut each group to its ceiling. Returns what is left of every group."""
    sums: dict[str, int] = {}
    for one in fired:
        if one.rule.points > 0:
            sums[one.rule.group] = sums.get(one.rule.group, 0) + one.rule.points
    text = rulebook.levels.rows["ceiling"][lang]
    for group, points in sums.items():
        row = rulebook.groups[group]
        if points > row.ceiling:
            tally.add(row.ceiling - points, text.replace("{group}", row.title[lang]))
            sums[group] = row.ceiling
    return sums


def _trust(fired: Sequence[Fired], rulebook: Rulebook, situation: Situation, tally: Tally, lang: Lang) -> None:
    """Give trust back where it is void or above its cap."""
    levels = rulebook.levels
    credit = -sum(one.rule.points for one in fired if one.rule.points < 0)
    void = situation.trust_void or any(one.rule.decisive or one.rule.tags & levels.trust_void_tags for one in fired)
    if void:
        tally.add(credit, levels.rows["trust_void"][lang])
    elif credit > levels.trust_cap:
        text = levels.rows["trust_cap"][lang].replace("{cap}", str(levels.trust_cap))
        tally.add(credit - levels.trust_cap, text)


def _guards(
    fired: Sequence[Fired],
    rulebook: Rulebook,
    situation: Situation,
    groups: dict[str, int],
    tally: Tally,
    lang: Lang,
) -> int:
    """Apply the guards. Returns the lowest cap on the whole score that holds: the floor may not lift above it."""
    limit = 100
    doubts = [one for one in fired if one.rule.points > 0]
    for guard in rulebook.levels.guards:
        if guard.id not in situation.guards:
            continue
        if guard.when == "known_counterpart":
            if situation.known_counterpart and not _touches_identity(fired):
                tally.add(min(0, guard.cap - groups.get(guard.group, 0)), guard.text[lang])
        elif doubts and _holds(guard, doubts, rulebook.levels.points):
            limit = min(limit, guard.cap)
            tally.add(min(0, guard.cap - tally.total), guard.text[lang])
    return limit


def _holds(guard: Guard, doubts: Sequence[Fired], points: Mapping[str, int]) -> bool:
    if guard.when == "only_tag":
        return all(guard.tag in one.rule.tags for one in doubts)
    if guard.when == "only_strong_tag":
        tagged = any(guard.tag in one.rule.tags for one in doubts)
        return tagged and all(guard.tag in one.rule.tags for one in _heavy(doubts, points["strong"]))
    if guard.when == "only_weak_beside_wording":
        least = points["medium"]
        heavy = [one for one in _heavy(doubts, least) if _TWO_FREEMAILS not in one.rule.tags]
        return bool(heavy) and all(_is_wording(one) or _carries(one, guard.tag, least) for one in heavy)
    if _two_moves(doubts) or any(decides_by_text(one) for one in doubts):
        return False
    return all(_is_wording(one) for one in doubts)


def _heavy(doubts: Sequence[Fired], least: int) -> list[Fired]:
    return [one for one in doubts if one.rule.points >= least or one.rule.group == "combo"]


def _carries(one: Fired, tag: str, least: int) -> bool:
    """The rule has the tag; of a combo all that fired but weak signs and two freemails have it."""
    if one.rule.group != "combo":
        return tag in one.rule.tags
    parts = [part for part in one.parts if part.points >= least and _TWO_FREEMAILS not in part.tags]
    return bool(parts) and all(tag in part.tags for part in parts)


def _two_moves(doubts: Sequence[Fired]) -> bool:
    """Two strong moves of what the mail means. A sentence makes one move only, so these are two statements."""
    return sum(one.rule.group == _MEANING and one.rule.weight == "strong" for one in doubts) > 1


def _touches_identity(fired: Sequence[Fired]) -> bool:
    return any(one.rule.tags & {"identity_hit", "thread_hit"} for one in fired)


def _is_wording(one: Fired) -> bool:
    """A content rule, one marked as prose, or a combo that rests on content rules and facts of the text alone."""
    rule = one.rule
    if rule.group == "content" or "prose" in rule.tags:
        return True
    if rule.group != "combo":
        return False
    return all(part.group == "content" or "prose" in part.tags for part in one.parts) and all(
        name.startswith(_WORDING_FACTS) for name in rule.facts
    )


def decides_by_text(one: Fired) -> bool:
    """A rule that may decide by wording, shown by two sentences or parts of the mail."""
    if "decisive_text" not in one.rule.tags:
        return False
    places = {(quote.part, quote.sentence) for quote in one.quotes}
    return len(places) > 1 or any(_INNER_END.search(quote.text.rstrip(" .!?。！？\n")) for quote in one.quotes)
