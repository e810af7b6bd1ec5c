"""The shapes of the answers, for OpenAPI and its tests. A verdict itself is serialised once, by `judging.shape`."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from server.web.answer_parts import (
    DEPTHS,
    CaveatSchema,
    ChecksSchema,
    CustomerLevelSchema,
    HandlingSchema,
    MoreSearchesSchema,
    PaymentAdviceSchema,
    SearchLinkSchema,
    a_number,
    a_text,
    some_rows,
    some_texts,
)
from server.web.spec import Described

LEVELS = ("low", "caution", "high", "critical", "unknown")


class Facts(Described):
    """Facts by group and name; what is not here is unknown."""

    JSON_SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": {
                "type": ["boolean", "number", "string", "array"],
                "items": {"type": "string"},
            },
        },
        "examples": [{"domain": {"age_days": 12, "valid_mx": True}}],
    }


class RiskSchema(Schema):
    """Fraud or credit danger."""

    score = fields.Integer(required=True, validate=validate.Range(0, 100))
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    confidence = fields.String(required=True, validate=validate.OneOf(("low", "medium", "high")))


class QuoteSchema(Schema):
    """A place in the mail; `start` and `end` count code points of the part's original text."""

    part = fields.String(required=True, validate=validate.OneOf(("subject", "body", "quoted")))
    text = a_text()
    start = a_number(minimum=0)
    end = a_number(minimum=0)


class ReasonSchema(Schema):
    """A rule that fired. Points below zero speak for the sender."""

    id = a_text()
    group = a_text()
    points = a_number()
    title = a_text()
    detail = a_text(description="The reason with the values of this mail")
    quotes = some_rows(QuoteSchema)
    advice = fields.String(required=True)
    source = some_texts()
    like = fields.String(metadata={"description": "A written example that the wording sounds like"})


class AdjustmentSchema(Schema):
    """A step that changed the sum. Reasons and adjustments add up to risk.score."""

    why = a_text()
    points = a_number()


class NotCheckedSchema(Schema):
    """A fact that nobody could supply, and why; `rules` would have used it."""

    fact = a_text()
    why = a_text()
    rules = fields.List(fields.String())


class CacheSchema(Schema):
    """Whether the verdict was kept from an earlier call, and for how long."""

    hit = fields.Boolean(required=True)
    age_s = a_number(minimum=0)


class VerdictSchema(Schema):
    """The one shape of the answer in the API, the CLI, the panel and the try-it page."""

    risk = fields.Nested(RiskSchema, required=True)
    customer_level = fields.Nested(CustomerLevelSchema, required=True)
    reasons = some_rows(ReasonSchema)
    adjustments = some_rows(AdjustmentSchema)
    not_checked = some_rows(NotCheckedSchema)
    facts = Facts(required=True)
    search_links = some_rows(SearchLinkSchema)
    more_searches = fields.Nested(
        MoreSearchesSchema, metadata={"description": "The other searches; absent where `search_links` has all"}
    )
    handling = fields.Nested(HandlingSchema, required=True)
    check_depth = fields.String(required=True, allow_none=True, validate=validate.OneOf(DEPTHS))
    checks = fields.Nested(ChecksSchema, required=True)
    payment_advice = fields.Nested(PaymentAdviceSchema, required=True)
    warnings = some_rows(CaveatSchema)
    letters = some_texts()
    complete = fields.Boolean(required=True)
    mail_kind = a_text()
    rulebook = a_text()
    lang = a_text()
    key = a_text(description="For GET /v1/vet/{key}")
    retry_after_ms = fields.Integer(metadata={"description": "Only while complete is false"})
    cache = fields.Nested(CacheSchema, required=True)
    elapsed_ms = a_number(minimum=0)


class CheckedSchema(Schema):
    """One look-up and what came of it. `value` is what was found; `why` says why nothing can be said."""

    what = a_text(description="mx, address, ns, spf, dmarc, mta_sts, blocklists, registration, website or tls")
    label = a_text()
    outcome = fields.String(required=True, validate=validate.OneOf(("found", "not_found", "unknown")))
    value = fields.String()
    why = fields.String()
    source = a_text(description="Who said so, as dns, rdap:rdap.nic.example, whois:whois.nic.example")
    age_s = a_number(minimum=0)


class DomainSchema(Schema):
    """What is known of a domain, without any mail."""

    domain = a_text()
    org_domain = a_text()
    public_provider = fields.Boolean(required=True)
    note = fields.String(metadata={"description": "In words, where a fact needs them"})
    facts = Facts(required=True)
    not_checked = some_rows(NotCheckedSchema)
    checked = some_rows(CheckedSchema)
    complete = fields.Boolean(required=True)
    retry_after_ms = fields.Integer()
    rulebook = a_text()


class ProblemSchema(Schema):
    """What went wrong. `code` is stable, `message` says what to do, `field` names the field at fault."""

    code = a_text()
    message = a_text()
    field = fields.String()


class FailureSchema(Schema):
    """Every failure has this shape."""

    error = fields.Nested(ProblemSchema, required=True)


class ReadySchema(Schema):
    """Whether the server can vet; `problems` are words for the admin."""

    ready = fields.Boolean(required=True)
    rulebook = a_text()
    rules = a_number()
    lookups = fields.Boolean(required=True, metadata={"description": "Whether domains are looked up"})
    outside = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={
            "description": "What look-ups have seen so far. resolver: honest, invents, denies, silent or unknown; "
            "rdap and whois: reached, failing or unknown (not tried yet)"
        },
    )
    lists = fields.Dict(keys=fields.String(), values=fields.Integer())
    problems = some_texts()
    features = fields.List(
        fields.String(), metadata={"description": "Calls beside vetting that clients may offer: feedback, letters …"}
    )
    extension = fields.String(
        metadata={"description": "Version of the browser extension built on the server, or empty"}
    )


class KeptSchema(Schema):
    """The opinion was kept."""

    kept = fields.Boolean(required=True)


class AliveSchema(Schema):
    """The process answers."""

    status = a_text()
