"""rulebook.json as the browser gets it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from server.rulebook.errors import RulebookError
from server.rulebook.export import main
from server.rulebook.load import load_rulebook, load_sound_part

Write = Callable[[dict[str, str]], Path]
Rule = Callable[..., str]


def test_shape_and_size_of_the_shipped_one() -> None:
    book, _wrong = load_sound_part()
    data = json.loads(book.json_bytes)
    assert data["version"] == book.version and data["schema"] == 1
    assert len(gzip.compress(book.json_bytes, 9)) <= 400 * 1024
    assert {row["id"] for row in data["rules"]} == {rule.id for rule in book.rules}
    assert {row["set"] for row in data["phrases"]} <= set(data["sets"])
    assert len(data["tables"]["t2s"]["from"]) == len(data["tables"]["t2s"]["to"])
    assert set(data["tables"]["brands"][0]) >= {"name", "aliases", "domains", "kind"}


def test_a_rule_in_it(write: Write, rule: Rule) -> None:
    folder = write(
        {
            "rules/content/asks.yaml": rule("asks", "phrases: {en: ['pay now']}\nwhen: phrases.asks.size() > 0"),
            "combos/both.yaml": rule("both", "when: fired.asks && domain.exists", "combo"),
        }
    )
    data = json.loads(load_rulebook(folder).json_bytes)
    assert data["phrases"] == [{"set": "asks", "lang": "en", "re": r"\bpay[ \n]now\b"}]
    asks, both = data["rules"][0], data["combos"][0]
    assert (asks["sets"], asks["facts"], asks["preview"], asks["points"]) == (["asks"], [], True, 5)
    assert (both["fired"], both["facts"], both["preview"]) == (["asks"], ["domain.exists"], False)


def test_export_writes_both_files(write: Write, rule: Rule, tmp_path: Path) -> None:
    folder = write({"rules/content/asks.yaml": rule("asks", "phrases: {en: ['pay now']}")})
    out = tmp_path / "build"
    arguments = ["--folder", str(folder), "--rulebook", str(out / "rulebook.json"), "--cases", str(out / "cases.json")]
    assert main(arguments) == 0
    assert json.loads((out / "rulebook.json").read_text(encoding="utf-8"))["rules"][0]["id"] == "asks"
    assert len(json.loads((out / "cases.json").read_text(encoding="utf-8"))) == 2


def test_export_says_what_is_wrong(write: Write, rule: Rule, capsys: object) -> None:
    folder = write({"rules/content/asks.yaml": rule("asks", "when: sender.nothing")})
    assert main(["--folder", str(folder)]) == 1


def test_rules_that_cannot_fire_in_the_browser_have_no_words_there(write: Write, rule: Rule) -> None:
    """Their words still make another version: kept verdicts show them."""
    versions: list[str] = []
    for title in ("{en: one, zh_CN: 一}", "{en: two, zh_CN: 二}"):
        young = rule("young", "when: domain.exists").replace("title: {en: Title, zh_CN: 标题}", f"title: {title}")
        either = rule("either", "when: domain.exists || sender.free_provider")
        book = load_rulebook(write({"rules/content/young.yaml": young, "rules/content/either.yaml": either}))
        rows = {row["id"]: row for row in json.loads(book.json_bytes)["rules"]}
        assert "title" not in rows["young"] and rows["either"]["title"]
        versions.append(book.version)
    assert versions[0] != versions[1]


def test_what_only_the_server_reads_stays_there(write: Write, rule: Rule) -> None:
    """Its set is not in the browser's file, yet a change of it makes another version."""
    versions: list[str] = []
    for word in ("pallet", "crate"):
        text = f"id: packed\nabout: Words of packing.\nserver_only: true\nphrases: {{en: [{word}]}}\ncases: [{{matches: {word}}}, {{silent: x}}]\n"
        book = load_rulebook(write({"phrases/packed.yaml": text}))
        data = json.loads(book.json_bytes)
        assert "packed" in book.phrase_sets and "packed" not in data["sets"] and data["phrases"] == []
        versions.append(book.version)
    assert versions[0] != versions[1]


def test_a_rule_of_the_browser_reads_no_set_of_the_server(write: Write, rule: Rule) -> None:
    text = "id: packed\nabout: Words of packing.\nserver_only: true\nphrases: {en: [crate]}\ncases: [{matches: crate}, {silent: x}]\n"
    folder = write(
        {"phrases/packed.yaml": text, "rules/content/asks.yaml": rule("asks", "when: phrases.packed.size() > 0")}
    )
    with pytest.raises(RulebookError, match="packed is for the server only"):
        load_rulebook(folder)
