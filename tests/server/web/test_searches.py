"""Short verdicts and GET /v1/searches: together they hold all that a full verdict does, and the extension joins them."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings
from tests.bench.letters import letters
from tests.bench.servers import ROOT
from tests.server.web.test_vet import MAIL

JOIN = """
import { allLinks } from "./extension/src/shared/searches.js";
let given = "";
for await (const piece of process.stdin) given += piece;
const { verdicts, table } = JSON.parse(given);
console.log(JSON.stringify(verdicts.map((verdict) => allLinks(verdict, table))));
"""
SIGNATURES = (
    ("ann.o'brien@o-brien.example", "Ann O'Brien\nO'Brien & Söhne (Import) GmbH\nTel: +49 40 123456"),
    ("yamada@gmail.com", "Yamada Tarō\nTokyo Office\nBIC DEUTDEFF"),
    ("purchasing.of.northern.europe.and.the.baltic.states@overseas-trading-house.example", "Jane Roe\nFar East Ltd."),
    (
        "li@hongda.example",
        "李伟\n广州市宏达国际进出口贸易有限公司华南区域海外采购中心第二事业部\n电话 +86 20 8888 7777",
    ),
    ("", "no name"),
)


def mail(address: str, signature: str) -> dict[str, Any]:
    text = (
        f"Dear sir,\n\nplease quote 2,000 pcs of ball valve DN50, CIF Hamburg, by Friday.\n\nBest regards\n{signature}"
    )
    return {"body": {"text": text}, **({"sender": address} if address else {}), "subject": "Inquiry"}


@pytest.fixture
def real(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


def ask(client: FlaskClient, head: dict[str, str], what: dict[str, Any], query: str = "") -> dict[str, Any]:
    answer = client.post(f"/v1/vet{query}", json=what, headers=head)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_the_extension_makes_of_a_short_verdict_what_a_full_one_has(
    real: FlaskClient, rep: dict[str, str], lang: str
) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    mails = [{**mail(*one), "lang": lang} for one in SIGNATURES]
    full = [ask(real, rep, one, "?detail=full")["search_links"] for one in mails]
    verdicts = [ask(real, rep, one) for one in mails]
    table = real.get(f"/v1/searches?lang={lang}", headers=rep).get_json()
    assert max(map(len, full)) > 40 and any(verdict["more_searches"]["short"] for verdict in verdicts)
    given = json.dumps({"verdicts": verdicts, "table": table})
    command = [node, "--input-type=module", "-e", JOIN]
    run = subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == full


def test_a_short_verdict_leaves_out_only_what_is_the_same_for_all(real: FlaskClient, rep: dict[str, str]) -> None:
    what = mail(*SIGNATURES[0])
    short, full = ask(real, rep, what), ask(real, rep, what, "?detail=full")
    assert full.keys() == short.keys() - {"more_searches"}
    varies = {"key", "cache", "elapsed_ms", "search_links", "not_checked"}
    assert {name: full[name] for name in full.keys() - varies} == {name: short[name] for name in full.keys() - varies}
    assert [{k: row[k] for k in row if k != "twins"} for row in full["search_links"]][:8] == short["search_links"]
    assert [row["id"] for row in full["search_links"]][8:] == short["more_searches"]["ids"]
    assert [{k: row[k] for k in row if k != "rules"} for row in full["not_checked"]] == short["not_checked"]


def test_a_key_stands_for_what_was_asked(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    vetting.complete = False
    short, full = (ask(client, rep, MAIL, query) for query in ("", "?detail=full"))
    assert short["key"] != full["key"]
    for one, has in ((short, False), (full, True)):
        again = client.get(f"/v1/vet/{one['key']}", headers=rep).get_json()
        assert again["key"] == one["key"] and ("rules" in again["not_checked"][0]) is has
    assert client.post("/v1/vet?detail=long", json=MAIL, headers=rep).get_json()["error"]["field"] == "detail"


def test_the_answer_about_a_trade_mail_is_small(real: FlaskClient, rep: dict[str, str]) -> None:
    sizes = sorted(
        len(real.post("/v1/vet", data=one.request, content_type="application/json", headers=rep).data)
        for one in letters(12)
    )
    assert 5_000 < sizes[6] <= 22_000, "bytes of a verdict"


def test_the_table_is_sent_once(real: FlaskClient, rep: dict[str, str]) -> None:
    first = real.get("/v1/searches?lang=en", headers=rep)
    table = first.get_json()
    assert table["rulebook"] == ask(real, rep, MAIL)["rulebook"] and table["show"] == 8
    assert table["searches"]["company_official"]["wordings"]["baidu"].startswith("{company}+%E5%AE%98")
    assert "{company}" in table["searches"]["company_official"]["query"]
    again = real.get("/v1/searches?lang=en", headers={**rep, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    chinese = {**rep, "If-None-Match": first.headers["ETag"], "Accept-Language": "zh"}
    assert real.get("/v1/searches", headers=chinese).get_json()["lang"] == "zh_CN"
    assert real.get("/v1/searches").status_code == 401
    assert real.get("/v1/searches?lang=xx", headers=rep).get_json()["error"]["field"] == "lang"
