"""Whether the outside can be reached at all, for the admin: what the last answers of each way have shown."""

from __future__ import annotations

from typing import Any, Literal

from server.lookups.answer import Answer, Unknown

Way = Literal["rdap", "whois"]
State = Literal["unknown", "reached", "failing"]


class Reach:
    """One registry that hangs proves nothing; where none has ever answered, the way out is probably blocked."""

    def __init__(self) -> None:
        self._states: dict[Way, State] = {"rdap": "unknown", "whois": "unknown"}

    def note(self, way: Way, answer: Answer[Any] | None) -> None:
        """Take an answer of one way into account; None and what needed no asking say nothing."""
        if answer is None or (isinstance(answer, Unknown) and answer.why in ("not_published", "not_applicable")):
            return
        if not isinstance(answer, Unknown):
            self._states[way] = "reached"
        elif self._states[way] == "unknown":
            self._states[way] = "failing"

    def states(self) -> dict[str, str]:
        """`unknown` (never tried), `reached`, or `failing` (tried, and nobody has answered yet) by way."""
        return {way: state for way, state in self._states.items()}
