"""What the advice of rules may not say."""

from __future__ import annotations

from server.rulebook.load import load_sound_part
from server.rulebook.render import placeholders

DOMAINS = {
    "sender.lookalike_brand", "sender.org_domain", "sender.domain", "domain.name", "reply_to.lookalike",
    "auth.return_path_domain",
}  # fmt: skip
"""Facts whose value may be the domain of a public mailbox provider."""


def test_no_advice_sends_a_reader_to_any_address_of_a_domain() -> None:
    book, _ = load_sound_part()
    for rule in (*book.rules, *book.combos):
        for lang, text in (rule.advice or {}).items():
            if "address under" in text or "的邮箱" in text or "邮箱联系" in text:
                assert not DOMAINS & set(placeholders(text)), f"{rule.id} {lang}: {text}"
