"""The try-it page: whole, local, in both languages, under a strict policy."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.web import tryit

STATIC = Path(tryit.__file__).parent / "static"


def test_page_needs_no_token_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert re.findall(r'(?:src|href)="(?:https?:)?//', response.text) == []
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "<script>" not in response.text and " style=" not in response.text and " onclick" not in response.text


def test_every_file_of_the_page_is_there(client: FlaskClient) -> None:
    for name in re.findall(r'"/static/([\w.]+)"', client.get("/").text):
        response = client.get(f"/static/{name}")
        assert response.status_code == 200, name
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        response.close()


def test_scripts_are_scripts(client: FlaskClient) -> None:
    with client.get("/static/tryit.js") as response:
        assert response.mimetype == "text/javascript"


@pytest.mark.parametrize("name", ["..%2fvet.py", "vet.py", "%2e%2e%2ftokens", "tryit.html", ""])
def test_no_other_file_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_without_panel_the_page_says_so(client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tryit, "PANEL", tmp_path)
    page = client.get("/").text
    assert 'data-panel="missing"' in page and "make extension" in page and "panel.css" not in page
    (tmp_path / "panel.js").write_text("export function renderPanel() {}", "utf-8")
    page = client.get("/").text
    assert 'data-panel="built"' in page and 'id="unbuilt"' not in page


def test_both_languages_say_the_same_things(client: FlaskClient) -> None:
    source = (STATIC / "words.js").read_text("utf-8")
    english, chinese = source.split("zh_CN: {")
    keys = [set(re.findall(r"^    (\w+):", part, re.MULTILINE)) for part in (english, chinese.split("EXAMPLES")[0])]
    assert keys[0] == keys[1]
    used = set(re.findall(r'data-say="(\w+)"', client.get("/").text))
    assert used <= keys[0]


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_nothing_foreign_becomes_html(path: Path) -> None:
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\.style\b"
    assert not re.search(sinks, path.read_text("utf-8"))


def test_every_label_has_its_field(client: FlaskClient) -> None:
    page = client.get("/").text
    assert set(re.findall(r'<label for="(\w+)"', page)) <= set(re.findall(r'\bid="(\w+)"', page))


def test_what_the_page_makes_of_the_form() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = Path(__file__).with_name("tryit_mail.test.js")
    run = subprocess.run([node, "--test", str(script)], capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stdout
