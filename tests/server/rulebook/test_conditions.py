"""Conditions: three answers, and everything that a rule may not write."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.rulebook.condition_types import Vocabulary
from server.rulebook.conditions import ConditionError, compile_condition, context

WORDS = Vocabulary(
    {
        "sender.free": "bool",
        "sender.name": "string",
        "sender.age": "int",
        "sender.share": "number",
        "sender.list": "list",
    },
    frozenset(("pay",)),
    frozenset(("other",)),
)
KNOWN: dict[str, dict[str, Any]] = {"sender": {"free": True, "name": "Li", "age": 5, "share": 0.5, "list": ["a.com"]}}


def answer(text: str, known: dict[str, dict[str, Any]]) -> bool | None:
    variables = context(("sender",), known, {"pay": ["x"]} if known else {}, {"other": True} if known else {})
    return compile_condition(text, WORDS).evaluate(variables)


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("sender.free", True, None),
        ("!sender.free", False, None),
        ("sender.free || true", True, True),
        ("true || sender.free", True, True),
        ("sender.free && false", False, False),
        ("sender.age < 6 && sender.share > 0", True, None),
        ("sender.age >= 5.5", False, None),
        ("sender.name == 'Li' && sender.name != \"\"", True, None),
        ("sender.name in ['Li', 'Wu']", True, None),
        ("'a.com' in sender.list", True, None),
        ("sender.list.size() + phrases.pay.size() >= 2", True, None),
        ("sender.list.exists(x, x.endsWith('.com'))", True, None),
        ("sender.name.contains('i') ? sender.free : false", True, None),
        ("phrases.pay.size() > 0 || fired.other", True, None),
        ("(fired.other ? 1 : 0) + (sender.free ? 1 : 0) == 2", True, None),
    ],
)
def test_true_false_and_not_checked(text: str, known: bool, unknown: bool | None) -> None:
    assert answer(text, KNOWN) is known
    assert answer(text, {}) is unknown


FACTS = st.sampled_from(
    [
        "sender.free",
        "!sender.free",
        "sender.name != ''",
        "sender.name == 'Li'",
        "sender.name in ['Li', 'Wu']",
        "sender.name.size() > 1",
        "sender.age < 6",
        "sender.age >= 0.5",
        "sender.share != 1",
        "sender.list.size() == 0",
        "sender.list.size() + sender.name.size() > 1",
        "sender.age + sender.list.size() + 1 <= 6",
        "phrases.pay.size() > 0",
        "fired.other",
        "true",
        "false",
    ]
)
CONDITIONS = st.recursive(
    FACTS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"!({part})"),
    ),
    max_leaves=6,
)
VALUES: dict[str, list[Any]] = {
    "free": [True, False],
    "name": ["", "Li", "Wang"],
    "age": [0, 5, 7],
    "share": [0.5, 1.0],
    "list": [[], ["a.com"]],
}
SENDERS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})


@given(CONDITIONS, SENDERS, st.sampled_from([{}, {"pay": []}, {"pay": ["x"]}]), st.sampled_from([{}, {"other": False}]))
@settings(max_examples=400, deadline=None)
def test_plain_conditions_answer_as_cel_does(
    text: str, sender: dict[str, Any], phrases: dict[str, list[str]], fired: dict[str, bool]
) -> None:
    condition = compile_condition(text, WORDS)
    variables = context(("sender",), {"sender": sender}, phrases, fired)
    assert condition.direct is not None
    assert condition.evaluate(variables) is condition.by_cel(variables), (text, sender, phrases, fired)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sender.fre", "did you mean sender.free"),
        ("phrases.pays.size() > 0", "did you mean pay"),
        ("fired.nothing", "unknown rule"),
        ("sender.name", "not true or false"),
        ("sender.name && true", "needs a bool"),
        ("sender.name < 'x'", "does not join"),
        ("sender.free == 1", "does not join"),
        ("sender.age + sender.share > 1", "does not join"),
        ("sender.age in ['x']", "does not join"),
        ("has(sender.free)", "not allowed"),
        ("sender.name == null", "not allowed"),
        ("size(sender.list) > 0", "write value.size()"),
        ("sender.name.matches('x')", "not allowed"),
        ("sender.age.size() > 0", "needs a string or a list"),
        ("sender.list[0] == 'a'", "expected"),
        ("sender.age - 1 > 0", "expected"),
        ("sender.free &&", "the end"),
        ("sender", "group.name"),
        ("sender.free.deep", "group.name"),
        ("[] == []", "at least one"),
        ("sender.list.exists(x, y == 'a')", "group.name"),
        ("sender.free ? 1 : 'x'", "differ"),
        ("(" * 80 + "true" + ")" * 80, "too deep"),
        ("sender.name == 'a\\'b'", "expected"),
    ],
)
def test_refused(text: str, words: str) -> None:
    with pytest.raises(ConditionError) as caught:
        compile_condition(text, WORDS)
    assert words in str(caught.value)


def test_combos_only_read_fired() -> None:
    with pytest.raises(ConditionError, match="combos only"):
        compile_condition("fired.other", Vocabulary(WORDS.facts, WORDS.sets))


def test_uses_in_order_of_appearance() -> None:
    found = compile_condition(
        "sender.name == 'x' || phrases.pay.size() > 0 && (sender.free || fired.other)", WORDS
    ).uses
    assert (found.facts, found.sets, found.fired) == (["sender.name", "sender.free"], ["pay"], ["other"])
