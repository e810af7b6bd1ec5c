"""The part of a verdict that says what to do next, for OpenAPI and its tests."""

from __future__ import annotations

from typing import Any, cast

from marshmallow import Schema, fields, validate

CHECK_RESULTS = ("found", "not_found", "contradicts")
DEPTHS = ("basic", "standard", "deep")


def a_text(**more: object) -> fields.String:
    """A string that always stands there; `more` describes it."""
    return fields.String(required=True, metadata=more)


def a_number(**more: object) -> fields.Integer:
    """A whole number that always stands there."""
    return fields.Integer(required=True, metadata=more)


def some_texts() -> fields.List[str]:
    """A list of strings that always stands there."""
    return fields.List(fields.String(), required=True)


def some_rows(schema: type[Schema]) -> fields.List[Any]:
    """A list of objects that always stands there."""
    return fields.List(cast("fields.Field[Any]", fields.Nested(schema)), required=True)


class LevelCriterionSchema(Schema):
    """A criterion of a customer level; `met` is unknown where nobody could look."""

    id = a_text()
    level = fields.Integer(required=True, validate=validate.Range(1, 4))
    met = fields.String(required=True, validate=validate.OneOf(("yes", "no", "unknown")))
    text = a_text()
    quote = a_text(description="The wording that shows it, or empty")


class LevelOverrideSchema(Schema):
    """The level that the rep set by hand."""

    level = fields.Integer(required=True, validate=validate.Range(1, 4))
    reason = a_text()


class CustomerLevelSchema(Schema):
    """How promising the customer is: 1 (best) to 4, null where the mail is no inquiry."""

    level = fields.Integer(required=True, allow_none=True, validate=validate.Range(1, 4))
    evidence = some_texts()
    missing_for_next_level = some_texts()
    criteria = some_rows(LevelCriterionSchema)
    override = fields.Nested(LevelOverrideSchema, required=True, allow_none=True)


class SearchLinkSchema(Schema):
    """A search to run by hand. `twins` are the same search at other engines; a site of its own kind has none.

    A short verdict has no twins: `GET /v1/searches` has the patterns of all addresses.
    """

    id = a_text()
    topic = a_text()
    label = a_text()
    query = a_text()
    url = a_text()
    why = a_text()
    good = a_text(description="What a good result looks like")
    bad = a_text(description="What a bad result looks like")
    rank = a_number(minimum=1)
    twins = fields.Dict(keys=fields.String(), values=fields.String())


class MoreSearchesSchema(Schema):
    """The searches behind the first ones, by id and in their order; `GET /v1/searches` has their words and patterns."""

    ids = some_texts()
    values = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "What the placeholders of all searches of this mail stand for"},
    )
    short = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
        required=True,
        metadata={"description": "By wording: values that are cut there, as Baidu reads few characters"},
    )


class HandlingSchema(Schema):
    """What to do next. `reply_by` is hours, or null; `reply_before` is that moment in the rep's working hours."""

    reply_by = fields.Integer(required=True, allow_none=True)
    reply_before = fields.String(required=True, allow_none=True, metadata={"format": "date-time"})
    review = fields.Boolean(required=True)
    channels = some_texts()
    steps = some_texts()
    stop = some_texts()


class CheckItemSchema(Schema):
    """A check to make by hand; `consent` ones only once the customer has agreed."""

    id = a_text()
    label = a_text()
    why = a_text()
    url = fields.String(required=True, allow_none=True)
    consent = fields.Boolean(required=True)
    result = fields.String(required=True, allow_none=True, validate=validate.OneOf(CHECK_RESULTS))
    note = a_text()


class ChecksSchema(Schema):
    """The checklist of `check_depth`, and why that depth."""

    why = some_texts()
    items = some_rows(CheckItemSchema)


class PaymentTermSchema(Schema):
    """A term of payment, and why to offer or to refuse it."""

    id = a_text()
    text = a_text()
    why = a_text()


class PaymentAdviceSchema(Schema):
    """Terms of payment to offer, best first, and to refuse."""

    offer = some_rows(PaymentTermSchema)
    refuse = some_rows(PaymentTermSchema)
    note = a_text()


class CaveatSchema(Schema):
    """A warning that is no sign of fraud: a compliance stop, arrears, old data."""

    id = a_text()
    text = a_text()
