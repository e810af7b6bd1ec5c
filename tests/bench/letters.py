"""Distinct trade mails of 2 to 4 KB: every sentence has a number or a code that no other mail has."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

SENTENCES = (
    "We are {company} in {city}, a wholesaler of {item} since {year} with {n} employees.",
    "Your {item} {code} was recommended to us by a customer who bought {n} pieces in {year}.",
    "Please quote {n} pcs of {item} {code}, FOB {port} and CIF {city}.",
    "We also need {n} sets of spare parts for model {code} and {n2} seals of each size.",
    "Our target price for {code} is USD {price} per piece, please check whether that is possible.",
    "Kindly state the lead time for {n} cartons, the packing and the HS code of {code}.",
    "Do you hold the certificates CE and ISO 9001 for {code}, and who issued number {n}?",
    "Our usual payment terms are {share} % deposit by T/T and the balance against copy of document {code}.",
    "We can open a letter of credit at sight through {bank} for USD {n} if you prefer.",
    "The goods of order {code} should be ready before the {day} of {month}.",
    "We have imported from {port} for {share} years and our licence number is {code}.",
    "The drawing {code} is attached, the tolerance of the {item} is {price} mm.",
    "Please send a sample of {item} {code} by courier, our account number is {n}.",
    "We order about {n} pieces a year and would like to start with {n2} of {code}.",
    "Our warehouse at {n} {street} Street in {city} receives goods until {share} o'clock.",
    "Could you put our logo on {n} pieces of {code}, and what would the mould cost?",
    "For {item} {code} we need a warranty of {share} months and {n2} spare parts in stock.",
    "Last {month} we bought {n} pieces of a similar {item} and {n2} of them were broken.",
    "Please confirm the weight of one carton of {code} and how many fit into a {share} ft container.",
    "The tender {code} of the port of {city} closes on the {day} of {month}, so we need your offer for {n} pieces soon.",
)
WORDS = {
    "item": "ball valve,garden chair,LED panel,water pump,brake disc,cotton towel,solar lamp,steel pipe,paper bag,tile saw",
    "city": "Bergen,Hamburg,Lagos,Lyon,Porto,Izmir,Lima,Dubai,Durban,Osaka,Toronto,Gdansk,Riga,Genoa,Cork,Santos",
    "port": "Shanghai,Ningbo,Shenzhen,Qingdao,Xiamen,Tianjin",
    "bank": "DNB,Commerzbank,Santander,Garanti,Standard Bank,BNP",
    "month": "January,February,March,April,May,June,July,August,September,October,November,December",
    "street": "Harbour,Mill,Station,Garden,Church,Market,Bridge",
    "company": "Hansen Ventiler AS,Norte Import SA,Kara Ticaret,Baltic Trade SIA,Okafor and Sons,Maison Leroy,Porto Azul Lda",
    "name": "Kari Hansen,Luis Ortega,Ayse Kara,Janis Ozols,Chidi Okafor,Claire Leroy,Rui Santos",
}
CHOICES = {name: tuple(words.split(",")) for name, words in WORDS.items()}


@dataclass(frozen=True)
class Letter:
    """One mail in both forms: the body of POST /v1/vet, and the mail itself for servers that read mails."""

    request: bytes
    mail: bytes


def letters(count: int, *, seed: int = 1, size: int | None = None, domain: str = "") -> list[Letter]:
    """So many mails, the same for the same seed. `size`: code points of the text; else 1,700 to 3,600."""
    chance = random.Random(seed)
    return [_letter(chance, number, size or chance.randint(1700, 3600), domain) for number in range(count)]


def _letter(chance: random.Random, number: int, size: int, domain: str) -> Letter:
    slots = {name: chance.choice(words) for name, words in CHOICES.items()}
    company = slots["company"].split()[0].lower()
    host = domain or f"{company}-{chance.randrange(10**9)}.com"
    text = f"Dear sales manager,\n\n{body(chance, size, slots)}\n\nBest regards,\n{slots['name']}\nPurchasing, {slots['company']}\n"
    text += f"Tel: +47 55 {chance.randrange(100, 999)} {chance.randrange(100, 999)}\nwww.{host}\n"
    address = f"{slots['name'].split()[0].lower()}@{host}"
    subject = f"Inquiry {chance.randrange(10**8)}: {slots['item']}"
    request = {
        "sender": {"address": address, "name": slots["name"]},
        "reply_to": [],
        "subject": subject,
        "body": {"text": text},
        "attachments": [{"name": f"drawing-{number}.pdf"}],
        "max_wait_ms": 0,
    }
    return Letter(json.dumps(request).encode(), _mail(address, slots["name"], subject, text, number))


def body(chance: random.Random, size: int, slots: dict[str, str]) -> str:
    """Paragraphs of sentences, at least this long."""
    parts: list[str] = []
    length = 0
    while length < size:
        sentence = chance.choice(SENTENCES).format(
            **slots | {"city": chance.choice(CHOICES["city"])} | _figures(chance)
        )
        length += len(sentence) + 1
        parts.append(sentence + ("\n\n" if len(parts) % 4 == 3 else " "))
    return "".join(parts).strip()


def _figures(chance: random.Random) -> dict[str, str]:
    return {
        "n": f"{chance.randrange(1_000, 9_999_999):,}",
        "n2": str(chance.randrange(10, 99_999)),
        "code": f"{chance.choice('ABCDEFGH')}{chance.choice('KLMNPQRS')}-{chance.randrange(10**7)}",
        "year": str(chance.randrange(1950, 2020)),
        "price": f"{chance.randrange(1, 900)}.{chance.randrange(10, 99)}",
        "share": str(chance.randrange(2, 90)),
        "day": f"{chance.randrange(1, 29)}th",
    }


def _mail(address: str, name: str, subject: str, text: str, number: int) -> bytes:
    message = EmailMessage()
    message["Received"] = f"from mail.{address.partition('@')[2]} by mx.ours.example with ESMTPS id {number}"
    message["From"] = f"{name} <{address}>"
    message["To"] = "sales@ours.example"
    message["Subject"] = subject
    message["Date"] = format_datetime(datetime(2026, 11, 20, tzinfo=UTC) + timedelta(seconds=number))
    message["Message-ID"] = f"<{number}.{abs(hash(subject))}@{address.partition('@')[2]}>"
    message.set_content(text)
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
