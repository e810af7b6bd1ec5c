"""The founding year in the languages of the rules, and the comparison with the domain's date."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.evidence.founding import founding_facts
from server.evidence.mail import Mail
from server.model import Evidence

Facts = Callable[..., Evidence]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("We were established in 2003 in Hamburg.", 2003),
        ("Blue Wharf, founded 1987, trades steel.", 1987),
        ("Importer of valves since 1998 | www.acme.com", 0),
        ("Acme Ltd, since 1998", 1998),
        ("We are in the business since 1998.", 1998),
        ("我司成立于2003年，主营阀门。", 2003),
        ("公司1998年成立。", 1998),
        ("Empresa fundada en 1975.", 1975),
        ("Empresa fundada em 1990.", 1990),
        ("Société fondée en 1962.", 1962),
        ("Familienbetrieb, gegründet 1921.", 1921),
        ("Компания основана в 1995 году.", 1995),
        ("1980 yılında kurulan firmamız", 1980),
        ("تأسست عام 1999", 1999),
        ("I saw that your company was established in 2003.", 0),
        ("贵司成立于2003年。", 0),
        ("We have been waiting since 2024.", 0),
        ("Model 1998, founded on trust.", 0),
    ],
)
def test_founded_year(text: str, year: int, facts: Facts) -> None:
    found = facts(founding_facts, text=text)
    assert found.get("identity.founded_year") == year
    assert ("identity.founded_year" in found.quotes) is (year > 0)


@pytest.mark.parametrize(
    ("text", "created", "against"),
    [
        ("Founded in 1998.", "2026-01-20", "1998 against 2026-01"),
        ("Founded in 1998.", "1999-05-01", ""),
        ("Founded in 2024.", "2026-01-20", ""),
        ("Hello.", "", ""),
        ("Founded in 1998.", "", None),
    ],
    ids=["much-younger", "as-old", "within-three-years", "no-year", "no-date"],
)
def test_against_the_domain(text: str, created: str, against: str | None, mail: Callable[..., Mail]) -> None:
    evidence = Evidence()
    if created:
        evidence.put("domain.created", created)
    else:
        evidence.miss("domain.created", "offline")
    founding_facts(mail(text=text), evidence)
    assert evidence.get("identity.founding_vs_domain") == against
    if against is None:
        assert evidence.unknown["identity.founding_vs_domain"] == "offline"
