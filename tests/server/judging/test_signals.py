"""Fired, not fired, not checked; and the reasons in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from server.judging.signals import base_context, not_checked, reasons, signals
from server.judging.verdict import judge
from server.model import Evidence
from server.rulebook.book import Rulebook

Facts = Callable[..., Evidence]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_states(book: Rulebook, facts: Facts) -> None:
    evidence = facts({"sender.free_provider": True, "sender.disposable": False}, {"fee": ["Fee"]})
    states = signals(evidence, book, base_context(evidence, book)).states
    assert (states["free"], states["throwaway"], states["young"], states["fee"]) == (True, False, None, True)
    assert (states["free_fee"], states["both_words"], states["young_fee"]) == (True, False, None)


def test_a_combo_shows_the_quotes_of_its_parts(book: Rulebook, facts: Facts) -> None:
    evidence = facts({}, {"wants": ["we want"], "fee": ["a fee", "Fee"]})
    result = signals(evidence, book, base_context(evidence, book))
    both = next(one for one in result.fired if one.rule.id == "both_words")
    assert [quote.text for quote in both.quotes] == ["we want", "a fee", "Fee"] or len(both.quotes) == 2


def test_reasons_speak_the_language_and_trust_comes_last(book: Rulebook, facts: Facts) -> None:
    evidence = facts({"domain.spf_strict": True, "sender.free_provider": True}, {"wants": ["we want"]})
    rows = reasons(signals(evidence, book, base_context(evidence, book)), evidence, book, "zh_CN")
    assert [row.id for row in rows] == ["wants", "free", "strict"]
    assert (rows[0].title, rows[0].detail, rows[0].advice) == ("标题 wants", "原因 wants", "做")
    assert rows[0].quotes[0].text == "we want"


def test_words_of_ours_inside_facts_are_in_the_readers_language(rulebook: Rulebook) -> None:
    phones = "+447012345678 (personal)"
    evidence = Evidence(
        known={
            "identity": {"phone_special": [phones]},
            "tls": {"problem": "wrong name"},
            "domain": {"name": "a.example"},
        }
    )
    found = signals(evidence, rulebook, base_context(evidence, rulebook))
    details = {row.id: row.detail for row in reasons(found, evidence, rulebook, "zh_CN")}
    assert "+447012345678 (可转接的个人号码)" in details["phone_voip_or_070"]
    assert "名称与域名不符" in details["site_bad_certificate"]


def test_not_checked_names_fact_reason_and_rules(book: Rulebook, facts: Facts) -> None:
    evidence = facts({}, {"fee": ["Fee"]}, domain="timed_out", auth="not_applicable")
    result = signals(evidence, book, base_context(evidence, book))
    rows = {row.fact: row for row in not_checked(result, evidence, book, "en")}
    assert rows["domain.age_days"].why == "the server did not answer in time"
    assert rows["domain.age_days"].rules == ("young", "old", "young_fee")
    assert set(rows) == {
        "sender.free_provider",
        "sender.disposable",
        "sender.lookalike_brand",
        "sender.role_local",
        "domain.age_days",
        "domain.spf_strict",
        "attachments.executables",
        "lists.known",
    }


def test_what_does_not_apply_is_not_listed(book: Rulebook, facts: Facts) -> None:
    evidence = facts({}, {}, domain="not_applicable")
    verdict = judge(evidence, book, lang="en", complete=True, now=NOW)
    assert not any(row.fact.startswith("domain.") for row in verdict.not_checked)


def test_unread_wording_is_one_row(book: Rulebook, facts: Facts) -> None:
    evidence = facts({"content.language_covered": False})
    evidence.known["phrases"] = {}
    verdict = judge(evidence, book, lang="zh_CN", complete=True, now=NOW)
    (row,) = [row for row in verdict.not_checked if row.fact == "phrases"]
    assert row.why == "规则暂不支持该语言"
    assert set(row.rules) >= {"wants", "fee", "hurry", "refund"}


def test_a_set_without_patterns_in_a_covered_language_is_no_gap(book: Rulebook, facts: Facts) -> None:
    evidence = facts()
    evidence.known["phrases"] = {}
    verdict = judge(evidence, book, lang="en", complete=True, now=NOW)
    assert not any(row.fact == "phrases" for row in verdict.not_checked)


def test_what_is_kept_of_other_mails_is_told_of_mails_alike_only(book: Rulebook, facts: Facts) -> None:
    def waiting(evidence: Evidence) -> dict[str, tuple[str, ...]]:
        return dict(signals(evidence, book, base_context(evidence, book)).waiting)

    book.waits.clear()
    first = waiting(facts({}, {"fee": ["Fee"]}))
    assert waiting(facts({}, {"fee": ["Another fee"]})) == first
    assert len(book.waits) == 1, "another wording changes nothing"
    later = waiting(facts({"domain.age_days": 9}, {"fee": ["Fee"]}))
    assert "domain.age_days" in first and "domain.age_days" not in later
    assert waiting(facts({}, {"fee": ["Fee"]})) == first
