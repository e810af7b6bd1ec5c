"""The request's `context`: what the rep knows beside the mail. Every key may be left out; a wrong one is named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from math import isfinite
from typing import Any, ClassVar, cast
from zoneinfo import available_timezones

from marshmallow import ValidationError, fields, validate

from server.web.codes import COUNTRIES, CURRENCIES
from server.web.engine import engine
from server.web.fields import CLEAR, Few, Flag, Strict, choice, nested, whole, words
from server.web.spec import Described

PRODUCT_CLASSES = ("ordinary", "dual_use", "high_value", "perishable")
RESULTS = ("found", "not_found", "contradicts")
MOST_CHECKS = 60
MOST_MONEY = 1e12
MOST_ARREARS = 24
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_ID = re.compile(r"[a-z][a-z0-9_]{1,47}\Z")


def refuse_unknown_ids(context: Mapping[str, Any]) -> None:
    """Refuse a term or a check that the company's policy does not know. Raises ValidationError that names it."""
    if not {"payment_term", "checks"} & context.keys():
        return
    book = engine().vetting.rulebook
    term = context.get("payment_term")
    if term is not None and term not in book.payment_terms.ids:
        known = ", ".join(sorted(book.payment_terms.ids))
        raise ValidationError({"context": {"payment_term": [f"not one of {known}"]}})
    for name in cast(dict[str, str], context.get("checks") or {}):
        if name not in book.check_depth.items:
            raise ValidationError({"context": {"checks": {name: ["there is no such check in check_depth.yaml"]}}})


class Money(fields.Float):
    """An amount of money: a number that is none of "3", true, NaN, or below zero."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise ValidationError("not a number")
        if not 0 <= value <= MOST_MONEY:
            raise ValidationError(f"not between 0 and {MOST_MONEY:,.0f}")
        return float(value)


class Code(fields.String):
    """A code out of a fixed set, in either case; kept in capitals."""

    def __init__(self, among: frozenset[str], complaint: str, **more: Any) -> None:
        super().__init__(error_messages=CLEAR | {"invalid": complaint}, **more)  # pyright: ignore[reportUnknownMemberType]
        self.among = among
        self.complaint = complaint

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        code = value.upper() if isinstance(value, str) and value.isascii() else ""
        if code not in self.among:
            raise ValidationError(self.complaint)
        return code


class Zone(fields.String):
    """The IANA name of a time zone, as Asia/Shanghai."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if not isinstance(value, str) or value not in _zones():
            raise ValidationError("not the name of a time zone, such as Asia/Shanghai")
        return value


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


class CheckResults(Described):
    """What the rep found, by the id of the check."""

    JSON_SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "maxProperties": MOST_CHECKS,
        "propertyNames": {"pattern": "^[a-z][a-z0-9_]{1,47}$"},
        "additionalProperties": {"enum": list(RESULTS)},
        "examples": [{"registry": "found", "linkedin": "not_found"}],
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise ValidationError("not an object")
        given = cast(dict[str, Any], value)
        if len(given) > MOST_CHECKS:
            raise ValidationError(f"more than {MOST_CHECKS} entries")
        for name, result in given.items():
            if not _ID.match(name):
                raise ValidationError({name[:60]: ["not the id of a check"]})
            if not isinstance(result, str) or result not in RESULTS:
                raise ValidationError({name: [f"not one of {', '.join(RESULTS)}"]})
        return given


class LevelByHandSchema(Strict):
    """The customer level that the rep sets by hand, with his reason."""

    level = whole(1, 4, required=True)
    reason = fields.String(
        required=True,
        validate=[
            validate.Length(max=500, error="longer than 500 characters"),
            validate.Regexp(r"(?s).*\S", error="empty: say why the level is set by hand"),
        ],
        error_messages=CLEAR | {"invalid": "not a string"},
    )


class Day(fields.String):
    """A day of the calendar, as 2026-03-31."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        try:
            if not isinstance(value, str) or not _DAY.match(value) or date.fromisoformat(value).year < 1990:
                raise ValueError
        except ValueError:
            raise ValidationError("not a day since 1990 such as 2026-03-31") from None
        return value


class ArrearsSchema(Strict):
    """How many days the oldest unpaid invoice was overdue on a day, or how late an invoice was paid."""

    date = Day(required=True, error_messages=CLEAR, metadata={"format": "date"})
    days = whole(0, 36_500, required=True)
    balance = Money(error_messages=CLEAR, metadata={"minimum": 0, "description": "Unpaid then, in `currency`"})


class ContextSchema(Strict):
    """What the caller knows beside the mail."""

    order_amount = Money(
        error_messages=CLEAR,
        metadata={"minimum": 0, "description": "Not used without `currency`, and the answer says so"},
    )
    currency = Code(CURRENCIES, "not an ISO 4217 code, such as USD", metadata={"description": "ISO 4217"})
    country = Code(
        COUNTRIES,
        "not an ISO 3166 code of two letters, such as DE (the United Kingdom is GB)",
        metadata={"description": "The customer's country, ISO 3166 alpha-2"},
    )
    product_class = choice(PRODUCT_CLASSES)
    payment_term = words(48, metadata={"description": "Id of a term in payment_terms.yaml"})
    order_placed = Flag(error_messages=CLEAR, metadata={"description": "An order or sample order is with us"})
    visited_us = Flag(error_messages=CLEAR)
    local_influence = Flag(error_messages=CLEAR, metadata={"description": "A survey showed influence in its market"})
    level_override = nested(LevelByHandSchema)
    arrears_days = whole(0, 36_500, metadata={"description": "Days by which the oldest unpaid invoice is overdue"})
    open_balance = Money(error_messages=CLEAR, metadata={"minimum": 0, "description": "Unpaid in all, in `currency`"})
    arrears_history = Few(nested(ArrearsSchema), most=MOST_ARREARS, about="How late he was so far, in any order")
    checks = CheckResults(metadata={"description": "Results of the checks, by check id"})
    timezone = Zone(error_messages=CLEAR, metadata={"description": "IANA name of the rep's time zone"})
    working_days = Few(whole(1, 7), most=7, least=1, about="1 Monday to 7 Sunday")
    thread_length = whole(0, 100_000, metadata={"description": "Mails exchanged so far"})
    mailed_by = words(320, metadata={"description": "The host that Gmail names beside the sender"})
    signed_by = words(320)
