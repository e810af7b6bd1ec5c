"""The shapes of the answers, for OpenAPI and its tests. A verdict itself is serialised once, by `judging.shape`."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from marshmallow import Schema, fields, validate

from server.web.spec import Described

LEVELS = ("low", "caution", "high", "critical", "unknown")


def _text(**more: object) -> fields.String:
    return fields.String(required=True, metadata=more)


def _number(**more: object) -> fields.Integer:
    return fields.Integer(required=True, metadata=more)


def _texts() -> fields.List[str]:
    return fields.List(fields.String(), required=True)


def _rows(schema: type[Schema]) -> fields.List[Any]:
    return fields.List(cast("fields.Field[Any]", fields.Nested(schema)), required=True)


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


class CustomerLevelSchema(Schema):
    """How promising the customer is: 1 (best) to 4, null where the mail is no inquiry."""

    level = fields.Integer(required=True, allow_none=True, validate=validate.Range(1, 4))
    evidence = _texts()
    missing_for_next_level = _texts()


class QuoteSchema(Schema):
    """A place in the mail; `start` and `end` count code points of the part's original text."""

    part = fields.String(required=True, validate=validate.OneOf(("subject", "body", "quoted")))
    text = _text()
    start = _number(minimum=0)
    end = _number(minimum=0)


class ReasonSchema(Schema):
    """A rule that fired. Points below zero speak for the sender."""

    id = _text()
    group = _text()
    points = _number()
    title = _text()
    detail = _text(description="The reason with the values of this mail")
    quotes = _rows(QuoteSchema)
    advice = fields.String(required=True)
    source = _texts()
    like = fields.String(metadata={"description": "A written example that the wording sounds like"})


class AdjustmentSchema(Schema):
    """A step that changed the sum. Reasons and adjustments add up to risk.score."""

    why = _text()
    points = _number()


class NotCheckedSchema(Schema):
    """A fact that nobody could supply, and why; `rules` would have used it."""

    fact = _text()
    why = _text()
    rules = fields.List(fields.String())


class SearchLinkSchema(Schema):
    """A search to run by hand."""

    id = _text()
    topic = _text()
    label = _text()
    query = _text()
    url = _text()
    why = _text()
    rank = _number(minimum=1)


class HandlingSchema(Schema):
    """What to do next. `reply_by` is hours, or null."""

    reply_by = fields.Integer(required=True, allow_none=True)
    review = fields.Boolean(required=True)
    steps = _texts()
    stop = _texts()


class CacheSchema(Schema):
    """Whether the verdict was kept from an earlier call, and for how long."""

    hit = fields.Boolean(required=True)
    age_s = _number(minimum=0)


class VerdictSchema(Schema):
    """The one shape of the answer in the API, the CLI, the panel and the try-it page."""

    risk = fields.Nested(RiskSchema, required=True)
    customer_level = fields.Nested(CustomerLevelSchema, required=True)
    reasons = _rows(ReasonSchema)
    adjustments = _rows(AdjustmentSchema)
    not_checked = _rows(NotCheckedSchema)
    facts = Facts(required=True)
    search_links = _rows(SearchLinkSchema)
    handling = fields.Nested(HandlingSchema, required=True)
    check_depth = fields.String(required=True, allow_none=True)
    complete = fields.Boolean(required=True)
    mail_kind = _text()
    rulebook = _text()
    lang = _text()
    key = _text(description="For GET /v1/vet/{key}")
    retry_after_ms = fields.Integer(metadata={"description": "Only while complete is false"})
    cache = fields.Nested(CacheSchema, required=True)
    elapsed_ms = _number(minimum=0)


class DomainSchema(Schema):
    """What is known of a domain, without any mail."""

    domain = _text()
    org_domain = _text()
    public_provider = fields.Boolean(required=True)
    note = fields.String(metadata={"description": "In words, where a fact needs them"})
    facts = Facts(required=True)
    not_checked = _rows(NotCheckedSchema)
    complete = fields.Boolean(required=True)
    retry_after_ms = fields.Integer()
    rulebook = _text()


class ProblemSchema(Schema):
    """What went wrong. `code` is stable, `message` says what to do, `field` names the field at fault."""

    code = _text()
    message = _text()
    field = fields.String()


class FailureSchema(Schema):
    """Every failure has this shape."""

    error = fields.Nested(ProblemSchema, required=True)


class ReadySchema(Schema):
    """Whether the server can vet; `problems` are words for the admin."""

    ready = fields.Boolean(required=True)
    rulebook = _text()
    rules = _number()
    lookups = fields.Boolean(required=True, metadata={"description": "Whether domains are looked up"})
    lists = fields.Dict(keys=fields.String(), values=fields.Integer())
    problems = _texts()


class AliveSchema(Schema):
    """The process answers."""

    status = _text()
