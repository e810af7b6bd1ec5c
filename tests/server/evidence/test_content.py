"""Language, length, greeting, substance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.evidence.content import collapsed_length, content_facts, names_nothing
from server.evidence.language import language
from server.model import Evidence

Facts = Callable[..., Evidence]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Please send us your best price for this order and the delivery time.", "en"),
        ("你好，这个闸阀什么价？急", "zh"),
        ("請報價，我們需要 DN50 PN16 valve 20 pcs", "zh"),
        ("Estimados señores, necesitamos el precio de las válvulas para nuestro proyecto.", "es"),
        ("Prezados, gostaria de receber o preço das válvulas para a nossa empresa, obrigado.", "pt"),
        ("Bonjour, nous souhaitons recevoir votre prix pour les vannes, merci.", "fr"),
        ("Sehr geehrte Damen und Herren, bitte senden Sie uns ein Angebot für die Ventile.", "de"),
        ("Merhaba, bu ürün için fiyat teklifi rica ederiz, teşekkürler.", "tr"),
        ("Kevin Bey, 21.300 dolar dün akşam hesabınıza geçmiş, Nancy Hanım teyit etti, dekont ekte.", "tr"),
        ("Здравствуйте, прошу прислать цену на краны шаровые.", "ru"),
        ("السلام عليكم، نرغب في شراء الصمامات، يرجى إرسال السعر.", "ar"),
        ("Geachte heer, wij willen graag een offerte voor deze kranen, met vriendelijke groet.", "other"),
        ("Dzień dobry, proszę o cenę na zawory dla naszej firmy, pozdrawiam.", "other"),
        ("お世話になっております。バルブの見積もりをお願いします。", "other"),
        ("안녕하세요 밸브 견적을 부탁드립니다", "other"),
        ("Доброго дня, прошу надіслати ціну на крани, які є в наявності.", "other"),
        ("LED bulb E27 12W 5000 lumen 220V", "none"),
        ("OK", "none"),
        ("", "none"),
    ],
)
def test_language(text: str, code: str, tables: dict[str, Any]) -> None:
    assert language(text, tables) == code


@pytest.mark.parametrize(
    ("to", "text", "greeted"),
    [
        ("sales01@ours.example", "Dear sales01,\nplease quote", True),
        ("lily.chen@ours.example", "Dear lily.chen\nplease quote", True),
        ("sales@ours.example", "Dear sales@ours.example\nplease quote", True),
        ("lily.chen@ours.example", "尊敬的用户 lily.chen@ours.example：\n您的邮箱", True),
        ("sales@ours.example", "Dear Sales Manager,\nplease quote", False),
        ("amy@ours.example", "Dear Amy,\nplease quote", False),
        ("sales@ours.example", "Hello,\nplease quote", False),
    ],
)
def test_greets_local_part(to: str, text: str, greeted: bool, facts: Facts) -> None:
    assert facts(content_facts, sender="A <a@b.com>", to=[to], text=text).get("content.greets_local_part") is greeted


def test_length_counts_collapsed_white_space_and_no_signature(facts: Facts) -> None:
    found = facts(content_facts, text="  We need   20\n\npcs of valves. \nRegards\nJohn")
    assert found.get("content.chars") == len("We need 20 pcs of valves.")
    assert found.get("content.has_text") is True
    assert collapsed_length([" a ", "", " b\u3000c "]) == 5


def test_an_empty_text_is_known_to_be_empty(facts: Facts) -> None:
    found = facts(content_facts, text="")
    assert (found.get("content.chars"), found.get("content.has_text")) == (0, False)
    assert facts(content_facts).get("content.chars") is None


@pytest.mark.parametrize(
    ("phrases", "sets", "value", "why"),
    [
        ({"price": [], "quantity": []}, ["price", "quantity", "x"], True, None),
        ({"price": [], "quantity": ["20 pcs"]}, ["price", "quantity"], False, None),
        ({"quantity": ["20 pcs"]}, ["price", "quantity"], False, None),
        ({"price": []}, ["price", "quantity"], None, "not_covered"),
        ({}, ["other"], None, "not_built"),
    ],
)
def test_names_nothing(phrases: dict[str, list[str]], sets: list[str], value: bool | None, why: str | None) -> None:
    evidence = Evidence()
    names_nothing(evidence, phrases, sets)
    assert evidence.get("content.names_nothing") is value
    assert evidence.unknown.get("content.names_nothing") == why
