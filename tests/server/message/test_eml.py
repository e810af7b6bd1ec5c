"""Reading mail files: our samples in tests/mail, broken ones, hostile ones."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.message.eml import MessageError, read_eml
from server.model import Address, Message

MAIL = Path(__file__).resolve().parents[2] / "mail"


def read(name: str) -> Message:
    return read_eml((MAIL / f"{name}.eml").read_bytes())


def test_a_plain_mail() -> None:
    mail = read("plain")
    assert mail.sender == Address("helga.brandt@brandt-armaturen.example", "Helga Brandt")
    assert [entry.address for entry in mail.recipients or ()] == [
        "amy@ours.example",
        "sales@ours.example",
        "boss@ours.example",
    ]
    assert mail.reply_to == () and mail.sent_by is None and mail.attachments == () and mail.missing == ()
    assert "500 Stück Kugelhahn" in (mail.text or "")
    assert ("Message-ID", "<1@brandt-armaturen.example>") in (mail.headers or ())


def test_chinese_charsets() -> None:
    mail = read("gb18030")
    assert mail.sender and mail.sender.name == "王经理"
    assert mail.subject == "询盘"
    assert mail.date == "yesterday, maybe"
    assert "金禾贸易有限公司" in (mail.text or "")
    assert "請報價" in (read("big5_undeclared").text or "")


def test_an_unknown_charset_is_guessed() -> None:
    assert "Größe 50, bitte 20 Stück" in (read("wrong_charset").text or "") or "20 St" in (
        read("wrong_charset").text or ""
    )


def test_html_only() -> None:
    mail = read("html_only")
    text = mail.text or ""
    assert "Dear supplier,\n\nplease see https://portal.acme.example/order" in text
    assert "Item\tQty\nValve\t20" in text
    assert "hidden" not in text and "color" not in text
    assert [(link.text, link.href) for link in mail.links or ()] == [
        ("https://portal.acme.example/order", "https://acme-login.example/?e=x")
    ]
    assert mail.recipients == ()
    assert mail.sent_by == "bulk@mailer.example"
    assert mail.reply_to == (Address("orders@acme-orders.example", "Orders"),)


@pytest.mark.parametrize(
    ("name", "words"), [("stub_beside_html", "ball valves"), ("other_mail_in_html", "password expires")]
)
def test_html_that_says_more_than_the_plain_part_is_read(name: str, words: str) -> None:
    assert words in (read(name).text or "")


def test_parts_and_attachments() -> None:
    mail = read("attachments")
    assert mail.sender == Address("j@acme.example", "Jürgen")
    assert mail.subject == "Zeichnung für Ø50"
    assert mail.text == "Please see the drawing and the mail attached.\n\nSecond text part."
    names = [entry.name for entry in mail.attachments or ()]
    assert names == ["Zeichnung Ø 50.pdf", "合同.exe", "notes.txt", "unnamed.eml"]
    assert (mail.attachments or ())[0].size == 16


def test_a_mail_without_sender() -> None:
    mail = read("no_from")
    assert mail.sender is None
    assert mail.recipients == ()
    assert (mail.text or "").strip() == "Hello."


def test_a_very_deep_mail_says_what_was_not_read() -> None:
    assert "attachments" in read("nested").missing


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Outlook"),
        (b"Just a letter\nwithout headers", "no mail file"),
        (b"\x00" * 100, "no mail file"),
        (b"From: a@b.c\n\n" + b"x" * 2000, "larger"),
    ],
)
def test_what_is_no_mail_is_refused_in_plain_words(data: bytes, words: str) -> None:
    with pytest.raises(MessageError) as caught:
        read_eml(data, limit=1000)
    assert words in caught.value.message
    assert caught.value.field == "message"


def test_streams_mbox_lines_and_byte_order_marks() -> None:
    data = b"\xef\xbb\xbfFrom: a@b.example\r\nSubject: x\r\n\r\nhello"
    assert read_eml(io.BytesIO(data)).text == "hello"
    assert read_eml(b"From a@b Mon Nov 2 2026\nFrom: a@b.example\n\nhello").sender == Address("a@b.example")


def test_headers_are_unfolded_and_capped() -> None:
    many = "".join(f"X-A{number}: {number}\n" for number in range(500))
    mail = read_eml(f"From: a@b.example\nX-Long: one\n\ttwo\n  three\nX-Huge: {'y' * 9000}\n{many}\nbody".encode())
    headers = dict(mail.headers or ())
    assert headers["X-Long"] == "one two three"
    assert len(headers["X-Huge"]) == 4000
    assert len(mail.headers or ()) == 200


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ('"Doe, Jane" <jane@acme.example>', Address("jane@acme.example", "Doe, Jane")),
        ("JANE@ACME.example", Address("jane@acme.example")),
        ("=?utf-8?q?J=C3=A4n?= =?utf-8?q?e?= <jane@acme.example>", Address("jane@acme.example", "Jäne")),
        ("=?bad?x?y?= <jane@acme.example>", Address("jane@acme.example", "=?bad?x?y?=")),
        ("(" * 3000 + " jane@acme.example", Address("jane@acme.example")),
        ("<>", None),
        ("nobody", None),
    ],
)
def test_from(header: str, address: Address | None) -> None:
    assert read_eml(f"From: {header}\nSubject: x\n\nbody".encode()).sender == address


HEADERS = st.lists(
    st.sampled_from(
        [b"From: a@b.example\n", b"Content-Type: multipart/mixed; boundary=x\n", b"Content-Type: text/html; charset=utf-7\n", b"--x\n",
         b"--x--\n", b"\n", b"\r\n", b"Content-Transfer-Encoding: base64\n", b"Content-Type: text/plain; charset=punycode\n",
         b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*1=a\n", b"Subject: =?utf-16?b?AA=?=\n",
         b"Content-Type: multipart/alternative; boundary=\"x\n", b"From: (((\n", b"To: a@b, \"x\" <c@d>, :;\n", b" folded\n"]
    )
    | st.binary(max_size=20),
    max_size=30,
).map(b"".join)  # fmt: skip


@pytest.mark.parametrize("head", [b"Content-Type: text/plain; charset=iso\0-8859-1", b"Subject: =?utf\0-8?q?a?="])
def test_a_charset_with_a_nul_is_guessed(head: bytes) -> None:
    assert read_eml(b"From: a@b.example\n" + head + b"\n\nSch\xc3\xb6n").text == "Schön"


@given(HEADERS)
def test_nothing_but_a_message_error(data: bytes) -> None:
    try:
        mail = read_eml(b"Subject: x\n" + data)
    except MessageError:
        return
    assert len(mail.headers or ()) <= 200


MEGA = 8 << 20


@pytest.mark.parametrize(
    "piece",
    [
        b"a: b\n",
        b"\n",
        b"--x\n",
        b"--x\nContent-Type: multipart/mixed; boundary=x\n\n",
        b"\r",
        b"=",
        b"<div>",
        b";",
        b"\xff",
        b" \n",
    ],
    ids=repr,
)
def test_a_large_file_of_anything_is_read_in_no_time(piece: bytes) -> None:
    head = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n"
    start = time.process_time()
    read_eml(head + piece * (MEGA // len(piece)))
    read_eml(b"From: a@b.example\n" + piece * (MEGA // len(piece)))
    assert time.process_time() - start < 6
