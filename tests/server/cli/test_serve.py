"""Starting the API: a port in use, rules that cannot be loaded, and what the admin is told."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from gunicorn.config import Config

from server.cli.errors import CommandError
from server.cli.serve import greeting, listen
from server.web.gunicorn_log import Log
from tests.bench.servers import bare

STARTER = """
import sys
from server.cli.errors import CommandError
from server.cli.main import main

class App:
    def create(self, settings, failed, ready):
        if {broken}:
            raise CommandError("rules/x.yaml:3: no such fact")
        def app(environ, start_response):
            if environ["PATH_INFO"] == "/slow":
                import time
                time.sleep(3)
            start_response("200 OK", [("Content-Length", "2")])
            return [b"hi"]
        ready()
        return app
    def ensure_tokens(self, path):
        return "a-token"

sys.exit(main(["serve"], App()))
"""


def start(tmp_path: Path, listen_on: str, *, broken: bool = False) -> subprocess.Popen[str]:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("BACKTONE_")}
    return subprocess.Popen(
        [sys.executable, "-c", STARTER.format(broken=broken)],
        env=environ | {"BACKTONE_LISTEN": listen_on, "BACKTONE_DATA": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_answers_where_it_says_and_stops_on_request(tmp_path: Path) -> None:
    with start(tmp_path, "127.0.0.1:0") as server:
        assert server.stdout
        first = server.stdout.readline()
        port = re.fullmatch(r"Backtone answers on http://127\.0\.0\.1:(\d+)\n", first)
        assert port, first
        assert server.stdout.readline() == f"Tokens     {tmp_path}/tokens\n", "no token where the log may be read"
        connection = http.client.HTTPConnection("127.0.0.1", int(port[1]), timeout=5)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"hi"
        connection.close()
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) == 0


def test_while_it_stops_calls_are_ended_well_and_new_ones_refused(tmp_path: Path) -> None:
    with start(tmp_path, "127.0.0.1:0") as server:
        assert server.stdout
        port = int(server.stdout.readline().rpartition(":")[2])
        slow = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        slow.request("GET", "/slow")
        time.sleep(0.5)
        server.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionRefusedError):
            for _ in range(20):  # at once, so that nginx asks the other process
                socket.create_connection(("127.0.0.1", port), 5).close()
                time.sleep(0.1)
        assert slow.getresponse().read() == b"hi"
        slow.close()
        assert server.wait(20) == 0


def test_a_port_in_use_ends_with_status_2_and_names_the_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with start(tmp_path, f"127.0.0.1:{port}") as server:
            out, err = server.communicate(timeout=20)
    assert server.returncode == 2
    assert err == (
        f"backtone: 127.0.0.1:{port} is in use by another program. Set BACKTONE_LISTEN to another host:port.\n"
    )
    assert not out


def test_broken_rules_end_with_status_2_and_their_place(tmp_path: Path) -> None:
    with start(tmp_path, "127.0.0.1:0", broken=True) as server:
        out, err = server.communicate(timeout=20)
    assert server.returncode == 2
    assert (out, err) == ("", "backtone: rules/x.yaml:3: no such fact\n")


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(CommandError, match=r"listened on \(Cannot assign requested address\)\. Set BACKTONE_LISTEN"):
        listen("203.0.113.7", 0)


def test_all_addresses_are_the_short_ones_too() -> None:
    if not socket.has_dualstack_ipv6():
        pytest.skip("no IPv6 here")
    with listen("::", 0) as listener, socket.create_connection(("127.0.0.1", listener.getsockname()[1]), 5):
        pass


def test_a_terminal_is_shown_a_token(tmp_path: Path) -> None:
    parent, child = os.openpty()
    server = subprocess.Popen(
        [sys.executable, "-c", STARTER.format(broken=False)],
        env=os.environ | {"BACKTONE_LISTEN": "127.0.0.1:0", "BACKTONE_DATA": str(tmp_path)},
        stdout=child,
    )
    os.close(child)
    with os.fdopen(parent, encoding="utf-8") as terminal:
        assert [terminal.readline().split()[0] for _ in range(2)] == ["Backtone", "Token"]
        server.terminate()
        assert server.wait(20) == 0


def test_the_greeting_names_address_and_token() -> None:
    with listen("127.0.0.1", 0) as listener:
        text = greeting(listener, "tok", Path("/srv/tokens"))
    assert text.startswith("Backtone answers on http://127.0.0.1:")
    assert "tok" in text and "/srv/tokens" in text


def test_gunicorn_still_says_what_the_app_did_not() -> None:
    log = Log(Config())
    said: list[str] = []
    log.error_log.error = lambda msg, *args, **_: said.append(msg % args)  # type: ignore[method-assign]
    log.error("Worker (pid:%s) exited with code %s.", 4, 3)
    log.error("Worker (pid:%s) was sent %s!", 7, "SIGKILL")
    log.error("Worker (pid:%s) exited with code %s.", 7, 4)
    log.error("Reason: %s", "App failed to load.")
    assert said == ["Worker (pid:4) exited with code 3.", "Worker (pid:7) was sent SIGKILL!"]


def test_flask_alone_that_benchmarks_compare_with_starts_by_the_same_way(tmp_path: Path) -> None:
    with bare(tmp_path, b'{"a": 1}', ["t"]) as server:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        line.request("POST", "/", "{}", {"Content-Type": "application/json"})
        assert line.getresponse().read() == b'{"a":1}'
        line.close()
