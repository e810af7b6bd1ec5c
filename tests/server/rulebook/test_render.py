"""Values and quotes in the words of a reason."""

from __future__ import annotations

from server.rulebook.render import render, unknown_values

KNOWN = {
    "sender": {"address": "a@b.example", "free_provider": True, "name": ""},
    "links": {"hosts": ["a", "b", "c", "d"]},
}


def test_values() -> None:
    assert render("{sender.address} {links.hosts} {sender.free_provider}", KNOWN, []) == "a@b.example a, b, c … true"
    assert (
        render("“{quote}” {quotes}", KNOWN, ["one\n two", "three", "four", "five"]) == "“one two” one two, three, four"
    )


def test_unknown_reads_as_a_question_mark_and_empty_as_nothing() -> None:
    assert render("{sender.tld}/{sender.name}/{quote}", KNOWN, []) == "?//?"
    assert unknown_values("{sender.tld}{sender.name}{quote}", KNOWN, []) == ["sender.tld", "quote"]


def test_long_quotes_are_shortened_and_values_are_not_templates() -> None:
    assert len(render("{quote}", {}, ["x" * 300])) == 120
    assert render("{quote}", KNOWN, ["{sender.address}"]) == "{sender.address}"


def test_lists_are_joined_as_the_language_does_and_quoted_one_by_one() -> None:
    known = {
        "links": {
            "mismatched": ["acme.com -> x.weebly.com", "b.com -> c.top"],
            "said": ["Pay the lawyer.", "Come and  sign."],
        }
    }
    assert render("Links: {links.mismatched}.", known, []) == "Links: acme.com → x.weebly.com, b.com → c.top."
    assert render("链接：{links.mismatched}。", known, []) == "链接：acme.com → x.weebly.com、b.com → c.top。"
    assert render("Says “{links.said}”.", known, []) == "Says “Pay the lawyer.”, “Come and sign.”."
    assert render("“{links.said}”两句", known, []) == "“Pay the lawyer.”、“Come and sign.”两句"
    assert render("{identity.bank_mismatch}", {"identity": {"bank_mismatch": "LT against NO"}}, []) == "LT ↔ NO"
