"""Which terms of payment to offer and which to refuse, by the strictest limit that holds."""

from __future__ import annotations

from server.judging.plan import Plan, filled
from server.model import Evidence, Lang, PaymentAdvice, PaymentTerm
from server.rulebook.book import Rulebook
from server.rulebook.conditions import Context
from server.rulebook.policy_checks import Limit, PaymentPolicy


def payment_advice(evidence: Evidence, rulebook: Rulebook, base: Context, plan: Plan, lang: Lang) -> PaymentAdvice:
    """Terms up to the limit, the seller's safest first; what lies beyond is refused, with the limit's reasons."""
    policy = rulebook.payment_terms
    held = [row for row in policy.limits if row.when.evaluate(base)]
    if not held:
        return PaymentAdvice()
    limit = min(_place(row, policy) for row in held)
    strictest = ("；" if lang == "zh_CN" else "; ").join(row.why[lang] for row in held if _place(row, policy) == limit)
    offer = tuple(PaymentTerm(row.id, row.text[lang], row.why[lang]) for row in policy.terms[: limit + 1])
    beyond = tuple(PaymentTerm(row.id, row.text[lang], strictest) for row in policy.terms[limit + 1 :])
    never = tuple(PaymentTerm(row.id, row.text[lang], row.why[lang]) for row in policy.never)
    return PaymentAdvice(offer, (*beyond, *never), _note(evidence, policy, plan, limit, lang))


def _place(limit: Limit, policy: PaymentPolicy) -> int:
    return -1 if limit.up_to is None else policy.place(limit.up_to)


def _note(evidence: Evidence, policy: PaymentPolicy, plan: Plan, limit: int, lang: Lang) -> str:
    """What the buyer asks for, and whether that is within the limit."""
    texts = policy.texts
    asked = str(evidence.get("deal.payment_term") or "")
    notes: list[str] = []
    if asked:
        notes.append(filled(texts["asked"], plan.words, lang))
        within = 0 <= policy.place(asked) <= limit
        notes.append(texts["offered" if within else "refused"][lang])
    notes.append(texts["none" if limit < 0 else "new_limit"][lang])
    return ("" if lang == "zh_CN" else " ").join(notes)
