"""From DNS replies to facts about a domain's mail."""

from __future__ import annotations

from typing import Any

import pytest

from server.lookups.answer import Dmarc, Found, MailHosts, NotFound, Spf, Unknown
from server.lookups.mail_records import MailRecords
from server.lookups.ports import DnsReply, NoData, NoName, Records, Trouble
from tests.peers.fakes import MovableClock, TableResolver, soon


def mail(table: dict[tuple[str, str], Any]) -> MailRecords:
    return MailRecords(TableResolver(table), MovableClock())


def texts(*values: str) -> Records:
    return Records(values, 300)


def test_exchangers_come_in_their_order_and_unusable_ones_are_left_out() -> None:
    values = ("20 b.net", "10 a.net", "5 1.2.3.4", "1 localhost", "30 a.net", "0 .")
    answer = mail({("x.com", "MX"): Records(values, 10)}).mx("x.com", soon())
    assert isinstance(answer, Found)
    assert answer.value == MailHosts(("a.net", "b.net"))
    assert answer.ttl_s == 60


def test_a_null_mx_is_found_and_says_no_mail() -> None:
    answer = mail({("x.com", "MX"): Records(("0 .",), 10_000_000)}).mx("x.com", soon())
    assert isinstance(answer, Found)
    assert answer.value == MailHosts((), null_mx=True)
    assert answer.ttl_s == 3600


@pytest.mark.parametrize(("reply", "nxdomain"), [(NoName(5), True), (NoData(9999), False)])
def test_absence_is_kept_for_minutes(reply: NoName | NoData, nxdomain: bool) -> None:
    answer = mail({("x.com", "MX"): reply}).mx("x.com", soon())
    assert isinstance(answer, NotFound)
    assert answer.nxdomain is nxdomain
    assert 300 <= answer.ttl_s <= 600


def test_an_ipv6_only_host_has_an_address() -> None:
    table = {("x.com", "A"): NoData(300), ("x.com", "AAAA"): texts("2606:4700::1111")}
    answer = mail(table).address("x.com", soon())
    assert isinstance(answer, Found) and answer.value == ("2606:4700::1111",)


def test_trouble_is_unknown_with_its_reason() -> None:
    for look_up in ("mx", "address", "spf"):
        answer = getattr(mail({}), look_up)("x.com", soon())
        assert isinstance(answer, Unknown) and answer.why == "failed" and answer.ttl_s <= 60
    assert isinstance(mail({}).dmarc("x.com", "x.com", soon()), Unknown)


def test_one_spf_record_is_found_among_other_texts() -> None:
    answer = mail({("x.com", "TXT"): texts("a=b", "v=spf1 mx -all")}).spf("x.com", soon())
    assert isinstance(answer, Found) and answer.value == Spf("v=spf1 mx -all", strict=True, lookups=1, valid=True)


def test_no_spf_record_is_none_and_two_are_unknown() -> None:
    assert isinstance(mail({("x.com", "TXT"): texts("a=b")}).spf("x.com", soon()), NotFound)
    two = mail({("x.com", "TXT"): texts("v=spf1 -all", "v=spf1 ~all")}).spf("x.com", soon())
    assert isinstance(two, Unknown) and two.why == "failed"


@pytest.mark.parametrize(
    ("target", "strict"),
    [
        (texts("v=spf1 -all"), True),
        (texts("v=spf1 ~all"), False),
        (texts("nothing"), None),
        (Trouble("timed_out"), None),
        (texts("v=spf1 redirect=x.com"), None),  # a circle
    ],
)
def test_a_redirect_is_followed(target: Any, strict: bool | None) -> None:
    table = {("x.com", "TXT"): texts("v=spf1 redirect=_spf.y.com"), ("_spf.y.com", "TXT"): target}
    answer = mail(table).spf("x.com", soon())
    assert isinstance(answer, Found) and answer.value.strict is strict


def test_a_redirect_with_a_macro_cannot_be_followed() -> None:
    answer = mail({("x.com", "TXT"): texts("v=spf1 redirect=%{d}._spf.y.com")}).spf("x.com", soon())
    assert isinstance(answer, Found) and answer.value.strict is None


def test_a_host_without_dmarc_takes_its_organisations_subdomain_policy() -> None:
    record = "v=DMARC1; p=reject; sp=quarantine"
    table = {("_dmarc.mail.x.com", "TXT"): NoName(300), ("_dmarc.x.com", "TXT"): texts(record)}
    answer = mail(table).dmarc("mail.x.com", "x.com", soon())
    assert isinstance(answer, Found) and answer.value == Dmarc(record, "quarantine", True, "x.com")
    own = mail({("_dmarc.x.com", "TXT"): texts(record)}).dmarc("x.com", "x.com", soon())
    assert isinstance(own, Found) and own.value.policy == "reject"


def test_a_host_that_does_not_exist_falls_under_np() -> None:
    table = {
        ("_dmarc.ghost.x.com", "TXT"): NoName(300),
        ("_dmarc.x.com", "TXT"): texts("v=DMARC1; p=none; np=reject"),
        ("ghost.x.com", "A"): NoName(300),
    }
    answer = mail(table).dmarc("ghost.x.com", "x.com", soon())
    assert isinstance(answer, Found) and answer.value.policy == "reject"


def test_no_dmarc_is_only_said_when_both_places_answered() -> None:
    both = {("_dmarc.m.x.com", "TXT"): NoName(300), ("_dmarc.x.com", "TXT"): NoData(300)}
    assert isinstance(mail(both).dmarc("m.x.com", "x.com", soon()), NotFound)
    one = {("_dmarc.m.x.com", "TXT"): NoName(300), ("_dmarc.x.com", "TXT"): Trouble("timed_out")}
    answer = mail(one).dmarc("m.x.com", "x.com", soon())
    assert isinstance(answer, Unknown) and answer.why == "timed_out"


def test_a_policy_in_test_is_not_enforced() -> None:
    answer = mail({("_dmarc.x.com", "TXT"): texts("v=DMARC1; p=reject; pct=0")}).dmarc("x.com", "x.com", soon())
    assert isinstance(answer, Found) and not answer.value.enforced


def test_name_servers_are_hosts_in_order() -> None:
    table = {("x.com", "NS"): Records(("ns2.h.net", "ns1.h.net", "ns1.h.net", "10.0.0.1", "."), 300)}
    answer = mail(table).ns("x.com", soon())
    assert isinstance(answer, Found) and answer.value == ("ns1.h.net", "ns2.h.net")


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (texts("v=STSv1; id=1"), True),
        (texts("V=stsv1 ;id=1", "a=b"), True),
        (texts("v=STSv1; id=1", "v=STSv1; id=2"), False),
        (texts("a=b"), False),
        (NoName(60), False),
        (NoData(60), False),
    ],
)
def test_mta_sts_is_one_record_at_its_own_name(reply: DnsReply, found: bool) -> None:
    answer = mail({("_mta-sts.x.com", "TXT"): reply}).mta_sts("x.com", soon())
    assert isinstance(answer, Found if found else NotFound)


def test_a_host_of_253_characters_leaves_no_room_for_what_stands_below_it() -> None:
    host = ".".join(["a" * 61] * 4) + ".info"
    assert len(host) == 252
    records = mail({(f"_dmarc.{'a' * 61}.info", "TXT"): texts("v=DMARC1; p=reject")})
    assert isinstance(records.mta_sts(host, soon()), NotFound)
    answer = records.dmarc(host, f"{'a' * 61}.info", soon())
    assert isinstance(answer, Found) and answer.value.policy == "reject"
