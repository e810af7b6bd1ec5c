"""GET /v1/rulebook: sent packed where asked, and only when it changed."""

from __future__ import annotations

import gzip
import json

from flask.testing import FlaskClient


def test_etag_spares_the_second_transfer(client: FlaskClient, rep: dict[str, str]) -> None:
    first = client.get("/v1/rulebook", headers=rep)
    assert first.json == {"version": "0123456789abcdef"}
    again = client.get("/v1/rulebook", headers=rep | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/v1/rulebook", headers=rep | {"If-None-Match": '"other"'}).status_code == 200


def test_packed_where_accepted(client: FlaskClient, rep: dict[str, str]) -> None:
    packed = client.get("/v1/rulebook", headers=rep | {"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert json.loads(gzip.decompress(packed.data))["version"] == "0123456789abcdef"
    tag = packed.headers["ETag"]
    again = client.get("/v1/rulebook", headers=rep | {"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert again.status_code == 304


def test_the_shipped_rulebook_is_small_enough(real: FlaskClient, rep: dict[str, str]) -> None:
    packed = real.get("/v1/rulebook", headers=rep | {"Accept-Encoding": "gzip"})
    assert len(packed.data) <= 400 * 1024
    assert json.loads(gzip.decompress(packed.data))["rules"]
