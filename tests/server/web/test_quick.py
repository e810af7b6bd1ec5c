"""The quick check of a request takes nothing that the schema refuses, and makes of the rest what the schema makes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from server.web.quick import NotPlain, quick
from server.web.schemas import VetRequestSchema
from tests.server.web.test_reading import GOOD

SCHEMA = VetRequestSchema()
LOAD = quick(SCHEMA)
TEXT = st.text(max_size=12) | st.sampled_from(["en", "zh_CN", "a@b.example", "USD", "Asia/Shanghai", "DE", "x" * 2001])
LEAF = st.none() | st.booleans() | st.integers(-2, 10_001) | st.floats(allow_nan=True) | TEXT
ADDRESS = TEXT | st.dictionaries(st.sampled_from(["address", "name", "other"]), TEXT)
ROW = st.dictionaries(
    st.sampled_from(["text", "href", "name", "size", "sender", "date", "subject", "outgoing", "html", "other"]),
    LEAF | ADDRESS,
)
CONTEXT = st.dictionaries(
    st.sampled_from(
        ["order_amount", "currency", "country", "timezone", "working_days", "visited_us", "level_override"]
    ),
    LEAF | st.lists(LEAF, max_size=3) | st.dictionaries(st.sampled_from(["level", "reason"]), LEAF),
)
VALUE = LEAF | ADDRESS | ROW | CONTEXT | st.lists(LEAF | ADDRESS | ROW | st.lists(TEXT, max_size=3), max_size=4)
REQUEST = st.dictionaries(st.sampled_from([*SCHEMA.fields, "nonsense"]), VALUE, max_size=4)


def outcome(load: Any, request: Any) -> Any:
    try:
        return load(request)
    except (NotPlain, ValidationError) as error:
        return type(error)


@given(REQUEST | VALUE)
def test_it_agrees_with_the_schema(request: Any) -> None:
    found = outcome(LOAD, request)
    if found is not NotPlain:
        assert found == SCHEMA.load(request)


@pytest.mark.parametrize("name", GOOD)
def test_what_clients_send_is_plain(name: str) -> None:
    assert LOAD(GOOD[name]) == SCHEMA.load(GOOD[name])


@pytest.mark.parametrize(
    "request_",
    [{"subject": None}, {"reply_to": [None]}, {"links": [{}]}, {"links": {}}, {"subject": "x" * 2001}, 7, []],
)
def test_what_the_schema_refuses_is_not_plain(request_: Any) -> None:
    assert outcome(LOAD, request_) is NotPlain
