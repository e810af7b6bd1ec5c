"""Mistakes in search_links.yaml stop the start, each with its line; a sound one gives searches in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from server.rulebook.errors import RulebookError
from server.rulebook.load import load_rulebook

Write = Callable[[dict[str, str]], Path]
WORDS = "label: {en: L, zh_CN: 标}, why: {en: W, zh_CN: 因}, good: {en: G, zh_CN: 好}, bad: {en: B, zh_CN: 坏}"
SOUND = f"""\
show: 6
engines: {{google: "https://www.google.com/search?q={{query}}", baidu: "https://www.baidu.com/s?wd={{query}}"}}
default_engine: google
twins: {{google: google, baidu: baidu}}
profiles:
  - {{id: all, when: "true", order: [first, register]}}
templates:
  - {{id: second, topic: mail, query: '"{{email}}" OR "{{local}}"', {WORDS}}}
  - {{id: first, topic: mail, query: '"{{email}}"', {WORDS}}}
slots:
  register: {{topic: register, needs: [company], why: {{en: W, zh_CN: 因}}, good: {{en: G, zh_CN: 好}}, bad: {{en: B, zh_CN: 坏}}}}
sites:
  - {{id: register_gb, slot: register, countries: [GB], url: "https://a.example/?q={{company_core}}", label: {{en: L, zh_CN: 标}}}}
  - {{id: register_eu, slot: register, countries: [DE, FR], url: "https://b.example/", label: {{en: L, zh_CN: 标}}}}
"""


def test_a_sound_file(write: Write) -> None:
    policy = load_rulebook(write({"search_links.yaml": SOUND})).search_links
    profile = policy.profiles[0]
    assert [row.id for row in policy.sequence(profile, "GB")] == ["first", "register_gb", "second"]
    assert [row.id for row in policy.sequence(profile, "")] == ["first", "second"]
    second = policy.templates["second"]
    assert second.needs == {"email", "local"}
    assert second.query == '"%(email)s" OR "%(local)s"'
    assert second.encoded == {
        "google": "%%22%(email)s%%22+OR+%%22%(local)s%%22",
        "baidu": "%%22%(email)s%%22+%%7C+%%22%(local)s%%22",
    }
    assert policy.templates["register_gb"].needs == {"company", "company_core"}
    assert policy.starts[1] == ("baidu", "baidu", "https://www.baidu.com/s?wd=")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"{email}"\'', '"{emial}"\'', r"search_links.yaml:9: templates\[1\].query: unknown placeholder emial"),
        ("{company_core}", "{firm}", r"sites\[0\].url: unknown placeholder firm"),
        ("order: [first, register]", "order: [frist]", r"profiles\[0\].order\[0\]: unknown template frist"),
        ("id: second", "id: first", r"templates\[1\].id: the id first is taken"),
        ("id: register_eu, slot: register", "id: register_eu, slot: regis", r"sites\[1\].slot: unknown slot regis"),
        ("id: register_eu, slot: register", "id: register_eu, topic: register", r"sites\[1\].id: why, good, bad is missing"),
        ('when: "true"', "when: sender.nothing", r"profiles\[0\].when: unknown fact sender.nothing"),
        ("default_engine: google", "default_engine: bing", "bing is none of the engines"),
        ("twins: {google: google,", "twins: {bing: bing,", "bing is none of the engines"),
        ("https://b.example/", "http://b.example/", "is not an https address with a path"),
        ("https://b.example/", "https://b.example", "is not an https address with a path"),
        ("https://a.example/?q={company_core}", "https://{company_core}.example/", "is not an https address with a path"),
        ("https://a.example/?q={company_core}", "javascript:alert(1)", "is not an https address with a path"),
        ("topic: mail, query: '\"{email}\"'", "topic: love, query: '\"{email}\"'", "is none of bank, brand, company"),
        ("countries: [GB]", "countries: [gb]", "is not an ISO 3166 code"),
    ],
)  # fmt: skip
def test_mistakes(write: Write, old: str, new: str, complaint: str) -> None:
    assert old in SOUND
    with pytest.raises(RulebookError, match=complaint):
        load_rulebook(write({"search_links.yaml": SOUND.replace(old, new)}))
