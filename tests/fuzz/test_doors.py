"""Random mails through every door: a verdict or a documented refusal, nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import doors
from tests.fuzz.pieces import HEADERS, HTML, VALUES, WORDS

BOUNDED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

words = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=12)), max_size=14).map(" ".join)
page = st.lists(st.one_of(st.sampled_from(HTML), words), max_size=10).map("".join)
field = st.one_of(st.sampled_from(HEADERS), st.text(max_size=40))
value = st.one_of(st.sampled_from(VALUES), words)
address = st.one_of(value, st.fixed_dictionaries({"address": value}, optional={"name": value}))
body = st.fixed_dictionaries({}, optional={"text": words, "html": page})
pair = st.tuples(st.sampled_from(["Received", "Date", "Authentication-Results", "X", "List-Id"]), value).map(list)
numbers = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.text(max_size=4), max_size=2)
)

mail = st.fixed_dictionaries(
    {},
    optional={
        "lang": st.sampled_from(["en", "zh_CN"]),
        "sender": address,
        "sent_by": value,
        "reply_to": st.lists(address, max_size=3),
        "recipients": st.lists(address, max_size=3),
        "own_domains": st.lists(value, max_size=2),
        "subject": words,
        "date": value,
        "body": body,
        "quoted_text": words,
        "links": st.lists(st.fixed_dictionaries({"href": value}, optional={"text": words}), max_size=3),
        "attachments": st.lists(st.fixed_dictionaries({"name": value}, optional={"size": numbers}), max_size=3),
        "headers": st.lists(pair, max_size=4),
        "thread": st.lists(st.fixed_dictionaries({}, optional={"sender": address, "text": words}), max_size=2),
        "context": st.dictionaries(st.sampled_from(["order_amount", "country", "currency", "arrears_days", "arrears_history", "checks", "timezone"]), numbers, max_size=3),
        "missing": st.lists(st.sampled_from(["body", "headers", "sender"]), max_size=2),
    },
)  # fmt: skip


@given(mail)
@BOUNDED
def test_requests(given_mail: dict[str, object]) -> None:
    doors.request(doors.as_json(given_mail))


@given(
    st.dictionaries(
        st.sampled_from(["sender", "reply_to", "subject", "body", "attachments"]),
        st.one_of(words, value, numbers, st.lists(value, max_size=2)),
        max_size=5,
    )
)
@BOUNDED
def test_rows(given_row: dict[str, object]) -> None:
    doors.row(doors.as_json(given_row))


@given(st.lists(field, max_size=8), st.one_of(words, page), st.binary(max_size=30))
@BOUNDED
def test_mail_files(fields: list[str], letter: str, noise: bytes) -> None:
    block = "\r\n".join(fields).encode("utf-8", "replace")
    part = b"\r\n--b\r\nContent-Type: text/html\r\n\r\n" if b"boundary=b" in block else b""
    doors.eml(block + b"\r\n\r\n" + part + letter.encode("utf-8", "replace") + noise)


@given(page, st.binary(max_size=20))
@BOUNDED
def test_pages(given_page: str, noise: bytes) -> None:
    doors.html(given_page.encode("utf-8", "replace") + noise)


@given(st.lists(field, max_size=8), st.binary(max_size=30))
@BOUNDED
def test_headers(fields: list[str], noise: bytes) -> None:
    doors.headers("\r\n".join(fields).encode("utf-8", "replace") + noise)


@given(words)
@BOUNDED
def test_letters(letter: str) -> None:
    assert doors.text(letter.encode("utf-8", "replace")) is not None


@given(st.binary(max_size=200))
@BOUNDED
@pytest.mark.parametrize("door", sorted(doors.DOORS))
def test_noise(door: str, noise: bytes) -> None:
    doors.DOORS[door](noise)
