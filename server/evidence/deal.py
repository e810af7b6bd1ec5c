"""What the mail says about a deal: what lies behind it, which details are named, who the buyer says he is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from server.evidence.mail import Mail
from server.evidence.pattern import Pattern
from server.model import Evidence, Quote, Value

HISTORY: Mapping[str, tuple[str, ...]] = {
    "document": ("our_document",),
    "order": ("order_number", "lc_under_way", "shipment_talk"),
    "payment": ("money_moved",),
    "past": ("past_dealing",),
    "delivery": ("goods_delivered",),
    "number": ("paper_number",),
    "talk": ("earlier_talk",),
}
"""Signs that the two sides have dealt with each other, with the phrase sets that show each."""

DETAILS: Mapping[str, tuple[str, ...]] = {
    "quantity": ("quantity", "goods_counted"),
    "transport": ("incoterm", "transport"),
    "packing": ("packaging", "packing_words"),
    "picture": ("picture_drawing",),
    "certificate": ("certificate",),
    "payment_terms": ("payment_terms_sane",),
}
"""Details of the goods beside their parameters (R-62: name, pictures, technical parameters, packing, transport)."""

PARAMETERS = ("specification", "spec_words")
SOME = 3
MANY = 7
"""Wordings with a size, material or rating from which on parameters count as given, and as given in full."""

_REGISTER = Pattern(
    r"(?i)(?:\b(?:GSTIN?|NTN|STRN|VAT|TIN|TRN|EIN|IEC|ABN|CRN|NIT|RUC|RFC|CIF|NIF|RUT|CUIT|CNPJ|NIPC|SIRET|SIREN|TVA"
    r"|RCS|RCCM|HRB|UID|Ust-?Id(?:Nr)?|ИНН|ОГРН|БИН|УНП|ЕГРПОУ)|KRA PIN|\bC\.?R\.?|\bRC"
    r"|(?:company|registration|\breg\.?) (?:no|number|nr)|vergi (?:no|numaras[iı])|mersis|السجل التجاري|الرقم الضريبي"
    r"|税号|信用代码|统一编号|統一編號)(?: ?(?:no|nr|code|رقم))?[ .:№#：-]{0,3}[A-Z]{0,4}[ -]?[0-9][0-9A-Z./-]{4,20}"
)
"""A number in a register of companies or of taxpayers, behind its name."""

_DRAWN = (".jpg", ".jpeg", ".png", ".dwg", ".dxf", ".step", ".stp", ".ai", ".xls", ".xlsx")
_DRAWN_WORDS = ("draw", "drg", "spec", "boq", "tech", "pack", "sched", "photo", "заяв", "чертеж", "zeich", "plan")
_SHEET_WORDS = ("desen", "dibuj", "plano", "dessin", "图", "规格", "参数")


def deal_facts(mail: Mail, evidence: Evidence, phrases: Mapping[str, list[str]]) -> None:
    """The facts `deal.history`, `deal.begun`, `deal.details`, `deal.parameters`, `deal.named` and `identity.given`.

    `phrases` are the sets that were looked for. Facts stay unknown where no text could be read.
    """
    _given(mail, evidence)
    if not any(name in phrases for name in PARAMETERS):
        return
    history, quotes = _found(HISTORY, phrases, evidence)
    evidence.put("deal.history", cast(Value, history), *quotes)
    named = {"document", "order"}.intersection(history)  # the number is theirs: one sign, not two
    begun = [kind for kind in history if kind != "talk" and not (kind == "number" and named)]
    begun += ["often"] if len(phrases.get("past_dealing", ())) > 1 else []
    evidence.put("deal.begun", cast(Value, begun), *quotes)
    parameters = sum(len(phrases.get(name, ())) for name in PARAMETERS)
    details, quotes = _found(DETAILS, phrases, evidence)
    if "picture" not in details and any(_drawn(name) for name in _files(evidence)):
        details.append("picture")
    levels = [name for name, least in (("parameters", SOME), ("full_parameters", MANY)) if parameters >= least]
    first = tuple(quote for name in PARAMETERS for quote in evidence.quotes.get(f"phrases.{name}", ())[:1])
    evidence.put("deal.parameters", parameters, *first[:1])
    evidence.put("deal.details", cast(Value, [*levels, *details]), *first[:1], *quotes)
    named = [
        bool(phrases.get("specification")),
        bool(phrases.get("item_number")),
        "quantity" in details,
        len(phrases.get("spec_words", ())) > 1,
    ]
    evidence.put("deal.named", sum(named), *first[:1], *evidence.quotes.get("phrases.item_number", ())[:1])


def _found(
    kinds: Mapping[str, tuple[str, ...]], phrases: Mapping[str, list[str]], evidence: Evidence
) -> tuple[list[str], list[Quote]]:
    """The kinds of which a wording was found, and the first wording of each."""
    found: list[str] = []
    quotes: list[Quote] = []
    for kind, sets in kinds.items():
        hit = next((name for name in sets if phrases.get(name)), None)
        if hit is not None:
            found.append(kind)
            quotes += evidence.quotes.get(f"phrases.{hit}", ())[:1]
    return found, quotes


def _given(mail: Mail, evidence: Evidence) -> None:
    """`identity.given`: which of the data of a whole business card stand there."""
    if evidence.get("identity.person") is None and evidence.get("identity.company") is None:
        return
    company = evidence.get("identity.company") or evidence.get("identity.institution_claim")
    mailbox = evidence.get("sender.free_provider") is False and evidence.get("reply_to.relay") is not True
    rows = (
        ("person", bool(evidence.get("identity.person"))),
        ("company", bool(company)),
        ("phone", bool(evidence.get("identity.phones"))),
        ("site", bool(evidence.get("identity.sites"))),
        ("register_number", _registered(mail)),
        ("company_mailbox", mailbox),
    )
    evidence.put("identity.given", [name for name, there in rows if there])


def _registered(mail: Mail) -> bool:
    return any(_REGISTER.search(mail.text[start:end]) is not None for start, end in mail.read)


def _files(evidence: Evidence) -> list[str]:
    return cast("list[str]", evidence.get("attachments.names") or [])


def _drawn(name: str) -> bool:
    """Whether a file is a picture, a drawing or a sheet of parameters, by its name."""
    low = name.lower()
    return low.endswith(_DRAWN) or any(word in low for word in (*_DRAWN_WORDS, *_SHEET_WORDS))
