"""The bench and the sample mails, vetted once for all tests of this folder."""

from __future__ import annotations

import pytest

from server.model import Message
from server.rulebook.book import Rulebook
from tests.mail.vetted import HONEST, PATTERNS, Bench, Result, read


@pytest.fixture(scope="session")
def bench(rulebook: Rulebook) -> Bench:
    """Vets messages offline."""
    return Bench(rulebook)


@pytest.fixture(scope="session")
def samples() -> dict[str, Message]:
    """The honest mails and those of the fraud patterns, by file name."""
    return read(HONEST) | read(PATTERNS)


@pytest.fixture(scope="session")
def results(samples: dict[str, Message], bench: Bench) -> dict[str, Result]:
    """What each of them gets as it is."""
    return {name: bench(message) for name, message in samples.items()}
