"""Loading a rule folder: what comes out, and that every mistake is named with its file, line and field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from server.rulebook.errors import RulebookError
from server.rulebook.load import load_rulebook, load_sound_part

Write = Callable[[dict[str, str]], Path]
Rule = Callable[..., str]

PHRASES = "phrases: {en: ['pay now']}"


def problems(folder: Path, overlay: Path | None = None) -> list[str]:
    with pytest.raises(RulebookError) as caught:
        load_rulebook(folder, overlay)
    return [str(problem) for problem in caught.value.problems]


def test_the_shipped_rulebook_loads() -> None:
    book, _wrong = load_sound_part()
    assert len(book.version) == 16
    assert book.rules and book.phrase_sets and book.lookup["free_providers"]


def test_a_rule_and_a_combo(write: Write, rule: Rule) -> None:
    book = load_rulebook(
        write(
            {
                "rules/content/asks.yaml": rule("asks", PHRASES),
                "rules/sender/free.yaml": rule("free", "when: sender.free_provider", "sender"),
                "combos/both.yaml": rule("both", "when: fired.asks && fired.free", "combo"),
            }
        )
    )
    asks, free = book.rules
    assert (asks.id, asks.bare, asks.sets, asks.points) == ("asks", True, ("asks",), 5)
    assert (free.facts, free.preview, free.when.text) == (("sender.free_provider",), True, "sender.free_provider")
    assert book.combos[0].fired == ("asks", "free")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("when: sender.fre", "content/asks.yaml:4: when: unknown fact sender.fre (did you mean sender.free_provider?)"),
        ("phrases: {en: ['Pay']}", "content/asks.yaml:4: phrases.en[0]: 'Pay' holds a capital"),
        ("phrases:\n  zh:\n    - ok\n    - '(a'", "content/asks.yaml:7: phrases.zh[1]: RE2 refuses it"),
        ("phrases: {xx: ['a']}", "content/asks.yaml:4: phrases: xx is not a field here"),
        ("phrases: {en: [yes, true]}", "content/asks.yaml:4: phrases.en[1]: 'True' is not a pattern (quote it)"),
        (f"{PHRASES}\ntags: [funny]", "content/asks.yaml:5: tags[0]: 'funny' is none of"),
        (f"{PHRASES}\nwight: weak", "wight is not a field here"),
        (f"{PHRASES}\nid: y", "content/asks.yaml:5: id: stands twice"),
        ("meets: [nothing]", "content/asks.yaml:4: meets[0]: unknown phrase set nothing"),
        ("meets: [asks]", "stands in a circle: asks -> asks"),
        ("tags: []", "phrases, meets or when is missing"),
        (f"{PHRASES}\nwhen: fired.asks", "combos only"),
    ],
)
def test_mistakes_of_a_rule(write: Write, rule: Rule, body: str, words: str) -> None:
    found = problems(write({"rules/content/asks.yaml": rule("asks", body)}))
    assert any(words in line for line in found), found


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        ("  - silent: {text: y}\n", "a silent case is missing"),
        ("  - fires: {text: x}\n", "a firing case is missing"),
        ("false_positives: Some honest mails.\n", "false_positives is missing"),
        (", zh_CN: 标题", "zh_CN is missing"),
        ("source: [own]\n", "source is missing"),
    ],
)
def test_what_a_rule_must_have(write: Write, rule: Rule, cut: str, words: str) -> None:
    text = rule("asks", PHRASES)
    assert cut in text
    found = problems(write({"rules/content/asks.yaml": text.replace(cut, "")}))
    assert any(words in line for line in found), found


def test_all_mistakes_are_named_not_only_the_first(write: Write, rule: Rule) -> None:
    found = problems(
        write(
            {
                "rules/content/one.yaml": rule("one", "when: sender.nothing"),
                "rules/content/two.yaml": rule("two", "when: sender.nothing"),
            }
        )
    )
    assert [line.split(":")[0] for line in found] == ["rules/content/one.yaml", "rules/content/two.yaml"]


def test_names_and_places_of_files(write: Write, rule: Rule) -> None:
    found = problems(
        write(
            {
                "rules/content/one.yaml": rule("other", PHRASES),
                "rules/sender/two.yaml": rule("two", PHRASES),
                "combos/three.yaml": rule("three", PHRASES),
            }
        )
    )
    assert any("must be called other.yaml" in line for line in found)
    assert any("belongs into rules/content/" in line for line in found)
    assert any("have the group combo" in line for line in found)


def test_cases_are_checked_against_the_vocabulary(write: Write, rule: Rule) -> None:
    text = rule("asks", PHRASES).replace("{text: x}", "{facts: {sender: {free_provider: 1, nothing: true}}}")
    found = problems(write({"rules/content/asks.yaml": text}))
    assert any("sender.free_provider is a bool, not 1" in line for line in found)
    assert any("unknown fact sender.nothing" in line for line in found)


def test_placeholders_are_checked(write: Write, rule: Rule) -> None:
    text = (
        rule("asks", PHRASES)
        .replace("{en: Reason,", "{en: 'A {sender.nothing}',")
        .replace("{en: Title,", "{en: 'A {quote}',")
    )
    found = problems(write({"rules/content/asks.yaml": text}))
    assert any("unknown placeholder {sender.nothing}" in line for line in found)
    assert any("title.en: {quote} stands in" in line for line in found)


def test_trust_weights_stay_in_their_group(write: Write, rule: Rule) -> None:
    text = rule("asks", PHRASES).replace("weight: weak", "weight: trust_weak")
    assert any("only they" in line for line in problems(write({"rules/content/asks.yaml": text})))


def test_the_overlay_adds_rules_and_may_not_replace_them(write: Write, rule: Rule, tmp_path: Path) -> None:
    folder = write({"rules/content/asks.yaml": rule("asks", PHRASES)})
    overlay = tmp_path / "overlay"
    (overlay / "rules").mkdir(parents=True)
    (overlay / "rules" / "ours.yaml").write_text(rule("ours", "when: sender.free_provider", "sender"), encoding="utf-8")
    book = load_rulebook(folder, overlay)
    assert [one.id for one in book.rules] == ["asks", "ours"]
    assert book.version != load_rulebook(folder).version
    (overlay / "rules" / "asks.yaml").write_text(rule("asks", PHRASES), encoding="utf-8")
    (line,) = problems(folder, overlay)
    assert line == "overlay/rules/asks.yaml:1: id: the id asks is taken by rules/content/asks.yaml; choose another"


def test_the_sound_part_leaves_bad_files_out(write: Write, rule: Rule) -> None:
    folder = write(
        {
            "rules/content/good.yaml": rule("good", PHRASES),
            "rules/content/bad.yaml": rule("bad", "when: sender.nothing"),
            "combos/both.yaml": rule("both", "when: fired.good && fired.bad", "combo"),
        }
    )
    book, wrong = load_sound_part(folder)
    assert [one.id for one in book.rules] == ["good"]
    assert [problem.file for problem in wrong] == ["rules/content/bad.yaml", "combos/both.yaml"]


@pytest.mark.parametrize("text", ["a: [", "\t- x", "a: 1\na: 2"])
def test_broken_yaml(write: Write, text: str) -> None:
    assert problems(write({"rules/content/asks.yaml": text}))[0].startswith("rules/content/asks.yaml:")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "levels.yaml:1: is missing" in problems(tmp_path)


def test_same_content_same_version(write: Write, rule: Rule) -> None:
    folder = write({"rules/content/asks.yaml": rule("asks", PHRASES)})
    assert load_rulebook(folder).version == load_rulebook(folder).version
    write({"rules/content/asks.yaml": rule("asks", "phrases: {en: ['pay later']}")})
    assert load_rulebook(folder).version != "0"
