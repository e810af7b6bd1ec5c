"""The name of a known person above an address that is not his."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.evidence.known_people import person_of
from server.evidence.lists import list_facts
from server.evidence.mail import Mail
from server.model import Evidence, ListHits

ReadMail = Callable[..., Mail]
PEOPLE = (
    ("kari.hansen@acme.no", ""),
    ("purchase@nordwind.de", "Jürgen Maß"),
    ("wang88@163.com", "王小明"),
    ("info@other.com", ""),
    ("li.wei@firm-a.com", ""),
    ("li.wei@firm-b.com", "Wei Li"),
)


def of(mail: ReadMail, sender: str, person: str = "", known: str = "") -> object:
    evidence = Evidence()
    evidence.put("identity.person", person)
    list_facts(mail(sender=sender), evidence, ListHits(known=known, known_people=PEOPLE))
    return evidence.get("lists.known_person")


@pytest.mark.parametrize(
    ("sender", "person", "found"),
    [
        ("Kari Hansen <kari.hansen88@gmail.com>", "", "kari.hansen@acme.no"),
        ("HANSEN, Kari <k@mail-acme.com>", "", "kari.hansen@acme.no"),
        ("Sales <x@gmail.com>", "Kari Hansen", "kari.hansen@acme.no"),
        ("Jurgen Mass <j@gmail.com>", "", ""),
        ("Jürgen Maß <j@gmail.com>", "", "purchase@nordwind.de"),
        ("王小明 <wang@qq.com>", "", "wang88@163.com"),
        ("王 <wang@qq.com>", "", ""),
        ("Kari Hansen <kari@acme.no>", "", ""),  # a second mailbox of the same firm
        ("Kari Hansen <kari@acme.com>", "", ""),  # and of its twin
        ("Kari <kari@gmail.com>", "Kari", ""),
        ("Kari Olsen <kari@gmail.com>", "", ""),
        ("Kari Hansen Berg <kari@gmail.com>", "", ""),
        ("kari.hansen@acme.no <evil@gmail.com>", "", ""),  # display_name_is_address says that
        ("Wei Li <wei.li@firm-b.com>", "", ""),
        ("", "Kari Hansen", None),
    ],
)
def test_a_known_name_from_elsewhere(sender: str, person: str, found: str | None, mail: ReadMail) -> None:
    assert of(mail, sender, person) == found


def test_a_listed_sender_is_himself(mail: ReadMail) -> None:
    assert of(mail, "Kari Hansen <kari.hansen88@gmail.com>", known="kari.hansen88@gmail.com") == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Kari Hansen", {"kari", "hansen"}),
        ("Dr. José  Peña-Ruiz", {"jose", "pena", "ruiz"}),
        ("Info Info", set()),
        ("A B", set()),
        ("Purchasing Department Of Acme Trading International", set()),
        ("x" * 500, set()),
        ("王小明 (Michael)", {"王小明"}),
        ("", set()),
    ],
)
def test_who_a_name_is(name: str, words: set[str]) -> None:
    assert person_of(name) == words
