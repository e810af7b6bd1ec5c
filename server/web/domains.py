"""GET /v1/domains/{domain}: what is known of a domain alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from flask import Response, current_app, request

from server.judging.shape import to_dict
from server.model import Address, Message
from server.overlay.csv_list import tidy
from server.web.answers import DomainSchema
from server.web.engine import engine
from server.web.errors import ApiError
from server.web.reading import read_options, reader_language
from server.web.schemas import OptionsSchema
from server.web.spec import Blueprint, answer, failures
from server.web.vet import RETRY_AFTER_MS

blueprint = Blueprint("domains", "What is known of a domain")

SCHEMA = {
    "type": "string",
    "maxLength": 253,
    "pattern": r"^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,20}[A-Za-z]{2,63}$",
    "examples": ["importer.example"],
}
"""What a client should send. Names in other scripts are taken too, but JSON Schema cannot say which."""

NAME_FACTS = (
    "free_provider", "disposable", "alias_provider", "vanity_provider", "suspicious_tld", "gov_edu_domain",
    "homoglyph", "official_brand", "lookalike_brand", "lookalike_own", "domain_brand_word", "tld",
)  # fmt: skip
"""Facts of `sender` that follow from the domain's name alone."""

NOTE = {
    "en": "Anybody can get a mailbox at this domain: its age and records say nothing about the sender.",
    "zh_CN": "该域名为公共邮箱，任何人都可注册：其注册时长和 DNS 记录不能说明发件人的情况。",
}


@blueprint.call(
    "/v1/domains/<domain>",
    operationId="domain",
    parameters=[{"in": "query", "schema": OptionsSchema}, {"in": "path", "name": "domain", "schema": SCHEMA}],
    responses={"200": answer(DomainSchema, "The facts"), **failures(401, 404, 422, 429)},
)
def domain(domain: str) -> Response:
    """Registration, mail servers, SPF and DMARC of a domain, and what its name shows."""
    name = _name(domain)
    options = read_options()
    lang = reader_language(options.get("lang"), request.accept_languages)
    verdict = engine().vetting.vet(
        Message(sender=Address(f"postmaster@{name}")),
        lang=lang,
        max_wait_ms=options["max_wait_ms"],
        now=datetime.now(UTC),
    )
    sender = verdict.facts.get("sender", {})
    public = bool(sender.get("free_provider") or sender.get("disposable"))
    missing = [row for row in to_dict(verdict)["not_checked"] if str(row["fact"]).startswith("domain.")]
    body: dict[str, Any] = {
        "domain": name,
        "org_domain": str(sender.get("org_domain", name)),
        "public_provider": public,
        **({"note": NOTE[lang]} if public else {}),
        "facts": {
            "domain": verdict.facts.get("domain", {}),
            "sender": {fact: sender[fact] for fact in NAME_FACTS if fact in sender},
        },
        "not_checked": missing,
        "complete": verdict.complete,
        **({} if verdict.complete else {"retry_after_ms": RETRY_AFTER_MS}),
        "rulebook": verdict.rulebook,
    }
    response = cast(Response, current_app.json.response(body))
    response.headers["Cache-Control"] = "no-store"
    return response


def _name(raw: str) -> str:
    try:
        name = tidy(raw)
    except ValueError:
        name = ""
    if not name or "@" in name or name.rpartition(".")[2].isdigit():
        raise ApiError(422, "invalid_field", "domain: write a domain name such as importer.example", field="domain")
    return name
