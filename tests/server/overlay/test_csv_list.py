"""List files as people save them."""

from __future__ import annotations

from datetime import date

import pytest

from server.overlay.csv_list import decode, read_list, read_plain, tidy


@pytest.mark.parametrize(
    "text",
    [
        "entry,reason,author,added,expires\nEvil.example,fake PO,李伟,2026-03-01,2027-03-31\n",
        "evil.example,fake PO,李伟,2026-03-01,2027-03-31",
        "entry;reason;author;added;expires\r\n@evil.example;fake PO;李伟;2026-03-01;2027/3/31\r\n",
        "邮箱或域名\t到期日\t原因\t添加人\t添加日期\nevil.example.\t2027.3.31\tfake PO\t李伟\t2026-03-01\n",
        '# our list\n\nexpires,entry,reason,author,added\n2027-03-31,evil.example,"fake PO",李伟,2026-03-01\n',
    ],
    ids=["plain", "no header", "semicolons", "tabs and Chinese names", "other order"],
)
def test_one_entry_in_many_forms(text: str) -> None:
    entries, problems = read_list("block.csv", text)
    assert problems == []
    entry = entries[0]
    assert (entry.entry, entry.reason, entry.author, entry.added, entry.expires) == (
        "evil.example", "fake PO", "李伟", "2026-03-01", date(2027, 3, 31),
    )  # fmt: skip


def test_bad_lines_are_named_and_good_ones_kept() -> None:
    text = 'entry,expires\ngood.example,\nnot an entry,\nx.example,soon\ny.example,2026-02-30\n"open,\nz.example,\n'
    entries, problems = read_list("known.csv", text)
    assert [entry.entry for entry in entries] == ["good.example", "z.example"]
    assert [problem.split(": ")[0] for problem in problems] == [f"known.csv:{line}" for line in (3, 4, 5, 6)]
    assert "'soon' is not a date like 2027-03-31" in problems[1]


@pytest.mark.parametrize("data", ["原因".encode(), "\ufeff原因".encode(), "原因".encode("gb18030")])
def test_code_pages(data: bytes) -> None:
    assert decode(data) == "原因"


@pytest.mark.parametrize("data", [b"a\0b", b"x" * (8 * 1024 * 1024 + 1)], ids=["binary", "huge"])
def test_no_text(data: bytes) -> None:
    with pytest.raises(ValueError):
        decode(data)


@pytest.mark.parametrize(
    ("raw", "entry"),
    [
        ("Ann@Evil.Example", "ann@evil.example"),
        ("@evil.example", "evil.example"),
        ("例子.中国", "xn--fsqu00a.xn--fiqs8s"),
        ("a+b@mail.evil.example", "a+b@mail.evil.example"),
    ],
)
def test_tidy(raw: str, entry: str) -> None:
    assert tidy(raw) == entry


@pytest.mark.parametrize("raw", ["", "com", "a b.example", "http://evil.example", "*.example", "a@b@", "evil..example"])
def test_neither_address_nor_domain(raw: str) -> None:
    with pytest.raises(ValueError, match="neither a mail address nor a domain"):
        tidy(raw)


def test_own_domains() -> None:
    names, problems = read_plain("own_domains.txt", "# us\nOurs.example  # main\nsales@qq.com\n\nnot one\n")
    assert names == ["ours.example", "sales@qq.com"]
    assert problems == ["own_domains.txt:5: 'not one' is neither a mail address nor a domain"]
