"""Every case inside shared_rules/, on the server's engine. The browser's engine runs the same (build/cases.json)."""

from __future__ import annotations

from typing import Any

import pytest

from server.evidence.language import language
from server.rulebook.cases import mistake
from server.rulebook.errors import Problem, RulebookError


def test_case(named_case: Any) -> None:
    if isinstance(named_case, RulebookError | Problem):
        pytest.fail(str(named_case), pytrace=False)
    rulebook, owner, case = named_case
    wrong = mistake(rulebook, owner, case, lambda text: language(text, rulebook.tables))
    if wrong:
        pytest.fail(f"{owner.file}: {wrong}", pytrace=False)
