"""The customer level when what the mail as a whole sounds like is weighed against the criteria."""

from __future__ import annotations

from math import prod

from server.judging.listed import listed
from server.model import Evidence, Lang, LevelCriterion
from server.rulebook.conditions import Context
from server.rulebook.policy import NOBODY, Counted, Sound

_LEVELS = (1, 2, 3, 4)
_SHOWN = 60


def weighed(sound: Sound | None, reached: int | None, evidence: Evidence, base: Context) -> int | None:
    """The level that prevails; None where the mail sounds as if nobody who buys had written it.

    `reached`: what the criteria give. They alone count where the policy says so, and where nothing is known of the
    sound.
    """
    if sound is None or reached is None or sound.settled.evaluate(base):
        return reached
    chances = _chances(evidence)
    if chances is None:
        return reached
    weights = {level: chance * _times(sound, level, evidence) for level, chance in chances.items()}
    weights[reached] *= sound.criteria_count[reached]
    nobody = weights.pop(NOBODY)
    if reached > sound.kept and nobody > sound.no_customer * max(weights.values()):
        return None
    open_to = [level for level in _LEVELS if level >= reached or _lifts_to(level, sound, base)]
    return max(open_to, key=lambda level: (weights[level], level == reached))


def heard(sound: Sound, reached: int, by_criteria: int, evidence: Evidence, lang: Lang) -> LevelCriterion:
    """What outvoted the criteria, as one more of them, with the sentence that speaks most for it."""
    facts = [
        row.text[lang].replace("{count}", str(_count(row, evidence)))
        for row in sound.counted
        if _factor(row, reached, evidence) > _factor(row, by_criteria, evidence)
    ]
    told = evidence.quotes.get(f"deal_signs.level_{reached}", ())
    quote = shortened(told[0].text) if told else ""
    text = sound.text[lang].replace("{level}", str(reached)).replace("{by_criteria}", str(by_criteria))
    if facts:
        text += sound.counted_text[lang].replace("{facts}", listed(facts, lang))
    return LevelCriterion("sounds_like", reached, "yes", text, quote)


def shortened(wording: str) -> str:
    """A wording as it stands beside a criterion."""
    return " ".join(wording.split())[:_SHOWN]


def _chances(evidence: Evidence) -> dict[int, float] | None:
    names = {NOBODY: "no_customer", **{level: f"level_{level}" for level in _LEVELS}}
    values = {level: evidence.get(f"deal_signs.{name}") for level, name in names.items()}
    known = {level: float(value) for level, value in values.items() if isinstance(value, float | int)}
    return known if len(known) == len(names) else None


def _times(sound: Sound, level: int, evidence: Evidence) -> float:
    """So many times likelier is the level (or NOBODY) for what is counted."""
    return prod(_factor(row, level, evidence) for row in sound.counted)


def _factor(row: Counted, level: int, evidence: Evidence) -> float:
    count = _count(row, evidence)
    return 1.0 if count is None else row.times.get(level, 1.0) ** (min(count, row.most) - row.usual)


def _count(row: Counted, evidence: Evidence) -> int | None:
    """How many entries the fact has; what is not known speaks for nothing."""
    entries = evidence.get(row.fact)
    return len(entries) if isinstance(entries, list) else None


def _lifts_to(level: int, sound: Sound, base: Context) -> bool:
    unless = sound.lifts_unless.get(level)
    return unless is not None and unless.evaluate(base) is not True
