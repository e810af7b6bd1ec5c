"""Counts over judged mails: what each rule does, what never fires, what fires together, what a group is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import ModuleType

from server.rulebook.book import Rulebook
from tests.calibrate.drops import Judged, Outcome
from tests.calibrate.samples import OTHER, OWN_SAMPLES, TUNING

TOGETHER, AT_LEAST = 0.8, 5
"""Two rules count twice if they share more than this of the rarer one's mails, and at least so many mails."""
TRADE = frozenset([TUNING, OWN_SAMPLES, "list_trade_fraud", "usrp_ham"])
"""The sets that are about goods; the others are phishing, advance fees and mail of other kinds."""


@dataclass(frozen=True)
class Change:
    """How many mails change their level when a rule goes."""

    fraud_falls: int = 0
    honest_falls: int = 0
    fraud_rises: int = 0
    honest_rises: int = 0


@dataclass(frozen=True)
class Pair:
    """Two rules that fire on the same mails."""

    rarer: str
    other: str
    together: int
    share: float
    """Of the rarer one's mails."""


def readable(mails: Iterable[Judged]) -> list[Judged]:
    """The mails of which more than totals may be told: all but the half kept unread."""
    return [mail for mail in mails if mail.set != OTHER]


def fires(mails: Iterable[Judged]) -> Mapping[tuple[str, str, bool], int]:
    """Mails by rule, set and whether they are fraud."""
    return Counter((rule, mail.set, mail.fraud) for mail in mails for rule in mail.fired)


def changes(mails: Iterable[Judged]) -> dict[str, Change]:
    """By rule: the mails that change their level without it."""
    counts: dict[str, Counter[str]] = {}
    for mail in mails:
        for rule, (_, level) in mail.without.items():
            if level != mail.outcome[1]:
                kind = ("fraud" if mail.fraud else "honest") + ("_falls" if level < mail.outcome[1] else "_rises")
                counts.setdefault(rule, Counter())[kind] += 1
    return {rule: Change(**found) for rule, found in counts.items()}


def silent(mails: Sequence[Judged], book: Rulebook) -> dict[str, int]:
    """The rules that fired nowhere, each with the number of mails on which it could be checked."""
    fired = {rule for mail in mails for rule in mail.fired}
    unchecked = Counter(rule for mail in mails for rule in mail.unchecked)
    return {name: len(mails) - unchecked[name] for name in book.by_id if name not in fired}


def pairs(mails: Sequence[Judged], book: Rulebook) -> list[Pair]:
    """Rules with points that fire together more than TOGETHER of the rarer one's mails; a combo and its parts aside."""
    scoring = {name for name, rule in book.by_id.items() if rule.points > 0}
    alone = Counter(rule for mail in mails for rule in mail.fired & scoring)
    both = Counter(pair for mail in mails for pair in combinations(sorted(mail.fired & scoring), 2))
    found: list[Pair] = []
    for (one, two), together in both.items():
        rarer, other = sorted((one, two), key=lambda name: (alone[name], name))
        parts = {*book.by_id[one].fired, *book.by_id[two].fired}
        if together >= AT_LEAST and together > TOGETHER * alone[rarer] and not parts & {one, two}:
            found.append(Pair(rarer, other, together, together / alone[rarer]))
    return sorted(found, key=lambda pair: (-pair.together, pair.rarer))


def comparisons(measure: ModuleType) -> list[tuple[str, list[str], list[str]]]:
    """What AUC is taken of: a name, the sets of the fraud, the sets of the honest mails."""
    fixed = [(half, [half], [half]) for half in (TUNING, OTHER)]
    fixed.append(("list_trade_fraud / honest of the tuning half", ["list_trade_fraud"], [TUNING]))
    return fixed + [(f"{fraud} / {'+'.join(honest)}", [fraud], honest) for fraud, honest in measure.PAIRS]


def areas(mails: Sequence[Judged], measure: ModuleType, score: Callable[[Judged], Outcome]) -> list[float]:
    """AUC of each comparison, under some way of scoring."""
    found: list[float] = []
    for _, fraud, honest in comparisons(measure):
        bad = [score(mail)[0] for mail in mails if mail.fraud and mail.set in fraud]
        good = [score(mail)[0] for mail in mails if not mail.fraud and mail.set in honest]
        found.append(measure.auc(bad, good))
    return found


def ablations(mails: Sequence[Judged], measure: ModuleType, book: Rulebook) -> dict[str, list[float]]:
    """AUC of each comparison with all rules (""), and without each group."""
    rows = {"": areas(mails, measure, lambda mail: mail.outcome)}
    for group in book.groups:
        if any(group in mail.without_group for mail in mails):
            rows[group] = areas(mails, measure, lambda mail, gone=group: mail.without_group.get(gone, mail.outcome))
    return rows
