"""Host names: organisational domain, twins, imitation."""

from __future__ import annotations

import pytest

from server.evidence.imitation import imitates_brand
from server.evidence.lexicon import Lexicon
from server.evidence.names import are_twins, imitates, is_free, official_brand, org_domain


@pytest.mark.parametrize(
    ("host", "org"),
    [
        ("mail.acme.co.uk", "acme.co.uk"),
        ("acme.com", "acme.com"),
        ("a.b.acme.com.cn", "acme.com.cn"),
        ("shop.github.io", "shop.github.io"),
        ("x.www.ck", "www.ck"),
        ("a.b.ck", "a.b.ck"),
        ("firma.公司.cn", "firma.公司.cn"),
        ("firma.xn--55qx5d.cn", "firma.xn--55qx5d.cn"),
        ("co.uk", "co.uk"),
        ("192.0.2.7", "192.0.2.7"),
        ("host.unknowntld", "host.unknowntld"),
        ("Acme.COM.", "acme.com"),
        ("", ""),
    ],
)
def test_organisational_domain(host: str, org: str, lexicon: Lexicon) -> None:
    assert org_domain(host, lexicon) == org


@pytest.mark.parametrize(
    ("one", "other", "twins"),
    [
        ("acme.com", "acme.com.cn", True),
        ("acme.cn", "mail.acme.co.uk", True),
        ("acme.com", "acme.co", False),
        ("acme.com", "acme.top", False),
        ("acme.com", "acme-group.com", False),
    ],
)
def test_twins_are_country_versions_of_one_name(one: str, other: str, twins: bool, lexicon: Lexicon) -> None:
    assert are_twins(one, other, lexicon) is twins


@pytest.mark.parametrize(
    ("host", "target", "imitated"),
    [
        ("bluewharff-logistics.example", "bluewharf-logistics.example", True),
        ("haorunvaive.com", "haorunvalve.com", True),
        ("acrne.com", "acme.com", True),
        ("blue-wharf.com", "bluewharf.com", True),
        ("acmevalve.co", "acmevalve.com", True),
        ("acmevalve.com.cn", "acmevalve.com", False),
        ("mail.acmevalve.com", "acmevalve.com", False),
        ("hotel22.com", "hotel21.com", False),
        ("139.com", "189.com", False),
        ("ymail.com", "gmail.com", False),
        ("abc.com", "abb.com", False),
        ("completely-other.com", "acmevalve.com", False),
        ("аcmevalve.com", "acmevalve.com", True),
        ("xn--cmevalve-2fg.com", "acmevalve.com", True),
    ],
)
def test_imitation(host: str, target: str, imitated: bool, lexicon: Lexicon) -> None:
    assert imitates(host, target, lexicon) is imitated


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("wa1mart.com", "walmart.com"),
        ("siemenss.com", "siemens.com"),
        ("siemens.shop", "siemens.com"),
        ("dhll.com", "dhl.com"),
        ("siemens.pl", ""),
        ("mail.siemens.com", ""),
        ("dhg.com", ""),
        ("apple.org", ""),
        ("maple.com", ""),
        ("gmail.com", ""),
    ],
)
def test_imitated_brand(host: str, domain: str, lexicon: Lexicon) -> None:
    found = imitates_brand(host, lexicon)
    assert (found[1] if found else "") == domain


@pytest.mark.parametrize("host", ["t-online.de", "hinet.net", "vip.163.com", "gmail.com", "mail.ru"])
def test_isp_and_vip_mail_is_free(host: str, lexicon: Lexicon) -> None:
    assert is_free(host, lexicon)


@pytest.mark.parametrize("host", ["alibaba.com", "mailinator.com", "acme.com"])
def test_platforms_and_disposables_are_not_free(host: str, lexicon: Lexicon) -> None:
    assert not is_free(host, lexicon)


def test_a_subdomain_of_an_official_domain_is_official(lexicon: Lexicon) -> None:
    brand = official_brand("message.service.alibaba.com", lexicon)
    assert brand is not None and brand.name == "Alibaba"
