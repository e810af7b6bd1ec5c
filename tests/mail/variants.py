"""Rewritings of a mail that leave its meaning alone: harmless ones must not raise its level, disguises not lower it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from server.message.html import html_to_text
from server.model import Address, Message
from server.rulebook.book import Rulebook
from tests.mail.rewrite import say

Variant = Callable[[Message, str, Rulebook], Message]
"""Message, its language, rulebook -> the message rewritten."""

POLITE = {
    "en": "Thank you very much for your kind attention. We appreciate your time and wish you and your family well.",
    "zh": "非常感谢您的耐心与支持，祝您工作顺利，阖家安康。",
    "es": "Muchas gracias por su amable atención. Le deseamos una buena semana.",
    "pt": "Muito obrigado pela sua atenção. Desejamos uma boa semana.",
    "fr": "Merci beaucoup de votre aimable attention. Nous vous souhaitons une bonne semaine.",
    "ru": "Большое спасибо за внимание. Желаем вам хорошей недели.",
    "ar": "شكرا جزيلا لكم على اهتمامكم ونتمنى لكم أسبوعا طيبا.",
    "tr": "İlginiz için çok teşekkür ederiz, iyi haftalar dileriz.",
    "de": "Vielen Dank für Ihre Mühe. Wir wünschen Ihnen eine gute Woche.",
}
OUR_MAIL = """

On Mon, 16 Nov 2026 at 09:12, Cathy Zhou <sales@haorunvalve.com> wrote:
> Dear friend,
>
> Thank you for your inquiry. Our bank account is on the proforma invoice, please pay the deposit by T/T
> today, the offer is valid this week only. We never change our bank account by e-mail.
> Samples are free, courier is at your cost. Please send your company papers and the import licence.
>
> Best regards
> Cathy Zhou
> Haorun Valve Co., Ltd.
"""
NATIONS = ("a Nigerian", "an Indian", "a Pakistani", "a Russian", "a Norwegian", "a Chinese")
GIVEN = ("Chinedu", "Bilal", "Dmitri", "Weiming", "Astrid")
TOWNS = {
    "Lagos": "Kano", "Istanbul": "Konya", "Dubai": "Sharjah", "Accra": "Kumasi", "Karachi": "Lahore",
    "Mumbai": "Surat", "Dhaka": "Sylhet", "Nairobi": "Mombasa", "Douala": "Yaoundé", "Dakar": "Thiès",
    "Hamburg": "Rostock", "Paris": "Rouen", "Madrid": "Murcia", "Lisbon": "Braga", "Milan": "Genoa",
    "Cotonou": "Parakou", "New Jersey": "Ohio", "Felixstowe": "Hull", "Melbourne": "Perth", "Oslo": "Bergen",
}  # fmt: skip
CURRENCIES = {
    "US$": "€", "USD": "EUR", "EUR": "GBP", "GBP": "USD", "$": "€", "€": "£", "£": "$",
    "美元": "欧元", "欧元": "美元", "dollars": "euros", "euros": "pounds", "dólares": "euros", "евро": "долларов",
}  # fmt: skip
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
LOOKALIKE = str.maketrans("aeopcxi", "аеорсхі")
FILLER = (
    "We are a family firm of forty people in the third generation and produce what we sell. Last year the hall was "
    "enlarged, a new line for stainless parts was set up, and two apprentices finished their training with honours. "
    "The fair in autumn was well visited, many old friends came to the stand and we thank them for their confidence. "
)


def polite(message: Message, language: str, rulebook: Rulebook) -> Message:
    return say(message, POLITE.get(language, POLITE["en"]), rulebook)


def our_mail_below(message: Message, language: str, rulebook: Rulebook) -> Message:
    return replace(message, text=(message.text or "") + OUR_MAIL)


def nationality(person: str) -> Variant:
    def rewritten(message: Message, language: str, rulebook: Rulebook) -> Message:
        return say(message, f"My partner in the firm is {person}.", rulebook)

    return rewritten


def given_name(name: str) -> Variant:
    """Another first name, in the display name, the text and the local part alike."""

    def rewritten(message: Message, language: str, rulebook: Rulebook) -> Message:
        sender = message.sender
        old = sender.name.split()[0].strip('"') if sender and sender.name.split() else ""
        if sender is None or len(old) < 4 or not old.isascii() or not old.isalpha() or old.lower() in COMPANY:
            return message
        local, at, host = sender.address.partition("@")
        local = local.replace(old.lower(), name.lower())
        return replace(
            message,
            sender=Address(local + at + host, sender.name.replace(old, name)),
            text=re.sub(rf"\b{old}\b", name, message.text or ""),
        )

    return rewritten


COMPANY = frozenset(
    ["walmart", "tesla", "alibaba", "hospital", "service", "royal", "planned", "hostwell", "purchasing", "procurement"]
)
"""Words at the head of a display name that are no first names."""


def towns(message: Message, language: str, rulebook: Rulebook) -> Message:
    """Another town of the same country: telephone and domain still fit."""
    return replace(message, text=exchanged(message.text or "", TOWNS))


def currency(message: Message, language: str, rulebook: Rulebook) -> Message:
    text = exchanged(message.text or "", CURRENCIES)
    return replace(message, text=text, subject=exchanged(message.subject or "", CURRENCIES))


def exchanged(text: str, words: Mapping[str, str]) -> str:
    """Each of the words replaced by its partner, in one pass."""
    longest = sorted(words, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), lambda found: words[found[0]], text)


def zero_width(message: Message, language: str, rulebook: Rulebook) -> Message:
    """A zero-width space in the middle of every longer word, Chinese ones too."""
    return on_words(message, lambda word: f"{word[: len(word) // 2]}\u200b{word[len(word) // 2 :]}")


def homoglyphs(message: Message, language: str, rulebook: Rulebook) -> Message:
    """Cyrillic letters that look like the Latin ones, inside every longer word of Latin letters."""

    def disguised(word: str) -> str:
        return word[0] + word[1:-1].translate(LOOKALIKE) + word[-1] if word.isascii() else word

    return on_words(message, disguised)


def on_words(message: Message, change: Callable[[str], str]) -> Message:
    """A change to each longer word that is part of no address or link."""

    def one(found: re.Match[str]) -> str:
        if re.search(r"[@/]|\.\w", found[0]):
            return found[0]
        return _LONG_WORD.sub(lambda word: change(word[0]), found[0])

    def text(source: str | None) -> str | None:
        return None if source is None else re.sub(r"\S+", one, source)

    return replace(message, text=text(message.text), subject=text(message.subject))


def as_html(message: Message, body: str) -> Message:
    """The message with this HTML as its body, its links kept."""
    return replace(message, text=html_to_text(f"<html><body>{body}</body></html>").text)


def markup(text: str) -> str:
    """Plain text as HTML with the same lines."""
    return html.escape(text).replace("\n", "<br>\n")


def tricked(trick: str) -> Variant:
    """HTML with something invisible in the middle of every longer word; `{}` in the trick is the word's second half."""

    def rewritten(message: Message, language: str, rulebook: Rulebook) -> Message:
        def cut(found: re.Match[str]) -> str:
            return found[0][:2] + trick.replace("{}", found[0][2:])

        parts = re.split(r"(&\w+;|<br>)", markup(message.text or ""))
        changed = (part if part.startswith(("&", "<br")) else _LONG_WORD.sub(cut, part) for part in parts)
        return as_html(message, "".join(changed))

    return rewritten


def stuffed(style: str) -> Variant:
    """HTML with much harmless text that the reader does not see, above and below."""

    def rewritten(message: Message, language: str, rulebook: Rulebook) -> Message:
        hidden = f'<div style="{style}">{FILLER * 4}</div>'
        return as_html(message, hidden + f"<div>{markup(message.text or '')}</div>" + hidden)

    return rewritten


def quoted_tail(message: Message, language: str, rulebook: Rulebook) -> Message:
    """Three hundred quoted lines below."""
    lines = (f"> {part}." for part in (FILLER * 75).split(". ") if part)
    return replace(message, text=(message.text or "") + "\n\nOn Fri, 13 Nov 2026, Amy Wang wrote:\n" + "\n".join(lines))


def newsletter_below(message: Message, language: str, rulebook: Rulebook) -> Message:
    """An honest newsletter of some pages below, not marked as anything."""
    return replace(message, text=(message.text or "") + "\n\n" + "\n\n".join([FILLER] * 20))


HARMLESS: Mapping[str, Variant] = {
    "a polite paragraph": polite,
    "our own mail quoted below": our_mail_below,
    **{f"the partner is {person}": nationality(person) for person in NATIONS},
    **{f"the first name is {name}": given_name(name) for name in GIVEN},
    "another town": towns,
    "another currency": currency,
}
DISGUISES: Mapping[str, Variant] = {
    "zero-width characters in words": zero_width,
    "homoglyphs in words": homoglyphs,
    "comments in words": tricked("<!-- x -->{}"),
    "spans in words": tricked("<span>{}</span>"),
    "nothing-sized letters in words": tricked('<span style="font-size:0">zq</span>{}'),
    "hidden filler": stuffed("display:none"),
    "white filler": stuffed("color:#ffffff;background:#fff"),
    "tiny filler": stuffed("font-size:1px;line-height:1px"),
    "a long quoted tail": quoted_tail,
    "a newsletter below": newsletter_below,
}
