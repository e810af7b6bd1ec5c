"""The cases of shared_rules/, one test each. `pytest tests/rules -k refuses_info` runs one rule's."""

from __future__ import annotations

import pytest

from server.rulebook.cases import all_cases
from server.rulebook.errors import RulebookError
from server.rulebook.load import load_sound_part


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each case (`content/some_rule: fires 1`) and for each mistake, so that one bad file hides no other."""
    if "named_case" not in metafunc.fixturenames:
        return
    try:
        rulebook, problems = load_sound_part()
    except RulebookError as error:
        metafunc.parametrize("named_case", [error], ids=["shared_rules/ cannot be read"])
        return
    rows = list(all_cases(rulebook))
    values = [*problems, *((rulebook, owner, case) for _, owner, case in rows)]
    metafunc.parametrize(
        "named_case", values, ids=[*(f"{bad.file}:{bad.line}" for bad in problems), *(row[0] for row in rows)]
    )
