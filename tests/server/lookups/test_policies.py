"""SPF and DMARC records as real domains publish them, right and wrong."""

from __future__ import annotations

import pytest

from server.lookups.policies import dmarc_tags, shown, spf_ending, spf_records


@pytest.mark.parametrize(
    ("record", "ending"),
    [
        ("v=spf1 include:_spf.google.com -all", ("-", None)),
        ("v=spf1 a mx ~all", ("~", None)),
        ("v=spf1 ?all", ("?", None)),
        ("v=spf1 +all", ("+", None)),
        ("v=spf1 all", ("+", None)),
        ("V=SPF1 A -ALL", ("-", None)),
        ("v=spf1 include:x.com", (None, None)),
        ("v=spf1 redirect=_spf.x.com", (None, "_spf.x.com")),
        ("v=spf1 redirect=_spf.x.com -all", ("-", None)),
        ("v=spf1 -all include:late.com ~all", ("-", None)),
        ("v=spf1 include:all", (None, None)),
        ("v=spf1 exists:%{i}.all -allowed", (None, None)),
        ("v=spf1", (None, None)),
    ],
)
def test_the_end_of_an_spf_record(record: str, ending: tuple[str | None, str | None]) -> None:
    assert spf_ending(record) == ending


def test_only_whole_version_tags_count_as_spf() -> None:
    texts = ["v=spf1 -all", "v=spf10 -all", "v=spf1", "spf1", "google-site-verification=v=spf1 ", "V=SPF1 a"]
    assert spf_records(texts) == ["v=spf1 -all", "v=spf1", "V=SPF1 a"]


@pytest.mark.parametrize(
    ("record", "own", "below", "absent"),
    [
        ("v=DMARC1; p=reject", "reject", "reject", "reject"),
        ("v=DMARC1; p=reject; sp=none", "reject", "none", "none"),
        ("v=DMARC1;p=none;sp=quarantine;np=reject", "none", "quarantine", "reject"),
        ("v = DMARC1 ; p = Quarantine ;", "quarantine", "quarantine", "quarantine"),
        ("v=DMARC1; rua=mailto:x@y.com", "none", "none", "none"),
        ("v=DMARC1; p=rejct; rua=mailto:x@y.com", "none", "none", "none"),
        ("v=DMARC1; p=reject; p=none", "reject", "reject", "reject"),
    ],
)
def test_the_policy_for_a_domain_and_those_below_it(record: str, own: str, below: str, absent: str) -> None:
    tags = dmarc_tags([record, "v=spf1 -all"])
    assert tags is not None
    assert tags.policy_for(subdomain=False, exists=True) == own
    assert tags.policy_for(subdomain=True, exists=True) == below
    assert tags.policy_for(subdomain=True, exists=False) == absent


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["v=spf1 -all"],
        ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
        ["v=DMARC1; p=rejct"],
        ["v=DMARC1"],
        ["p=reject; v=DMARC1"],
        ["v=dmarc1; p=reject"],
        ["v=DMARC10; p=reject"],
    ],
)
def test_what_is_no_usable_dmarc_record(texts: list[str]) -> None:
    assert dmarc_tags(texts) is None


@pytest.mark.parametrize("record", ["v=DMARC1; p=reject; pct=0", "v=DMARC1; p=reject; t=y"])
def test_a_policy_in_test_is_said_to_be_one(record: str) -> None:
    tags = dmarc_tags([record])
    assert tags is not None and tags.in_test


def test_a_record_is_shown_short_and_clean() -> None:
    assert shown("v=spf1\x00\u202e -all") == "v=spf1   -all"
    assert len(shown("v=spf1 " + "a" * 65535)) == 2048
