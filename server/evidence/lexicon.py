"""The rulebook's tables made ready for look-up: sets, indexes and compiled patterns. Built once for each rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from server.evidence.pattern import Choice, Pattern, any_of
from server.evidence.plain import WHITE, bare, fold, word_list
from server.evidence.server_words import ServerWords, server_words
from server.evidence.spec_words import SpecWords, spec_words

Tables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Brand:
    """A protected brand. `everyday` names are words or given names too and need more around them to count."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    everyday: bool


@dataclass(frozen=True, slots=True)
class Country:
    """A country with the word sequences by which it is named."""

    code: str
    cctld: str
    dial: int
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything that the extractors look up. The fields follow the tables of the same name."""

    psl: frozenset[str]
    confusables: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    """The plain lists: free_providers, disposable, role_locals, mail_relays, tracking_hosts and so on."""
    brands: tuple[Brand, ...]
    official: Mapping[str, Brand]
    by_word: Mapping[str, tuple[tuple[str, Brand], ...]]
    """First word of a Latin-script alias, the folded aliases that start with it, longest first."""
    han_aliases: tuple[tuple[str, Brand], ...]
    countries: tuple[Country, ...]
    country_words: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word of a country's name, the name's words, its code; longest first."""
    han_countries: tuple[tuple[str, str], ...]
    cctlds: Mapping[str, str]
    stopwords: Mapping[str, frozenset[str]]
    wrappers: tuple[tuple[str, str, frozenset[str]], ...]
    """Host and path that lead on to the address in one of these parameters."""
    kinds: Mapping[str, frozenset[str]]
    """Attachment kinds: the file endings of each."""
    legal: Mapping[str, tuple[tuple[str, ...], ...]]
    """Legal forms as word sequences: after, before, joined, trade."""
    name_words: Mapping[str, frozenset[str]]
    quote_marker: Choice
    signoff: Pattern
    reply: frozenset[str]
    forward: frozenset[str]
    introduction: Choice
    claim_after: Pattern
    brand_after: Choice
    mentioned: Choice
    papers: Pattern
    han_claim: Pattern
    han_units: Pattern
    institution: Pattern
    specs: SpecWords
    server: ServerWords

    @cached_property
    def legal_by_word(self) -> Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]:
        """The legal forms of each place by their first word, longest first."""
        found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
        for place, forms in self.legal.items():
            index = found.setdefault(place, {})
            for form in forms:
                index[form[0]] = (*index.get(form[0], ()), form)
        return found

    @cached_property
    def legal_starts(self) -> frozenset[str]:
        """The first words of all legal forms that stand apart from the name."""
        return frozenset(word for place in ("after", "before", "trade") for word in self.legal_by_word.get(place, ()))

    @cached_property
    def legal_words(self) -> frozenset[str]:
        """All words of the Latin legal forms."""
        return frozenset(word for place in ("after", "before") for form in self.legal.get(place, ()) for word in form)

    @cached_property
    def trade_words(self) -> frozenset[str]:
        """All words of the trade words that firms end in."""
        return frozenset(word for form in self.legal.get("trade", ()) for word in form)

    @cached_property
    def languages_of(self) -> Mapping[str, tuple[str, ...]]:
        """The languages that have a word among their stop words."""
        found: dict[str, tuple[str, ...]] = {}
        for language, words in self.stopwords.items():
            for word in words:
                found[word] = (*found.get(word, ()), language)
        return found


_SETS = (
    "free_providers", "disposable", "alias_providers", "vanity_providers", "suspicious_tlds", "url_shorteners",
    "free_hosts", "mail_relays", "tracking_hosts", "generic_cctlds", "role_locals", "numeric_locals", "list_labels",
    "official_labels", "official_tlds", "common_tlds",
)  # fmt: skip
_WORD_LISTS = (
    "titles", "roles", "domain_words", "reseller", "not_sites", "streets", "greetings", "connectors", "not_first",
    "han_openers", "name_ends", "not_bodies", "particles", "counters", "opt_out", "footers", "postscripts", "generic",
    "weak_endings", "han_firms", "han_not_names",
)  # fmt: skip
_kept: list[tuple[Tables, Lexicon]] = []
_KEPT = 4


def lexicon_of(tables: Tables) -> Lexicon:
    """The lexicon of a rulebook's tables. The last few are kept, so that each mail finds it ready."""
    for known, ready in _kept:
        if known is tables:
            return ready
    made = prepare(tables)
    _kept.insert(0, (tables, made))
    del _kept[_KEPT:]
    return made


def prepare(tables: Tables) -> Lexicon:
    """A lexicon from the tables' plain form (the `tables` of rulebook.json). A table that is missing is empty."""
    brands = tuple(_brand(row) for row in _rows(tables, "brands"))
    countries = tuple(_country(row) for row in _rows(tables, "countries"))
    words = cast("dict[str, Any]", tables.get("name_words") or {})
    prefixes = cast("dict[str, list[str]]", tables.get("reply_prefixes") or {})
    legal = cast("dict[str, list[str]]", tables.get("legal_forms") or {})
    kinds = cast("dict[str, list[str]]", tables.get("attachment_kinds") or {})
    stop = cast("dict[str, list[str]]", tables.get("stopwords") or {})
    named = [(name, country.code) for country in countries for name in country.names]
    return Lexicon(
        psl=frozenset(_strings(tables, "psl")),
        confusables=cast("Mapping[str, str]", tables.get("confusables") or {}),
        sets={name: frozenset(_strings(tables, name)) for name in _SETS},
        brands=brands,
        official=_owners(brands),
        by_word=_by_first_word((alias, brand) for brand in brands for alias in brand.aliases if not is_joined(alias)),
        han_aliases=tuple((alias, brand) for brand in brands for alias in brand.aliases if is_joined(alias)),
        countries=countries,
        country_words=_by_first(((name, code) for name, code in named if not is_joined(name[0]))),
        han_countries=_longest_first(("".join(name), code) for name, code in named if is_joined(name[0])),
        cctlds={country.cctld: country.code for country in countries},
        stopwords={language: frozenset(entries) for language, entries in stop.items()},
        wrappers=tuple((row["host"], row["path"], frozenset(row["names"])) for row in _rows(tables, "link_wrappers")),
        kinds={kind: frozenset(endings) for kind, endings in kinds.items()},
        legal={place: tuple(_sequences(forms, place == "joined")) for place, forms in legal.items()},
        name_words={name: frozenset(str(word) for word in words.get(name) or ()) for name in _WORD_LISTS},
        quote_marker=Choice(tuple(_strings(tables, "quote_markers")), "(?im)^[ \\t>]*"),
        signoff=any_of(tuple(_strings(tables, "signoffs"))),
        reply=frozenset(prefixes.get("reply") or ()),
        forward=frozenset(prefixes.get("forward") or ()),
        introduction=Choice(tuple(words.get("introductions") or ()), r"(?:^|[^\p{L}\p{N}]|\p{Han})", "$"),
        claim_after=any_of(tuple(filter(None, [str(words.get("claim_after") or "")])), "^"),
        brand_after=Choice(tuple(words.get("after") or ()), "^"),
        mentioned=Choice(tuple(words.get("mentioned") or ()), r"(?:^|[^\p{L}\p{N}]|\p{Han})", "$"),
        papers=any_of(tuple(words.get("papers") or ()), "^ ?"),
        han_claim=any_of(tuple(words.get("han_claims") or ()), "", "$"),
        han_units=any_of(tuple(filter(None, [str(words.get("han_units") or "")])), "^"),
        institution=any_of(tuple(str(row["re"]) for row in _rows(tables, "institutions"))),
        specs=spec_words(tables),
        server=server_words(tables),
    )


def _rows(tables: Tables, name: str) -> list[dict[str, Any]]:
    """A table of rows; brands.yaml keeps its rows under its own name, beside its source."""
    table: Any = tables.get(name) or []
    if isinstance(table, dict):
        table = cast("dict[str, Any]", table).get(name) or []
    return cast("list[dict[str, Any]]", list(table))


def _strings(tables: Tables, name: str) -> Iterable[str]:
    return cast("Iterable[str]", tables.get(name) or ())


def is_joined(text: str) -> bool:
    """A name in a script that is written without spaces between words (Chinese, Japanese, Korean)."""
    return any("\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text)


def _owners(brands: tuple[Brand, ...]) -> dict[str, Brand]:
    """Official domains with their brand; the first row of a shared domain owns it (Apple before iCloud)."""
    owners: dict[str, Brand] = {}
    for brand in brands:
        for domain in brand.domains:
            owners.setdefault(domain, brand)
    return owners


def _brand(row: dict[str, Any]) -> Brand:
    name = str(row["name"])
    given = [name, *(str(alias) for alias in row.get("aliases") or ())]
    aliases = tuple(dict.fromkeys(form for alias in given for form in (fold(alias.strip(WHITE)), bare(alias)) if form))
    return Brand(name, str(row.get("kind") or ""), aliases, tuple(row.get("domains") or ()), bool(row.get("word")))


def _country(row: dict[str, Any]) -> Country:
    names = dict.fromkeys(tuple(word_list(fold(str(name)))) for name in row.get("names") or ())
    names.pop((), None)
    return Country(str(row["code"]), str(row["cctld"]), int(row.get("dial") or 0), tuple(names))


def _sequences(forms: list[str], joined: bool) -> Iterable[tuple[str, ...]]:
    made = {(form,) if joined else tuple(word_list(fold(form))) for form in forms}
    return sorted(made, key=lambda form: (-len(form), -len("".join(form)), form))


def _longest_first(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Pasir Gudang (巴西古当) is not in Brazil (巴西)."""
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _by_first_word(pairs: Iterable[tuple[str, Brand]]) -> dict[str, tuple[tuple[str, Brand], ...]]:
    index: dict[str, list[tuple[str, Brand]]] = {}
    for alias, brand in pairs:
        first = word_list(alias)
        if first:
            index.setdefault(first[0], []).append((alias, brand))
    return {word: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for word, found in index.items()}


def _by_first(pairs: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, code in pairs:
        index.setdefault(name[0], []).append((name, code))
    return {word: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for word, found in index.items()}
