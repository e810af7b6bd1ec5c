"""WHOIS answers of many registries, their traps, and hostile ones."""

from __future__ import annotations

import time
from datetime import date

import pytest

from server.lookups.answer import Registration
from server.lookups.whois_text import read_whois

TODAY = date(2026, 11, 22)
CN = """Domain Name: acme.cn
Domain Status: ok
Registrant: 某某有限公司
Sponsoring Registrar: 阿里云计算有限公司
Name Server: ns1.x.com
Registration Time: 2003-03-17 12:20:05
Expiration Time: 2027-03-17 12:48:36
"""
DE = "% Terms: who exceeds the limit is blacklisted\n\nDomain: a.de\nNserver: ns1.a.de\nStatus: connect\n"
COM = """   Domain Name: A.COM\r
   Registrar: Peer, Inc.\r
   Creation Date: 2003-03-17T23:20:05-0500\r
   Creation Date: 2003-03-18T04:20:05Z\r
   Registry Expiry Date: 2027-03-17T12:20:05Z\r
"""


@pytest.mark.parametrize(
    ("domain", "text", "created", "expires", "registrar"),
    [
        ("acme.cn", CN, date(2003, 3, 17), date(2027, 3, 17), "阿里云计算有限公司"),
        ("a.com", COM, date(2003, 3, 18), date(2027, 3, 17), "Peer, Inc."),
        ("a.de", DE, None, None, ""),
        ("a.cz", "domain: a.cz\nregistered: 05.09.2003 12:00:00\n", date(2003, 9, 5), None, ""),
        (
            "a.hk",
            "Domain Name: A.HK\nDomain Name Commencement Date: 05-06-2003\nExpiry Date: 05-06-2027\n",
            date(2003, 6, 5),
            date(2027, 6, 5),
            "",
        ),
        ("a.co.jp", "a. [Domain Name] A.CO.JP\n[Registered Date] 2001/03/05\n", date(2001, 3, 5), None, ""),
        ("a.ru", "domain: A.RU\nregistrar: R01\ncreated: 1997-09-23T09:45:07Z\n", date(1997, 9, 23), None, "R01"),
        ("a.kr", "Domain Name : a.kr\nRegistered Date : 2003. 05. 12.\n", date(2003, 5, 12), None, ""),
        ("a.com.tr", "** Domain Name: a.com.tr\nCreated on......: 2003-May-12.\n", date(2003, 5, 12), None, ""),
        ("a.co.uk", "Registrar:\n  X [Tag = X]\nRegistered on: 14-Feb-2004\n", date(2004, 2, 14), None, "X [Tag = X]"),
        ("a.ir", "domain: a.ir\nexpire-date: 2027-01-01\nnserver: x\n", None, date(2027, 1, 1), ""),
    ],
)  # fmt: skip
def test_registries_write_dates_in_many_ways(
    domain: str, text: str, created: date | None, expires: date | None, registrar: str
) -> None:
    said = read_whois(domain, text, TODAY)
    assert isinstance(said, Registration) and (said.created, said.expires, said.registrar) == (
        created,
        expires,
        registrar,
    )


@pytest.mark.parametrize(
    ("created", "other", "means"),
    [
        ("05/09/2003", "", None),  # 5 September or 9 May: nobody knows
        ("05/09/2003", "25/09/2027", date(2003, 9, 5)),  # the other date proves the order
        ("05/09/2003", "09/25/2027", date(2003, 5, 9)),
        ("25/09/2003", "", date(2003, 9, 25)),
        ("09/09/2003", "", date(2003, 9, 9)),
        ("05.09.2003", "", None),
        ("2003-09-05", "", date(2003, 9, 5)),
        ("5 Sep 2003", "", date(2003, 9, 5)),
        ("20030905", "", date(2003, 9, 5)),
        ("May", "", None),  # the parser would fill in today's day and year
        ("04-Feb-04", "", None),  # a year of two digits
        ("2031-01-01", "", None),  # in the future
        ("1969-12-31", "", None),  # before there were domains
    ],
)
def test_a_day_is_known_for_sure_or_not_at_all(created: str, other: str, means: date | None) -> None:
    text = f"Domain Name: a.ng\nCreation Date: {created}\nUpdated Date: {other}\nRegistrar: X\n"
    said = read_whois("a.ng", text, TODAY)
    assert (said.created if isinstance(said, Registration) else None) == means
    assert means is not None or said == "failed"


@pytest.mark.parametrize(
    ("domain", "text"),
    [
        ("a.cn", "No matching record."),
        ("a.com", 'No match for domain "A.COM".\n>>> Last update of whois database'),
        ("a.de", "% Restricted rights. Limits apply.\n\nDomain: a.de\nStatus: free\n"),
        ("a.ng", "The domain has not been registered."),
        ("a.at", "% nothing found"),
        ("a.ru", "No entries found for the selected source(s)."),
    ],
)
def test_nobody_has_registered_it(domain: str, text: str) -> None:
    assert read_whois(domain, text, TODAY) == "free"


@pytest.mark.parametrize(
    "text",
    [
        "WHOIS LIMIT EXCEEDED - SEE WWW.PIR.ORG/WHOIS FOR DETAILS",
        "Too many requests. Try again later.",
        "% Error 55000000002: Connection refused; access control limit reached.",
        "Your connection limit exceeded. Please slow down and try again later.",
        "Queried interval is too short.",
        "Number of allowed queries exceeded.",
        "% This query returned 0 objects: maximum daily connection limit reached.",
        "IP 192.0.2.1 has been banned for abuse",
        "-1: Too many simultaneous connections from your address",
        "您的查询过于频繁，请稍后再试",
        "% Request limit reached for your network",
    ],
)
def test_a_rate_limit_is_not_an_empty_record(text: str) -> None:
    assert read_whois("a.com", text, TODAY) == "refused"


@pytest.mark.parametrize("text", ["", "\n\n", "\x00\x01\x02", "<html>302 Found</html>", "Domain Name: A.COM", "500"])
def test_an_unusable_answer_says_nothing(text: str) -> None:
    assert read_whois("a.com", text, TODAY) == "failed"


def test_an_answer_about_another_domain_is_not_believed() -> None:
    assert read_whois("b.com", COM, TODAY) == "failed"


def test_not_found_in_the_owners_name_hides_no_record() -> None:
    said = read_whois("a.com", COM + 'Registrant Organization: No match for "Ltd"\n', TODAY)
    assert isinstance(said, Registration) and said.created == date(2003, 3, 18)


def test_one_unreadable_date_does_not_lose_the_others() -> None:
    text = COM.replace("2027-03-17T12:20:05Z", "whenever it likes")
    said = read_whois("a.com", text, TODAY)
    assert said == Registration(date(2003, 3, 18), None, "Peer, Inc.")


@pytest.mark.parametrize("tld", ["com", "hk", "jp", "ru", "de", "it", "ee", "tr", "be", "pl", "xx"])
@pytest.mark.parametrize(
    "text",
    [
        "a" * 65536,
        "a@" * 32768,
        "\n" * 65536,
        "Domain Name:\n" * 5000,  # python-whois's own .hk patterns take hours for this
        "[Administrative Contact]\n x y z\n" * 2000,  # and its .jp ones for ever
        "Registrar\n" * 6000,
        "Created on.." * 5000,
        "".join(f"Creation Date: 20{n % 90 + 10}-03-17T12:{n % 60:02d}:05Z\n" for n in range(1500)),
    ],
    ids=["letters", "addresses", "lines", "names", "contacts", "registrars", "dots", "dates"],
)
def test_no_answer_takes_long_to_read(tld: str, text: str) -> None:
    start = time.process_time()
    read_whois(f"a.{tld}", text, TODAY)
    assert time.process_time() - start < 3  # measured 0.04


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("Domain Status: clientHold https://icann.org/epp#clientHold\n", ("client hold",)),
        ("Domain Status: ok https://icann.org/epp#ok\nDomain Status: OK\n", ("active",)),
        ("   Status: clientTransferProhibited, serverHold\n", ("client transfer prohibited", "server hold")),
        ("state: REGISTERED, DELEGATED, VERIFIED\n", ()),
        ("Domain Status: pendingDelete\nDomain Status: redemptionPeriod\n", ("pending delete", "redemption period")),
        ("Domain Status:\nDomain Status: <script>\n", ()),
        ("Domain Status: clientHold\n" * 400, ("client hold",)),
    ],
)
def test_status_codes_are_told_in_the_words_of_rdap(lines: str, codes: tuple[str, ...]) -> None:
    said = read_whois("a.com", COM + lines, TODAY)
    assert isinstance(said, Registration) and said.status == codes
