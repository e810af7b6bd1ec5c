"""The report: one deadline for all, one look-up for a hundred askers, and hung servers that hold up nobody else."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from server.lookups.answer import Found, MailHosts, NotFound, Registration, Unknown
from server.lookups.domain import DomainLookups, Limits
from server.lookups.report import KINDS, DomainReport
from server.settings import Settings
from tests.peers.fakes import Egress, TableResolver, eventually
from tests.peers.world import Domain, World

pytestmark = pytest.mark.peers
GOOD = "nordwind-tools.com"
DNS_KINDS = ("mx", "address", "ns", "spf", "dmarc", "mta_sts")


def lookups(world: World, limits: Limits | None = None) -> DomainLookups:
    return DomainLookups(Settings.from_env(world.settings), limits=limits)


def whys(report: DomainReport) -> dict[str, str]:
    return {kind: answer.why for kind, answer in report.answers.items() if isinstance(answer, Unknown)}


def open_kinds(report: DomainReport) -> dict[str, str]:
    """Without what this server does not ask for."""
    return {kind: why for kind, why in whys(report).items() if why != "off"}


def test_everything_about_an_honest_company() -> None:
    with World() as world:
        report = lookups(world).report(GOOD, GOOD, deadline_s=20)
        assert report.complete and set(report.answers) == set(KINDS)
        assert whys(report) == {"blocklists": "off", "website": "off"}
        assert all(
            isinstance(answer, Found) for kind, answer in report.answers.items() if kind in (*DNS_KINDS, "registration")
        )
        assert report.answers["mx"].value == MailHosts(("mx1.mail-host.net",))
        assert report.answers["registration"].value == Registration(
            date(2003, 4, 1), date(2031, 4, 1), "Peer Registrar Ltd", ("client transfer prohibited",)
        )
        assert report.exists is True and report.accepts_mail is True


@pytest.mark.parametrize(
    ("host", "exists", "accepts"),
    [
        ("takes-no-mail.com", True, False),
        ("only-address.org", True, True),
        ("never-registered.com", False, False),
        ("broken-dns.net", None, None),
    ],
)
def test_whether_a_domain_exists_and_takes_mail(host: str, exists: bool | None, accepts: bool | None) -> None:
    with World() as world:
        report = lookups(world).report(host, host, deadline_s=20)
        assert (report.exists, report.accepts_mail) == (exists, accepts)


def test_a_mail_host_is_asked_for_itself_and_its_registration_for_the_organisation() -> None:
    with World({"x.com": Domain(), "mail.x.com": Domain(dmarc="", spf="")}) as world:
        report = lookups(world).report("Mail.X.com.", "x.com", deadline_s=20)
        assert isinstance(report.answers["spf"], NotFound)
        assert report.answers["dmarc"].value.domain == "x.com"
        assert world.registry.asked == {("rdap", "x.com"): 1}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "foo.test", "x" * 300, "single"])
def test_what_is_never_looked_up(host: str) -> None:
    with World({}) as world:
        report = lookups(world).report(host, host, deadline_s=20)
        assert report.complete and open_kinds(report) == dict.fromkeys(KINDS, "reserved_name")
        assert not world.dns.asked


def test_one_hung_server_does_not_move_the_deadline_nor_the_other_answers() -> None:
    with World() as world:
        start = time.monotonic()
        report = lookups(world).report("slow-registry.com", "slow-registry.com", deadline_s=2)
        assert 1.9 < time.monotonic() - start < 12
        assert open_kinds(report) == {"registration": "timed_out"}
        assert not report.complete and report.running == {"registration"}


def test_a_silent_name_server_leaves_the_registration() -> None:
    with World({"x.com": Domain(dns="hang")}) as world:
        report = lookups(world).report("x.com", "x.com", deadline_s=2)
        assert open_kinds(report) == dict.fromkeys(DNS_KINDS, "timed_out")
        assert isinstance(report.answers["registration"], Found)


def test_what_is_late_goes_on_and_fills_the_cache() -> None:
    with World({"x.com": Domain(registry="hang")}) as world:
        door = lookups(world, Limits(registry_s=1.0))
        assert not door.report("x.com", "x.com", deadline_s=0.05).complete
        eventually(lambda: door.report("x.com", "x.com", deadline_s=0, wait=False).complete)
        report = door.report("x.com", "x.com", deadline_s=20)
        assert open_kinds(report) == {"registration": "timed_out"}
        assert world.registry.asked["rdap", "x.com"] == 1


def test_without_waiting_the_first_call_is_pending_and_a_later_one_is_there() -> None:
    with World() as world:
        door = lookups(world)
        first = door.report(GOOD, GOOD, deadline_s=0, wait=False)
        assert set(open_kinds(first).values()) <= {"pending"}
        eventually(lambda: door.report(GOOD, GOOD, deadline_s=0, wait=False).complete)
        assert not open_kinds(door.report(GOOD, GOOD, deadline_s=0, wait=False))


def test_a_hundred_askers_cost_one_look_up() -> None:
    with World() as world:
        door = lookups(world)
        gate = threading.Barrier(100)

        def ask() -> DomainReport:
            gate.wait(60)
            return door.report(GOOD, GOOD, deadline_s=60)

        with ThreadPoolExecutor(100) as pool:
            reports = [job.result() for job in [pool.submit(ask) for _ in range(100)]]
        assert all(report.complete and not open_kinds(report) for report in reports)
        assert world.registry.asked == {("rdap", GOOD): 1}
        asked = {question: count for question, count in world.dns.asked.items() if GOOD in question[0]}
        assert asked == {
            **{(GOOD, kind): 1 for kind in ("MX", "A", "NS", "TXT")},
            **{(f"{below}.{GOOD}", "TXT"): 1 for below in ("_dmarc", "_mta-sts")},
        }


def test_fifty_hung_domains_slow_down_nobody_else() -> None:
    hung = {f"hung-{number}.com": Domain(dns="hang", registry="hang") for number in range(50)}
    with World({GOOD: Domain(), "fresh.org": Domain(), **hung}) as world:
        door = lookups(world, Limits(dns_s=30, registry_s=30))
        assert door.report(GOOD, GOOD, deadline_s=20).complete
        for name in hung:
            assert not door.report(name, name, deadline_s=0, wait=False).complete
        assert door.under_way == 50 * 7
        start = time.monotonic()
        report = door.report(GOOD, GOOD, deadline_s=20)
        assert report.complete and not open_kinds(report)
        assert time.monotonic() - start < 2  # from the cache; measured 0.0001
        unknown = door.report("fresh.org", "fresh.org", deadline_s=0.2)
        assert not unknown.complete
        door.close()


def test_a_full_queue_answers_pending_at_once() -> None:
    with World({f"hung-{number}.com": Domain(dns="hang") for number in range(3)}) as world:
        door = lookups(world, Limits(dns_threads=1, waiting=1, dns_s=30))
        for number in range(2):
            door.report(f"hung-{number}.com", f"hung-{number}.com", deadline_s=0, wait=False)
        start = time.monotonic()
        report = door.report("hung-2.com", "hung-2.com", deadline_s=30)
        assert {whys(report)[kind] for kind in DNS_KINDS} == {"pending"}
        assert not report.complete and time.monotonic() - start < 20
        door.close()


def test_after_closing_only_the_cache_answers() -> None:
    with World() as world:
        door = lookups(world)
        door.report(GOOD, GOOD, deadline_s=20)
        door.close()
        assert door.report(GOOD, GOOD, deadline_s=20).complete
        assert set(open_kinds(door.report("x.com", "x.com", deadline_s=20)).values()) == {"pending"}


def test_a_look_up_that_breaks_off_leaves_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: list[object] = []
    monkeypatch.setattr(threading, "excepthook", broken.append)

    class Broken(TableResolver):
        def ask(self, *_: object) -> object:  # type: ignore[override]
            raise RuntimeError("a bug")

    door = DomainLookups(Egress(whois_map={"com": "127.0.0.1:9"}), resolver=Broken({}))
    report = door.report("x.com", "x.com", deadline_s=20)
    assert whys(report)["mx"] == "failed"
    eventually(lambda: len(broken) >= 7)  # the fetch of IANA's list breaks off as well


def test_the_command_line_is_not_held_up_by_a_hung_registry() -> None:
    import subprocess
    import sys

    with World() as world:
        code = (
            "import os; from server.settings import Settings; from server.lookups.domain import DomainLookups;"
            "door = DomainLookups(Settings.from_env(os.environ));"
            "print(door.report('slow-registry.com', 'slow-registry.com', deadline_s=0.5).complete)"
        )
        start = time.monotonic()
        run = subprocess.run(
            [sys.executable, "-c", code], env=world.settings, capture_output=True, text=True, timeout=60, check=True
        )
        assert run.stdout.strip() == "False"
        assert time.monotonic() - start < 9  # the look-up itself would go on for 10 s
