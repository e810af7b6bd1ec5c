"""The sandbox: a template names the given values and nothing else."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from server.letters.template import compiled
from server.rulebook.errors import RulebookError


def test_values_conditions_and_lists() -> None:
    made = compiled(
        "x.txt",
        "{% if name %}\nDear {{ name }}\n{% endif %}\n{% for row in rows %}\n- {{ row }}\n{% endfor %}",
        ["name", "rows"],
    )
    assert made.render(name="Ann", rows=["a", "b"]) == "Dear Ann\n- a\n- b\n"


def test_an_unknown_placeholder_is_named_with_file_and_line() -> None:
    with pytest.raises(RulebookError, match=r"letters/x\.txt:2: unknown placeholder bank_account; there are name"):
        compiled("x.txt", "Dear {{ name }}\n{{ bank_account }}", ["name"])


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.__class__ }}",
        "{{ name['x'] }}",
        "{{ name() }}",
        "{{ name | attr('x') }}",
        "{{ name | safe }}",
        "{{ name | upper }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% block b %}{% endblock %}",
        "{{ name ~ name }}",
        "{{ 9 ** 99 }}",
        "{{ name is defined }}",
        "{% for row in range(9) %}{% endfor %}",
        "{{ loop }}",
        "{{ name",
        "{% nosuchtag %}",
    ],
)
def test_what_a_letter_does_not_need_is_refused(source: str) -> None:
    with pytest.raises(RulebookError, match=r"^letters/x\.txt:1: "):
        compiled("x.txt", source, ["name"])


def test_html_escapes() -> None:
    made = compiled("x.html", "<p>{{ name }}</p>", ["name"], html=True)
    assert made.render(name="<b>&") == "<p>&lt;b&gt;&amp;</p>"


def test_text_does_not() -> None:
    assert compiled("x.txt", "{{ name }}", ["name"]).render(name="A & B") == "A & B"


def test_a_value_that_is_not_given_is_no_empty_string() -> None:
    with pytest.raises(UndefinedError):
        compiled("x.txt", "{{ name }}", ["name"]).render()
