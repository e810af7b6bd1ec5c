"""GET /v1/domains/{domain}: what is known of a domain alone."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any, cast

from flask import Response, current_app, request
from marshmallow import fields, validate

from server.evidence.lexicon import lexicon_of
from server.evidence.names import is_disposable, is_free, org_domain
from server.judging.shape import to_dict
from server.lookups.report import DomainReport
from server.model import Address, Lang, Message, Verdict
from server.overlay.csv_list import tidy
from server.vetting import Vetting
from server.web.answers import DomainSchema
from server.web.checked import checked
from server.web.engine import engine
from server.web.errors import ApiError
from server.web.finishing import RETRY_AFTER_MS
from server.web.reading import reader_language
from server.web.schemas import OptionsSchema
from server.web.spec import Blueprint, answer, failures

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

GROUPS = ("domain", "site", "tls")

NOTE = {
    "en": "Anybody can get a mailbox at this domain: its age and records say nothing about the sender.",
    "zh_CN": "该域名为公共邮箱，任何人都可注册：其注册时长和 DNS 记录不能说明发件人的情况。",
}


class DomainOptionsSchema(OptionsSchema):
    """Options of this call."""

    site = fields.Integer(
        load_default=0,
        validate=validate.OneOf((0, 1), error="neither 0 nor 1"),
        metadata={
            "description": "1: visit the domain's web site, too. Its owner can see that visit, so send it only when a "
            "person asked for it. What it finds is kept for some hours and counts in later verdicts; send "
            "`Cache-Control: no-cache` with the next `POST /v1/vet` of a mail vetted before."
        },
    )


@blueprint.call(
    "/v1/domains/<domain>",
    operationId="domain",
    parameters=[{"in": "query", "schema": DomainOptionsSchema}, {"in": "path", "name": "domain", "schema": SCHEMA}],
    responses={"200": answer(DomainSchema, "The facts"), **failures(401, 404, 422, 429)},
)
def domain(domain: str) -> Response:
    """Registration, mail servers, SPF, DMARC and on demand the web site of a domain, and what its name shows.

    `checked` has a row for each look-up: what it found, who said so, and how many seconds ago.
    """
    name = _name(domain)
    options = cast(dict[str, Any], DomainOptionsSchema().load(request.args.to_dict()))
    lang = reader_language(options.get("lang"), request.accept_languages)
    with engine().patience(options["max_wait_ms"]) as wait_ms:
        verdict, report = _ask(name, lang, wait_ms, visit=bool(options["site"]))
    sender = verdict.facts.get("sender", {})
    public = bool(sender.get("free_provider") or sender.get("disposable"))
    complete = verdict.complete and (report is None or report.complete)
    body: dict[str, Any] = {
        "domain": name,
        "org_domain": str(sender.get("org_domain", name)),
        "public_provider": public,
        **({"note": NOTE[lang]} if public else {}),
        "facts": {
            **{group: verdict.facts.get(group, {}) for group in GROUPS},
            "sender": {fact: sender[fact] for fact in NAME_FACTS if fact in sender},
        },
        "not_checked": [row for row in to_dict(verdict)["not_checked"] if str(row["fact"]).split(".")[0] in GROUPS],
        "checked": _checked(report, lang),
        "complete": complete,
        **({} if complete else {"retry_after_ms": RETRY_AFTER_MS}),
        "rulebook": verdict.rulebook,
    }
    response = cast(Response, current_app.json.response(body))
    response.headers["Cache-Control"] = "no-store"
    return response


def _ask(name: str, lang: Lang, max_wait_ms: int, *, visit: bool) -> tuple[Verdict, DomainReport | None]:
    """The verdict on a mail that has nothing but this domain, and the look-ups; None where there are none to make."""
    vetting = engine().vetting
    until = time.monotonic() + max_wait_ms / 1000
    door = vetting.lookups if isinstance(vetting, Vetting) else None
    org = ""
    if isinstance(vetting, Vetting):
        lexicon = lexicon_of(vetting.rulebook.tables)
        org = org_domain(name, lexicon)
        door = None if is_free(name, lexicon) or is_disposable(name, lexicon) else door
    if door is not None and visit:
        door.report(name, org, deadline_s=0, wait=False, visit=True)  # begins at once, beside the other look-ups

    def judged(wait_ms: int) -> Verdict:
        mail = Message(sender=Address(f"postmaster@{name}"))
        return vetting.vet(mail, lang=lang, max_wait_ms=wait_ms, now=datetime.now(UTC))

    verdict = judged(max_wait_ms)
    if door is None:
        return verdict, None
    report = door.report(name, org, deadline_s=until - time.monotonic(), wait=visit, visit=visit)
    return (judged(0) if visit else verdict), report


def _checked(report: DomainReport | None, lang: Lang) -> list[dict[str, Any]]:
    vetting = engine().vetting
    if report is None or not isinstance(vetting, Vetting):
        return []
    return checked(report, vetting.rulebook.texts["why"], lang, datetime.now(UTC))


def _name(raw: str) -> str:
    try:
        name = tidy(raw)
    except ValueError:
        name = ""
    if not name or "@" in name or name.rpartition(".")[2].isdigit():
        raise ApiError(422, "invalid_field", "domain: write a domain name such as importer.example", field="domain")
    return name
