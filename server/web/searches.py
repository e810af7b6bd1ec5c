"""GET /v1/searches: the words and the address patterns of all searches, which a short verdict names by id only."""

from __future__ import annotations

import re
from typing import Any, cast

import orjson
from flask import Response, request
from marshmallow import Schema, fields

from server.model import Lang
from server.rulebook.searches import PLAIN, Search, SearchLinks
from server.web.answer_parts import a_number, a_text
from server.web.engine import engine
from server.web.reading import reader_language
from server.web.schemas import LanguageSchema
from server.web.spec import Blueprint, answer, failures

blueprint = Blueprint("searches", "The searches that verdicts name")
LANGUAGE = LanguageSchema()
_NAME = re.compile(r"%(?:\(([a-z0-9_]+)\)s|%)")


class SearchEngineSchema(Schema):
    """An engine: its address up to the query, and which wording of a query it takes."""

    start = a_text()
    wording = a_text()


class SearchSchema(Schema):
    """A search. `{name}` in `query`, `wordings` and `url` stands for a value of `more_searches.values`.

    `wordings` are percent-encoded, and so must be what is put into them (a space as `+`) and into `url` (as `%20`).
    """

    topic = a_text()
    label = a_text()
    why = a_text()
    good = a_text()
    bad = a_text()
    query = a_text(description="As a reader sees it; empty for a site of its own kind")
    wordings = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": f"The query by wording; one that is not here is that of `{PLAIN}`"},
    )
    url = a_text(description="The address of a site of its own kind, or empty")


class SearchesSchema(Schema):
    """Everything about searches that is the same for all mails."""

    rulebook = a_text(description="It fits verdicts with the same `rulebook`")
    lang = a_text()
    show = a_number()
    default_engine = a_text()
    engines = fields.Dict(keys=fields.String(), values=fields.Nested(SearchEngineSchema), required=True)
    searches = fields.Dict(keys=fields.String(), values=fields.Nested(SearchSchema), required=True)


@blueprint.call(
    "/v1/searches",
    operationId="searches",
    parameters=[
        {"in": "query", "schema": LanguageSchema},
        {"in": "header", "name": "If-None-Match", "schema": {"type": "string"}},
    ],
    responses={
        "200": answer(SearchesSchema, "All searches"),
        "304": {"description": "The caller has them already"},
        **failures(401, 422, 429),
    },
)
def searches() -> Response:
    """The words and address patterns of all searches, for a client that shows `more_searches` of a short verdict."""
    options = cast(dict[str, Any], LANGUAGE.load(request.args.to_dict()))
    lang = reader_language(options.get("lang"), request.accept_languages)
    book = engine().vetting.rulebook
    response = Response(orjson.dumps(table(book.search_links, book.version, lang)), mimetype="application/json")
    response.set_etag(f"{book.version}-{lang}")
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def table(policy: SearchLinks, version: str, lang: Lang) -> dict[str, Any]:
    """The answer as plain data."""
    return {
        "rulebook": version,
        "lang": lang,
        "show": policy.show,
        "default_engine": policy.default_engine,
        "engines": {name: {"start": start, "wording": wording} for name, wording, start in policy.starts},
        "searches": {name: _row(row, lang) for name, row in policy.templates.items()},
    }


def _row(row: Search, lang: Lang) -> dict[str, Any]:
    label, why, good, bad = row.words[lang]
    plain = row.encoded.get(PLAIN)
    wordings = {name: _braces(text) for name, text in row.encoded.items() if name == PLAIN or text != plain}
    return {
        "topic": row.topic,
        "label": label,
        "why": why,
        "good": good,
        "bad": bad,
        "query": _braces(row.query),
        "wordings": wordings,
        "url": _braces(row.url),
    }


def _braces(pattern: str) -> str:
    """A `%` pattern with its placeholders in braces."""
    return _NAME.sub(lambda hit: f"{{{hit[1]}}}" if hit[1] else "%", pattern)
