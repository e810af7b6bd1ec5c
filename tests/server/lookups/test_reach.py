"""What /readyz tells of the outside."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from server.lookups.answer import Found, NotFound, Registration, Unknown
from server.lookups.domain import DomainLookups
from server.lookups.ports import NoName, Records, Trouble
from server.lookups.reach import Reach
from server.settings import Settings
from tests.peers.fakes import Egress, MovableClock, TableResolver, eventually
from tests.peers.world import Domain, World

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FINE = Found(Registration(), "rdap:x", NOW, 60.0)


def test_nothing_is_said_before_anything_was_tried() -> None:
    reach = Reach()
    reach.note("rdap", None)
    reach.note("whois", Unknown("not_published", "whois", NOW))
    assert reach.states() == {"rdap": "unknown", "whois": "unknown"}


def test_one_hung_registry_among_good_ones_proves_nothing() -> None:
    reach = Reach()
    reach.note("rdap", FINE)
    reach.note("rdap", Unknown("timed_out", "rdap:y", NOW))
    reach.note("whois", Unknown("refused", "whois:y", NOW))
    assert reach.states() == {"rdap": "reached", "whois": "failing"}
    reach.note("whois", NotFound("whois:z", NOW, 60.0))
    assert reach.states()["whois"] == "reached"


class Probed(TableResolver):
    """A name server of a certain kind."""

    def __init__(self, state: str) -> None:
        super().__init__({})
        self.state = state

    def ask(self, name: str, *_: object) -> object:  # type: ignore[override]
        match self.state, name:
            case "honest", "com":
                return Records(("x",), 60)
            case "honest" | "denies", _:
                return NoName(60)
            case "invents", _:
                return Records(("10.9.9.9",), 60)
            case _:
                return Trouble("timed_out")


@pytest.mark.parametrize("state", ["honest", "invents", "denies", "silent"])
def test_the_name_server_is_probed_behind_the_callers_back(state: str) -> None:
    door = DomainLookups(Egress(), resolver=Probed(state))
    assert door.outside()["resolver"] in ("unknown", state)
    eventually(lambda: door.outside()["resolver"] == state)


def test_a_name_server_that_comes_back_is_noticed_without_any_mail() -> None:
    clock, server = MovableClock(), Probed("silent")
    door = DomainLookups(Egress(), resolver=server, clock=clock)
    eventually(lambda: door.outside()["resolver"] == "silent")
    server.state = "honest"
    clock.ahead += 61
    eventually(lambda: door.outside()["resolver"] == "honest")


@pytest.mark.peers
def test_a_report_shows_which_ways_are_open() -> None:
    with World({"a.com": Domain(), "b.net": Domain(registry="hang"), "c.org": Domain(registry="whois")}) as world:
        door = DomainLookups(Settings.from_env(world.settings))
        assert door.outside()["rdap"] == "unknown"
        door.report("c.org", "c.org", deadline_s=20)
        assert door.outside() == {"resolver": "honest", "rdap": "failing", "whois": "reached"}
        door.report("a.com", "a.com", deadline_s=20)
        assert door.outside()["rdap"] == "reached"
