"""The risk level of a score, and how sure we are of it."""

from __future__ import annotations

from server.model import Confidence, Evidence, Level
from server.rulebook.policy import Levels

_FINAL = frozenset(("not_applicable", "not_published", "not_built", "off"))
"""Why-codes that no further look-up would change: they do not make a verdict less sure."""


def has_body(evidence: Evidence, levels: Levels) -> bool:
    """Whether enough of the newest part was read."""
    chars = evidence.get("content.chars")
    if isinstance(chars, int):
        return chars >= levels.min_chars
    return evidence.get("content.has_text") is True


def level_of(score: int, evidence: Evidence, levels: Levels) -> Level:
    """The level of a score. Unknown where too little was read to call it low; what did fire counts all the same."""
    thresholds = levels.thresholds
    if score >= thresholds["critical"]:
        return "critical"
    if score >= thresholds["high"]:
        return "high"
    if score >= thresholds["caution"]:
        return "caution"
    nothing_read = evidence.get("sender.address") is None and not has_body(evidence, levels)
    unreadable = has_body(evidence, levels) and evidence.get("content.language_covered") is False
    return "unknown" if nothing_read or unreadable else "low"


def confidence_of(evidence: Evidence, levels: Levels) -> Confidence:
    """High: sender, body and domain facts known (or not to be had). Medium: some domain fact open. Low: else."""
    if evidence.get("sender.address") is None or not has_body(evidence, levels):
        return "low"
    if evidence.get("content.language_covered") is False:
        return "low"
    open_facts = (why for fact, why in evidence.unknown.items() if fact.startswith("domain."))
    return "medium" if any(why not in _FINAL for why in open_facts) else "high"
