"""What the rep knows beside the mail, through the API and back."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from server.web.codes import COUNTRIES, CURRENCIES

MAIL: dict[str, Any] = {
    "sender": {"address": "ann@lee-valves.example", "name": "Ann Lee"},
    "subject": "Inquiry for ball valves",
    "body": {"text": "Dear Amy, please quote 500 pcs of ball valve DN50 PN16, FOB Ningbo. Best regards, Ann Lee"},
    "max_wait_ms": 0,
}


def vet(client: FlaskClient, rep: dict[str, str], lang: str = "en", **context: Any) -> dict[str, Any]:
    response = client.post("/v1/vet", json=MAIL | {"context": context, "lang": lang}, headers=rep)
    assert response.status_code == 200 and response.json, response.json
    return response.json


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_a_verdict_with_everything_known_fits_its_shape(real: FlaskClient, rep: dict[str, str], lang: str) -> None:
    found = vet(
        real,
        rep,
        lang,
        order_amount=60_000,
        currency="eur",
        country="ru",
        product_class="high_value",
        payment_term="open_account_60",
        order_placed=True,
        level_override={"level": 2, "reason": "Met at the fair"},
        arrears_days=30,
        open_balance=1500,
        checks={"registry": "found", "customs_records": "not_found", "website": "contradicts"},
        timezone="America/New_York",
        working_days=[1, 2, 3],
    )
    spec = real.get("/openapi.json").json
    assert spec
    inner = {"$ref": "#/components/schemas/Verdict", "components": spec["components"]}
    Draft202012Validator(inner).validate(found)
    assert found["customer_level"]["override"] == {"level": 2, "reason": "Met at the fair"}
    assert found["check_depth"] == "deep" and found["warnings"]
    assert {"doc_vs_net_mismatch", "new_order_with_arrears"} <= {row["id"] for row in found["reasons"]}
    assert found["facts"]["deal"]["currency"] == "EUR" and found["facts"]["deal"]["country"] == "RU"
    if found["handling"]["reply_before"]:
        assert found["handling"]["reply_before"][-6:] in ("-04:00", "-05:00")


def test_another_context_is_another_verdict(real: FlaskClient, rep: dict[str, str]) -> None:
    first, second = (vet(real, rep, order_amount=amount, currency="USD") for amount in (100, 60_000))
    assert (first["check_depth"], second["check_depth"]) == ("basic", "deep")
    assert first["key"] != second["key"]


def test_a_history_of_delays_is_judged_and_named_with_its_limit(real: FlaskClient, rep: dict[str, str]) -> None:
    days = [("2026-03-31", 5, 1000), ("2026-06-30", 12, 3500), ("2026-09-30", 30, 8000)]
    history = [{"date": day, "days": late, "balance": owed} for day, late, owed in days]
    reason = next(row for row in vet(real, rep, arrears_history=history)["reasons"] if row["id"] == "overdue_trend_up")
    assert "2026-09-30: 30 (8,000)" in reason["detail"] and reason["points"] == 12
    mended = [{**row, "days": 5} for row in history]
    assert "overdue_trend_up" not in {row["id"] for row in vet(real, rep, arrears_history=mended)["reasons"]}
    refused = real.post("/v1/vet", json=MAIL | {"context": {"arrears_history": history * 9}}, headers=rep)
    assert refused.status_code == 422 and refused.json
    assert (refused.json["error"]["field"], "24" in refused.json["error"]["message"]) == (
        "context.arrears_history",
        True,
    )


def test_score_is_the_sum_with_checks_in_it(real: FlaskClient, rep: dict[str, str]) -> None:
    found = vet(real, rep, checks={"registry": "contradicts", "linkedin": "found", "negative_news": "found"})
    points = sum(row["points"] for row in (*found["reasons"], *found["adjustments"]))
    assert points == found["risk"]["score"] > 0


def test_codes() -> None:
    assert len(COUNTRIES) == 249 and {"GB", "CN", "XK"} & COUNTRIES == {"GB", "CN"}
    assert {"USD", "EUR", "CNY", "CNH"} <= CURRENCIES and all(len(code) == 3 for code in CURRENCIES)
