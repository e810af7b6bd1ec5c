"""The customer level when what the mail as a whole sounds like is weighed against the criteria."""

from __future__ import annotations

from server.model import Evidence
from server.rulebook.conditions import Context
from server.rulebook.policy import Sound

_LEVELS = (1, 2, 3, 4)


def weighed(sound: Sound | None, reached: int | None, evidence: Evidence, base: Context) -> int | None:
    """The level that prevails; None where the mail sounds as if nobody who buys had written it.

    `reached`: what the criteria give. They alone count where the policy says so, and where nothing is known of the
    sound.
    """
    if sound is None or reached is None or sound.settled.evaluate(base):
        return reached
    chances = {level: evidence.get(f"deal_signs.level_{level}") for level in _LEVELS}
    nobody = evidence.get("deal_signs.no_customer")
    known = {level: chance for level, chance in chances.items() if isinstance(chance, float | int)}
    if len(known) < len(chances) or not isinstance(nobody, float | int):
        return reached
    if reached > sound.kept and nobody > sound.no_customer * max(known.values()):
        return None
    weights = {level: chance * (sound.criteria_count if level == reached else 1.0) for level, chance in known.items()}
    open_to = [level for level in _LEVELS if level >= reached or _lifts_to(level, sound, base)]
    return max(open_to, key=lambda level: (weights[level], level == reached))


def _lifts_to(level: int, sound: Sound, base: Context) -> bool:
    unless = sound.lifts_unless.get(level)
    return unless is not None and unless.evaluate(base) is not True
