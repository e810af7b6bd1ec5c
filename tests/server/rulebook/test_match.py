"""Finding phrases: quotes in original wording, spans of the newest part, caps, and sets that must meet."""

from __future__ import annotations

import pytest

from server.model import Quote
from server.rulebook.match import HEAD, TAIL, Found, Scanner, capped
from server.rulebook.normalise import prepare
from server.rulebook.rule import Meeting, PhraseSet

SETS = {
    "pay": [r"\bpay\b", r"\bpay our\b"],
    "agent": [r"\b(agent|lawyer)\b"],
    "refund": ["refund", "退款"],
    "we_pay": [r"\bwe pay\b"],
}


def scanner(*meetings: Meeting) -> Scanner:
    sets = [PhraseSet(name, frozenset(("en",)), tuple(("en", one) for one in rows)) for name, rows in SETS.items()]
    return Scanner(sets, meetings, prepare({}, {}))


def find(
    text: str, *meetings: Meeting, subject: str | None = None, spans: list[tuple[int, int]] | None = None
) -> Found:
    return scanner(*meetings).find(subject, text, spans if spans is not None else [(0, len(text))])


def texts(found: Found, name: str) -> list[str]:
    return [quote.text for quote in found.quotes.get(name, ())]


def test_original_wording_and_place() -> None:
    text = "Dear Sir,\n\nPlease  PAY\u200b our Agent. 退款"
    found = find(text)
    assert texts(found, "pay") == ["PAY\u200b our"]
    (quote,) = found.quotes["refund"]
    assert text[quote.start : quote.end] == quote.text == "退款"


def test_overlapping_hits_are_one_and_in_order() -> None:
    assert texts(find("pay our, then pay"), "pay") == ["pay our", "pay"]


def test_subject_comes_first() -> None:
    found = find("pay", subject="Refund: PAY")
    assert found.quotes["pay"] == (Quote("subject", "PAY", 8, 11), Quote("body", "pay", 0, 3))


def test_only_the_spans_are_read_and_offsets_stay() -> None:
    text = "pay\n> pay quoted\nrefund"
    found = find(text, spans=[(0, 4), (17, 23)])
    assert found.quotes["pay"] == (Quote("body", "pay", 0, 3),)
    assert found.quotes["refund"] == (Quote("body", "refund", 17, 23),)


def test_at_most_eight_of_a_pattern_and_two_hundred_code_points() -> None:
    assert len(find("refund. " * 20).quotes["refund"]) == 8
    meeting = Meeting("both", ("pay", "refund"), (), "paragraph")
    (quote,) = find("pay " + "x" * 300 + " refund", meeting).quotes["both"]
    assert len(quote.text) == 200 and quote.end - quote.start == 200


def test_head_and_tail_are_scanned() -> None:
    text = "pay " + "x" * 60_000 + " refund"
    assert set(find(text).quotes) == {"pay", "refund"}
    middle = "x" * HEAD + " pay " + "x" * (TAIL + 10)
    assert not find(middle).quotes


@pytest.mark.parametrize(
    "spans", [[(0, 10)], [(0, 40_000), (40_001, 60_000), (70_000, 90_000)], [(5, 5), (0, 100_000)], []]
)
def test_capped_spans(spans: list[tuple[int, int]]) -> None:
    kept = capped(spans)
    assert sum(end - start for start, end in kept) == min(sum(e - s for s, e in spans), HEAD + TAIL)


@pytest.mark.parametrize(
    ("within", "text", "meets"),
    [
        ("sentence", "Pay the agent.", True),
        ("sentence", "Pay 1.5 to the agent.", True),
        ("sentence", "Pay now. The agent waits.", False),
        ("sentence", "Pay now！The agent waits.", False),
        ("paragraph", "Pay now. The agent waits.", True),
        ("paragraph", "Pay now.\n\nThe agent waits.", False),
        ("neighbours", "Pay now.\n\nThe agent waits.", True),
        ("neighbours", "Pay now.\n\nHello.\n\nThe agent waits.", False),
        ("mail", "Pay now.\n\nHello.\n\nThe agent waits.", True),
        ("paragraph", "We pay the agent.", False),
    ],
)
def test_meeting(within: str, text: str, meets: bool) -> None:
    meeting = Meeting("both", ("pay", "agent"), ("we_pay",), within)
    assert bool(texts(find(text, meeting), "both")) is meets


def test_meeting_quote_and_meeting_of_meetings() -> None:
    both = Meeting("both", ("pay", "agent"), (), "sentence")
    more = Meeting("more", ("both", "refund"), (), "paragraph")
    found = find("Hello. Pay our agent. A refund follows.\n\nBye", both, more)
    assert texts(found, "both") == ["Pay our agent"]
    assert texts(found, "more") == ["Pay our agent. A refund"]


def test_mail_wide_meeting_shows_subject_and_body() -> None:
    found = find("the agent", Meeting("both", ("pay", "agent"), (), "mail"), subject="pay")
    assert [(quote.part, quote.text) for quote in found.quotes["both"]] == [("subject", "pay"), ("body", "agent")]


def test_sentences_are_numbered() -> None:
    quotes = find("Pay. A refund! The agent 退款。pay").quotes
    assert [quote.sentence for quote in quotes["pay"]] == [0, 3]
    assert [quote.sentence for quote in quotes["refund"]] == [1, 2]


def test_scripts() -> None:
    assert find("hello 12").scripts == {"latin"}
    assert find("公司 ok").scripts == {"cjk", "latin"}
    assert find("Привет").scripts == {"other"}
    assert find("señor").scripts == {"latin", "other"}
    assert not scanner().find("pay", None, []).scanned
