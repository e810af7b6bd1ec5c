"""The score: the law of the folder, and every step by itself."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.judging.verdict import judge
from server.model import Evidence, Verdict
from server.rulebook.book import Rulebook

Facts = Callable[..., Evidence]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def vet(book: Rulebook, evidence: Evidence) -> Verdict:
    return judge(evidence, book, lang="en", complete=True, now=NOW)


def rows(verdict: Verdict) -> list[tuple[str, int]]:
    return [(row.why, row.points) for row in verdict.adjustments]


def test_a_plain_sum(book: Rulebook, facts: Facts) -> None:
    verdict = vet(book, facts({"sender.free_provider": True}, {"wants": ["we want"]}))
    assert (verdict.risk.score, verdict.risk.level, rows(verdict)) == (30, "caution", [])


def test_ceiling_of_a_group(book: Rulebook, facts: Facts) -> None:
    verdict = vet(book, facts({"sender.free_provider": True, "sender.disposable": True}))
    assert rows(verdict) == [("Ceiling of “Sender address”", -10)]
    assert verdict.risk.score == 20


def test_trust_is_capped(book: Rulebook, facts: Facts) -> None:
    known = {"sender.disposable": True, "domain.age_days": 9000, "domain.spf_strict": True, "lists.known": "b.example"}
    verdict = vet(book, facts(known, {"wants": ["w"]}))
    assert ("Good signs count at most 25 points", 6) in rows(verdict)
    assert verdict.risk.score == 20 + 25 - 25 - 13


def test_trust_is_void_beside_an_impersonation_and_a_foreign_freemail_reply(book: Rulebook, facts: Facts) -> None:
    void = (
        "Good signs do not count beside an impersonation, a decisive sign or a check that speaks against the customer",
        15,
    )
    assert rows(vet(book, facts({"domain.age_days": 9000, "sender.lookalike_brand": "DHL"}))) == [void]
    reply = {"domain.age_days": 9000, "reply_to.free_provider": True, "reply_to.differs": True}
    assert rows(vet(book, facts(reply))) == [void]
    assert rows(vet(book, facts({"domain.age_days": 9000, "reply_to.differs": True})))[0][1] == 15  # the clamp to 0


def test_pressure_alone_stays_caution(book: Rulebook, facts: Facts) -> None:
    verdict = vet(book, facts({}, {"hurry": ["urgent"]}))
    assert (verdict.risk.score, verdict.risk.level) == (12, "low")


def test_wording_alone_never_passes_high(book: Rulebook, facts: Facts) -> None:
    verdict = vet(book, facts({}, {"wants": ["w"], "fee": ["f"]}))
    assert ("Wording alone never passes high, unless two separate statements decide it", -1) in rows(verdict)
    assert (verdict.risk.score, verdict.risk.level) == (69, "high")


def test_wording_that_no_sentence_means_stays_caution(book: Rulebook, facts: Facts) -> None:
    unheard = vet(book, facts({"meaning.clear": []}, {"wants": ["w"], "fee": ["f"]}))
    assert (unheard.risk.score, unheard.risk.level) == (44, "caution")
    assert any("no sentence of the mail clearly asks for it" in why for why, _ in rows(unheard))
    heard = vet(book, facts({"meaning.clear": ["Pay our agent."]}, {"wants": ["w"], "fee": ["f"]}))
    assert heard.risk.level == "high"
    role = vet(book, facts({"meaning.clear": [], "sender.role_local": True}, {"wants": ["w"], "fee": ["f"]}))
    assert role.risk.score == 44, "a weak sign of the sender does not make it more"
    known = {"meaning.clear": [], "sender.lookalike_brand": "DHL"}
    assert vet(book, facts(known, {"wants": ["w"], "fee": ["f"]})).risk.level == "critical"


def test_wording_beside_a_sender_hit_may_pass(book: Rulebook, facts: Facts) -> None:
    verdict = vet(book, facts({"sender.free_provider": True}, {"wants": ["w"], "fee": ["f"]}))
    assert verdict.risk.score == 45 + 5 + 50
    assert verdict.risk.level == "critical"


def test_a_decisive_text_rule_needs_two_sentences(book: Rulebook, facts: Facts) -> None:
    one = vet(book, facts({}, {"refund": ["refund"]}))
    assert (one.risk.score, one.risk.level) == (69, "high")
    two = vet(book, facts({}, {"refund": ["refund", "refund it"]}))
    assert (two.risk.score, two.risk.level) == (85, "critical")
    long = vet(book, facts({}, {"refund": ["Pay him. We refund"]}))
    assert long.risk.score == 85


def test_a_decisive_rule_floors_the_score_whatever_the_trust(book: Rulebook, facts: Facts) -> None:
    known = {"attachments.executables": ["po.exe"], "domain.age_days": 9000, "domain.spf_strict": True}
    verdict = vet(book, facts(known))
    assert verdict.risk.score == 85
    assert rows(verdict)[-1] == ("A decisive sign puts the score to at least 85", 60)


def test_a_known_counterpart_damps_wording(book: Rulebook, facts: Facts) -> None:
    known = {"lists.known": "b.example", "sender.free_provider": True}
    verdict = vet(book, facts(known, {"wants": ["w"]}))
    assert verdict.risk.score == 25 + 5 - 8 - 13
    imitated = vet(book, facts({**known, "sender.lookalike_brand": "DHL"}, {"wants": ["w"]}))
    assert not any("Known counterpart" in why for why, _ in rows(imitated))


def test_the_clamp_is_a_row(book: Rulebook, facts: Facts) -> None:
    verdict = vet(book, facts({"domain.spf_strict": True}))
    assert (verdict.risk.score, rows(verdict)) == (0, [("The score stays between 0 and 100", 8)])


SWITCHES: list[tuple[str, Any]] = [
    ("sender.free_provider", True),
    ("sender.disposable", True),
    ("sender.lookalike_brand", "DHL"),
    ("sender.role_local", True),
    ("domain.age_days", 10),
    ("domain.age_days", 9000),
    ("domain.spf_strict", True),
    ("lists.known", "b.example"),
    ("attachments.executables", ["x.exe"]),
    ("reply_to.free_provider", True),
    ("reply_to.differs", True),
    ("sender.address", None),
    ("content.language_covered", False),
]
WORDS = ["wants", "fee", "hurry", "refund"]


@given(
    st.sets(st.integers(0, len(SWITCHES) - 1)),
    st.dictionaries(st.sampled_from(WORDS), st.lists(st.sampled_from(["one", "two. three"]), min_size=1, max_size=3)),
    st.sampled_from(["en", "zh_CN"]),
)
def test_reasons_and_adjustments_always_add_up(
    book: Rulebook, facts: Facts, on: set[int], phrases: dict[str, list[str]], lang: Any
) -> None:
    evidence = facts(dict(SWITCHES[index] for index in sorted(on)), phrases)
    verdict = judge(evidence, book, lang=lang, complete=True, now=NOW)
    total = sum(reason.points for reason in verdict.reasons) + sum(row.points for row in verdict.adjustments)
    assert total == verdict.risk.score
    assert 0 <= verdict.risk.score <= 100
    assert all(row.points for row in verdict.adjustments)
    limits = book.levels.thresholds
    if verdict.risk.level not in ("low", "unknown"):
        assert verdict.risk.score >= limits[verdict.risk.level]
    else:
        assert verdict.risk.score < limits["caution"]


def test_more_suspicion_never_lowers_the_score(book: Rulebook, facts: Facts) -> None:
    """A further doubt among plain rules (no trust, no guard) adds or changes nothing."""
    doubts = {"sender.free_provider": True, "sender.disposable": True, "domain.age_days": 10}
    for size in range(len(doubts)):
        for chosen in itertools.combinations(doubts.items(), size):
            before = vet(book, facts(dict(chosen))).risk.score
            for name, value in doubts.items():
                assert vet(book, facts({**dict(chosen), name: value})).risk.score >= before


def test_the_time_needs_a_zone(book: Rulebook, facts: Facts) -> None:
    with pytest.raises(ValueError, match="time zone"):
        judge(facts(), book, lang="en", complete=True, now=datetime(2026, 11, 22))  # noqa: DTZ001


def test_two_freemails_without_another_strong_sign_stay_caution(rulebook: Rulebook) -> None:
    """Real buyers move to a new mailbox: their two addresses and a few small doubts are no red."""
    two: dict[str, dict[str, Any]] = {
        "sender": {"address": "a@gmail.com", "domain": "gmail.com", "free_provider": True, "vanity_provider": True},
        "reply_to": {"addresses": ["b@outlook.com"], "other_free": True},
        "identity": {"company": "Blue Nile Ltd", "phone_mismatch": "NG against GB"},
        "links": {"numeric": []},
    }
    two["sender"]["own_domain"] = False
    caution = vet(rulebook, Evidence(known=two))
    assert (caution.risk.score, caution.risk.level) == (44, "caution")
    two["links"]["numeric"] = ["203.0.113.9"]
    assert vet(rulebook, Evidence(known=two)).risk.level in ("high", "critical")
