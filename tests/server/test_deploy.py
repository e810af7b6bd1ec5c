"""The files of server/deploy fit together, and hold what they promise where the programs that read them are installed."""

from __future__ import annotations

import ipaddress
import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from server.settings import TABLE

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "server" / "deploy"
NAMES = {row.name for row in TABLE}


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml", "backtone.service", "README.md"])
def test_every_setting_that_is_named_is_one(file: str) -> None:
    used = set(re.findall(r"BACKTONE_[A-Z_]*[A-Z]", (DEPLOY / file).read_text("utf-8"))) - {"BACKTONE_NAME"}
    assert used <= NAMES


def test_nginx_asks_the_processes_of_the_compose_file() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    asked = set(re.findall(r"\b(api\d):8750", (DEPLOY / "nginx.conf").read_text("utf-8")))
    assert asked == {"api1", "api2"} <= set(compose["services"])
    subnet = ipaddress.ip_network(compose["networks"]["default"]["ipam"]["config"][0]["subnet"])
    fixed = {compose["services"][name]["networks"]["default"]["ipv4_address"] for name in asked}
    assert len(fixed) == 2 and all(ipaddress.ip_address(address) in subnet for address in fixed)
    assert compose["services"]["api1"]["read_only"] and compose["services"]["api2"]["cap_drop"] == ["ALL"]


def test_no_secret_goes_into_the_image() -> None:
    """Docker reads the lines from the top, the last that fits counts; `*` alone stands for everything."""
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line and line[0] != "#"]

    def left_out(path: str) -> bool:
        parts = [str(Path(*Path(path).parts[: size + 1])) for size in range(len(Path(path).parts))]
        fits = [line for line in lines if any(fnmatch(part, line.lstrip("!").replace("**/", "*")) for part in parts)]
        return bool(fits) and not fits[-1].startswith("!")

    for path in ("deploy/tls/privkey.pem", "deploy/backtone.env", "deploy/overlay/known.csv", "__pycache__/app.pyc"):
        assert left_out(f"server/{path}"), path
    for path in (".git/config", ".venv/bin/python", "tests/conftest.py"):
        assert left_out(path), path
    for path in (
        "server/app.py",
        "server/deploy/gunicorn.conf.py",
        "server/requirements.lock",
        "shared_rules/texts.yaml",
    ):
        assert not left_out(path), path


def test_nginx_takes_its_file(tmp_path: Path) -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    text = re.sub(r"\n\s*ssl_certificate.*", "", text.replace("listen 443 ssl;", f"listen unix:{tmp_path}/s;"))
    for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        text = text.replace("http {", f"http {{\n    {name}_temp_path {tmp_path}/{name};", 1)
    config = tmp_path / "nginx.conf"
    config.write_text(f"pid {tmp_path}/pid;\n" + re.sub(r"api\d:8750", "127.0.0.1:8750", text))
    done = subprocess.run([program("nginx"), "-t", "-c", config], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr, done.stderr


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    text = (DEPLOY / "backtone.service").read_text("utf-8").replace("/opt/backtone/.venv/bin/python", "/bin/true")
    unit = tmp_path / "backtone.service"
    unit.write_text(text)
    done = subprocess.run([program("systemd-analyze"), "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
