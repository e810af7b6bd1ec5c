"""Names that a search can use."""

from __future__ import annotations

import pytest

from server.judging.search_person import searchable

TITLES = frozenset(("mr", "mrs", "miss", "dr", "sir", "herr"))


@pytest.mark.parametrize(
    ("signed", "shown", "name"),
    [
        ("Ann Lee", "", "Ann Lee"),
        ("Mr. Ann Lee", "", "Ann Lee"),
        ("Ann", "Ann Lee", "Ann Lee"),
        ("Ann", "Importer GmbH", ""),
        ("Mr Wang", "Mr Wang", ""),
        ("Wang Sir", "", ""),
        ("Mr", "Mr", ""),
        ("", "Dr. Felix Udo", "Felix Udo"),
        ("王伟", "", "王伟"),
        ("王伟先生", "", "王伟"),
        ("王先生", "", ""),
        ("小何", "", ""),
        ("小何", "He Xiaoming", "He Xiaoming"),
        ("", "小何", ""),
        ("老王", "", ""),
        ("阿强", "", ""),
        ("王总", "", ""),
        ("陈小姐", "", ""),
        ("小林健", "", "小林健"),
        ("张建工", "", "张建工"),
        ("欧阳经理", "", ""),
    ],
)
def test_who_can_be_searched_for(signed: str, shown: str, name: str) -> None:
    assert searchable(signed, shown, TITLES) == name
