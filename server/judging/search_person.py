"""The writer's name as a search can use it: a nickname or a title with a surname is anybody's."""

from __future__ import annotations

import re
from collections.abc import Container

_HAN = re.compile("[\u4e00-\u9fff]")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}\Z")
_FAMILIAR = "小老阿"
"""Before one character: a nickname, as 小何. Three characters may be a name, as 小林健."""
_ADDRESSED = re.compile(
    "(先生|女士|小姐|太太|夫人|老师|师傅|老板|经理|总监|主任|部长|厂长|店长|会长|同学|您好|你好)\\Z"
)
_SHORT_TITLES = "总工姐哥叔姨董"
"""Behind a surname alone, as 王总; in a longer name the character may belong to it."""
_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "皇甫", "慕容", "东方", "司徒", "令狐", "端木")
"""Surnames of two characters."""


def searchable(signed: str, shown: str, titles: Container[str]) -> str:
    """The name in the signature, without titles, or the sender's name where that one holds it; "" if both tell nobody.

    `titles`: words before a name, in lower case.
    """
    person = _bare(signed[:120], titles)
    if _HAN.match(person):
        return person
    if " " in person:
        return person
    name = _bare(shown[:60], titles)
    return name if _NAME.match(name) and (not person or person.lower() in name.lower().split()) else ""


def _bare(name: str, titles: Container[str]) -> str:
    """A name without titles around it; "" for a Chinese one that is a surname or nickname only."""
    if _HAN.match(name):
        return _chinese(name)
    words = name.split()
    while len(words) > 1 and (words[0].endswith(".") or words[0].lower() in titles):
        del words[0]
    while len(words) > 1 and words[-1].lower().rstrip(".") in titles:
        del words[-1]
    return " ".join(words)


def _chinese(name: str) -> str:
    name = _ADDRESSED.sub("", name.strip())
    if len(name) < 2 or name in _SURNAMES:
        return ""
    return "" if len(name) == 2 and (name[0] in _FAMILIAR or name[1] in _SHORT_TITLES) else name
