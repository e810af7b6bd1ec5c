"""Policy of the next step: what is wrong with a file is named, and a company's own file takes the shipped one's place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.rulebook.errors import RulebookError
from server.rulebook.load import SHIPPED, load_rulebook


class Plain(yaml.SafeDumper):
    """Writes small numbers out: 0.00004, not 4e-05."""


Plain.add_representer(float, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", f"{value:.8f}"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that policy needs, without the rules."""
    made = tmp_path_factory.mktemp("rules") / "shared_rules"
    shutil.copytree(SHIPPED, made, ignore=shutil.ignore_patterns("rules", "combos", "moves"))
    (made / "rules" / "content").mkdir(parents=True)
    shutil.copy(
        SHIPPED / "rules" / "content" / "hardship_plea.yaml", made / "rules" / "content"
    )  # a search asks for it
    text = (made / "customer_levels.yaml").read_text("utf8")
    data = yaml.safe_load(text) | {"vague": []}
    (made / "customer_levels.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf8")
    return made


def own(tmp_path: Path, file: str, change: Any) -> Path:
    """An overlay with the shipped file, changed."""
    source = SHIPPED / ("tables" if file == "country_risk" else ".") / f"{file}.yaml"
    data = yaml.safe_load(source.read_text("utf8"))
    change(data)
    (tmp_path / f"{file}.yaml").write_text(yaml.dump(data, Dumper=Plain, allow_unicode=True), "utf8")
    return tmp_path


def first(name: str, key: str, value: Any) -> Any:
    return lambda data: data[name][0].__setitem__(key, value)


MISTAKES = {
    "a condition on nothing": ("check_depth", first("reasons", "when", "deal.colour == 1"), "unknown fact deal.colour"),
    "a search that is none": ("check_depth", first("items", "links", ["crystal_ball"]), "unknown search crystal_ball"),
    "sizes that shrink": ("check_depth", first("sizes", "below", 90_000), "sizes must grow"),
    "a term that is none": ("payment_terms", first("limits", "up_to", "barter"), "unknown term barter"),
    "a set that is none": ("payment_terms", first("terms", "phrases", "asks_barter"), "unknown phrase set asks_barter"),
    "a term twice": (
        "payment_terms",
        lambda data: data["terms"].append(data["terms"][0]),
        "the id advance stands twice",
    ),
    "a country that is none": ("country_risk", first("lists", "countries", ["ZZ"]), "ZZ is the code of no country"),
    "a date that is none": ("country_risk", first("lists", "as_of", "2026-02-30"), "2026-02-30 is no date"),
    "a list without a source": ("country_risk", lambda data: data["lists"][0].pop("source"), "source is missing"),
    "a rule that is none": ("customer_levels", lambda data: data.update(vague=["gone"]), "unknown rule gone"),
    "counted entries of what is no list": (
        "customer_levels",
        lambda data: data["sound"]["counted"][0].update(fact="content.chars"),
        "content.chars is no fact that is a list",
    ),
    "a zone that is none": (
        "customer_levels",
        lambda data: data.update(vague=[], working_time={"timezone": "Mars/Base", "days": [1], "day_ends": 18}),
        "not the name of a time zone",
    ),
    "an unknown field": ("check_depth", lambda data: data.update(colour=1), "colour is not a field here"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_file(folder: Path, tmp_path: Path, name: str) -> None:
    file, change, words = MISTAKES[name]
    with pytest.raises(RulebookError) as caught:
        load_rulebook(folder, own(tmp_path, file, change))
    problems = [problem for problem in caught.value.problems if words in problem.message]
    assert problems and problems[0].file == f"overlay/{file}.yaml", str(caught.value)


def test_the_companys_own_policy_replaces_the_shipped_one(folder: Path, tmp_path: Path) -> None:
    def raised(data: Any) -> None:
        data["sizes"][0]["below"] = 20_000

    shipped, changed = load_rulebook(folder), load_rulebook(folder, own(tmp_path, "check_depth", raised))
    sizes = [book.check_depth.size(10_000) for book in (shipped, changed)]
    assert [size and size.id for size in sizes] == ["medium", "small"]
    assert shipped.version != changed.version, "a verdict that was kept under the old policy would count on"
    assert changed.payment_terms == shipped.payment_terms


def test_words_that_the_companys_file_leaves_out_are_ours(folder: Path, tmp_path: Path) -> None:
    def older(data: Any) -> None:
        data["texts"] = {"country_unknown": {"en": "Which country?", "zh_CN": "哪个国家？"}}

    shipped, changed = load_rulebook(folder), load_rulebook(folder, own(tmp_path, "check_depth", older))
    assert changed.check_depth.texts["country_unknown"]["en"] == "Which country?"
    assert changed.check_depth.texts["currency_unknown"] == shipped.check_depth.texts["currency_unknown"]


def test_no_country_stands_in_the_browsers_file(folder: Path) -> None:
    data = load_rulebook(folder).json_bytes
    assert b"increased_monitoring" not in data and b"sanctions_screening" not in data and b"open_account_60" not in data


def test_every_list_of_countries_has_date_and_source() -> None:
    lists = yaml.safe_load((SHIPPED / "tables" / "country_risk.yaml").read_text("utf8"))["lists"]
    for row in lists:
        assert row["as_of"] and row["source"] and row["verified"], row["list"]
