"""POST /v1/letters: written for buyers only, never at high risk, from a mail or from a verdict that is still there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings
from server.web.new_tokens import add_token

INQUIRY = {
    "sender": {"address": "ann@bluenile.example", "name": "Ann Lee"},
    "subject": "Inquiry",
    "body": {
        "text": "Dear sir, please quote 200 pcs of gate valve DN50.\n\nBest regards\nAnn Lee\nBlue Nile Trading Ltd"
    },
    "links": [],
    "attachments": [],
}
VAGUE = {
    "sender": {"address": "hx@sina.com", "name": "小何"},
    "body": {"text": "你们家有没有做沙滩裤的那种布，速干的，多少钱一米？先了解一下，谢谢\n小何"},
}
FRAUD = {
    "sender": {"address": "walmart.sourcing.dept2026@gmail.com", "name": "Walmart Global Sourcing"},
    "body": {
        "text": "Dear Supplier, we are the global sourcing department of Walmart. Your company has been selected as a new vendor."
        " To be listed in our supplier system a vendor activation fee of USD 480 must be paid by Western Union before the"
        " purchase order is released. The fee is refundable with your first invoice.\nDaniel Price\nWalmart"
    },
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The API with the shipped rules and letters: one for all tests that change nothing."""
    data = tmp_path_factory.mktemp("shop")
    add_token(data / "tokens", "rep", "rep")
    settings = Settings(data=data, tokens_file=data / "tokens", lookups=False, meaning=False, rate_limit=100_000)
    client = create_app(settings).test_client()
    token = settings.tokens_file.read_text("utf-8").split("\n")[0].split(":")[2]
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def ask(client: FlaskClient, headers: dict[str, str] | None, **body: Any) -> Any:
    return client.post("/v1/letters", json=body, headers=headers)


def code(answer: Any) -> tuple[int, str, str]:
    error = (answer.json or {})["error"]
    return answer.status_code, error["code"], error.get("field", "")


def test_a_notice_in_both_languages(shop: FlaskClient) -> None:
    english = ask(shop, None, kind="background_check", lang="en", mail=INQUIRY)
    assert english.status_code == 200
    letter = english.json or {}
    assert set(letter) == {"kind", "lang", "subject", "text", "html", "documents", "missing"}
    assert letter["text"].startswith("Dear Ann Lee,\n\nThank you for your inquiry")
    assert letter["subject"] == "Your inquiry for gate valves: company information and next steps"
    assert letter["documents"] and letter["missing"] == []
    chinese = ask(shop, None, kind="background_check", lang="zh_CN", mail=INQUIRY).json or {}
    assert chinese["text"].startswith("Ann Lee，您好：\n\n感谢您") and chinese["lang"] == "zh_CN"
    assert english.headers["Cache-Control"] == "no-store"


def test_questions_ask_for_what_is_missing(shop: FlaskClient) -> None:
    letter = ask(shop, None, kind="missing_information", lang="zh_CN", mail=VAGUE).json or {}
    assert letter["missing"] and letter["documents"] == []
    assert all(f"- {line}\n" in letter["text"] for line in letter["missing"])
    assert letter["text"].startswith("小何，您好：")
    verdict = shop.post("/v1/vet?max_wait_ms=0", json=VAGUE | {"lang": "zh_CN"}).json or {}
    assert letter["missing"][0] in verdict["customer_level"]["missing_for_next_level"]


@pytest.mark.parametrize("kind", ["background_check", "missing_information"])
def test_none_is_written_at_high_risk(shop: FlaskClient, kind: str) -> None:
    verdict = shop.post("/v1/vet?max_wait_ms=0", json=FRAUD).json or {}
    assert verdict["risk"]["level"] in ("high", "critical") and verdict["letters"] == []
    assert code(ask(shop, None, kind=kind, lang="en", mail=FRAUD)) == (409, "letter_not_offered", "kind")
    assert code(ask(shop, None, kind=kind, lang="en", key=verdict["key"]))[0] == 409


def test_none_is_written_to_ourselves(shop: FlaskClient) -> None:
    ours = INQUIRY | {"own_domains": ["bluenile.example"]}
    assert code(ask(shop, None, kind="background_check", lang="en", mail=ours))[1] == "letter_not_offered"


def test_a_kept_verdict_will_do_in_its_own_language(shop: FlaskClient) -> None:
    key = (shop.post("/v1/vet?max_wait_ms=0", json=INQUIRY | {"lang": "en"}).json or {})["key"]
    by_key = ask(shop, None, kind="background_check", lang="en", key=key)
    assert by_key.json == ask(shop, None, kind="background_check", lang="en", mail=INQUIRY).json
    assert code(ask(shop, None, kind="background_check", lang="zh_CN", key=key)) == (409, "mail_needed", "key")
    assert code(ask(shop, None, kind="background_check", lang="en", key="gone")) == (409, "mail_needed", "key")


def test_the_companys_words_stand_in_it(settings: Settings, rep: dict[str, str]) -> None:
    ours = replace(
        settings, company_name="Haorun Valve", company_mail="docs@haorunvalve.com", company_signature=("Lily", "Haorun")
    )
    letter = ask(create_app(ours).test_client(), rep, kind="background_check", lang="en", mail=INQUIRY).json or {}
    assert "send the papers to docs@haorunvalve.com" in letter["text"]
    assert letter["text"].endswith("Best regards\nLily\nHaorun\n")


def test_the_companys_letters_and_their_mistakes(
    settings: Settings, rep: dict[str, str], admin: dict[str, str], tmp_path: Path
) -> None:
    overlay = tmp_path / "overlay"
    (overlay / "letters").mkdir(parents=True)
    path = overlay / "letters" / "background_check.en.txt"
    path.write_text("Subject: Hello\n\nDear {{ person }}, from us.\n", encoding="utf-8")
    client = create_app(replace(settings, overlay=overlay)).test_client()
    assert (ask(client, rep, kind="background_check", lang="en", mail=INQUIRY).json or {})[
        "text"
    ] == "Dear Ann Lee, from us.\n"
    path.write_text("Subject: Hello\n\nPay to {{ iban }}.\n", encoding="utf-8")
    state = client.post("/v1/lists/reload", headers=admin).json or {}
    assert any(
        "letters/background_check.en.txt:3: unknown placeholder iban" in problem for problem in state["problems"]
    )
    assert (ask(client, rep, kind="background_check", lang="en", mail=INQUIRY).json or {})[
        "text"
    ] == "Dear Ann Lee, from us.\n"
    path.write_text("Subject: Hello\n\nNew, {{ person }}.\n", encoding="utf-8")
    assert (client.post("/v1/lists/reload", headers=admin).json or {})["problems"] == []
    assert (ask(client, rep, kind="background_check", lang="en", mail=INQUIRY).json or {})["text"] == "New, Ann Lee.\n"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "dunning", "lang": "en", "mail": INQUIRY}, "kind"),
        ({"kind": "background_check", "lang": "de", "mail": INQUIRY}, "lang"),
        ({"kind": "background_check", "mail": INQUIRY}, "lang"),
        ({"kind": "background_check", "lang": "en"}, "mail"),
        ({"kind": "background_check", "lang": "en", "mail": INQUIRY, "key": "a"}, "mail"),
        ({"kind": "background_check", "lang": "en", "key": "a b"}, "key"),
        ({"kind": "background_check", "lang": "en", "mail": {"sender": 5}}, "mail.sender"),
        ({"kind": "background_check", "lang": "en", "mail": {"nobody": 5}}, "mail.nobody"),
        ({"kind": "background_check", "lang": "en", "mail": INQUIRY, "more": 1}, "more"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    client: FlaskClient, rep: dict[str, str], body: dict[str, Any], field: str
) -> None:
    answer = client.post("/v1/letters", json=body, headers=rep)
    assert (code(answer)[0], code(answer)[2]) == (422, field)


def test_a_mail_of_which_nothing_is_offered(client: FlaskClient, rep: dict[str, str]) -> None:
    assert code(ask(client, rep, kind="background_check", lang="en", mail={}))[1] == "letter_not_offered"


def test_strangers_get_none_and_clients_are_told(client: FlaskClient, rep: dict[str, str]) -> None:
    assert client.post("/v1/letters", json={}).status_code == 401
    assert "letters" in (client.get("/readyz").json or {})["features"]
