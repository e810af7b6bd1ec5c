"""What real buyers do and crooks do too, done to honest mails: none of it alone may turn them red.

`python -m tests.mail.stress [--meaning] FOLDER` prints the shares at caution and red for each variant. Where the
folder's labels.csv has a column `label`, only its honest mails are taken. `--meaning` reads what sentences mean, too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from server.model import Message
from server.rulebook.book import Rulebook
from server.rulebook.load import load_rulebook
from tests.mail.rewrite import from_elsewhere, local_part, say
from tests.mail.vetted import HERE, Bench, Result, meaning_stage, read, table

Variant = Callable[[Message, str, Rulebook], Message]
"""Message, its language, rulebook -> the message under stress."""

GOAL = 0.04
"""Share of honest mails that may be red under a variant."""
LIMITS_FILE = HERE / "stress_limits.csv"

URGENT = {
    "en": "This is urgent, please send the PI today.",
    "zh": "此单很急，请今天就把PI发给我。",
    "es": "Es urgente, por favor envíe la factura proforma hoy mismo.",
    "pt": "É urgente, por favor envie a fatura proforma ainda hoje.",
    "fr": "C'est urgent, merci d'envoyer la facture proforma aujourd'hui.",
    "ru": "Это срочно, пришлите инвойс (PI) сегодня, пожалуйста.",
    "ar": "الأمر عاجل، يرجى إرسال الفاتورة المبدئية اليوم.",
    "tr": "Çok acil, lütfen proforma faturayı bugün gönderin.",
    "de": "Es ist dringend, bitte senden Sie die Proformarechnung noch heute.",
}
CATALOGUE = {
    "en": "Please also send us the catalogue and price list of all your products.",
    "zh": "另外请把贵司全部产品的目录和价格表发给我们。",
    "es": "Envíenos también el catálogo y la lista de precios de todos sus productos.",
    "pt": "Envie também o catálogo e a lista de preços de todos os seus produtos.",
    "fr": "Envoyez-nous aussi le catalogue et les tarifs de tous vos produits.",
    "ru": "Пришлите также каталог и прайс-лист на всю вашу продукцию.",
    "ar": "يرجى أيضا إرسال الكتالوج وقائمة أسعار جميع منتجاتكم.",
    "tr": "Ayrıca tüm ürünlerinizin kataloğunu ve fiyat listesini gönderin.",
    "de": "Bitte senden Sie uns auch den Katalog und die Preisliste aller Ihrer Produkte.",
}


def freemail(message: Message, language: str, rulebook: Rulebook) -> Message:
    """Sent from a public mailbox."""
    return from_elsewhere(message, f"{local_part(message)}@gmail.com")


def two_freemails(message: Message, language: str, rulebook: Rulebook) -> Message:
    """Sent from a public mailbox, answers wanted at a second one."""
    name = local_part(message)
    return from_elsewhere(message, f"{name}@gmail.com", reply_to=f"{name}.office@outlook.com")


def urgent(message: Message, language: str, rulebook: Rulebook) -> Message:
    """In a hurry for the proforma invoice."""
    return say(message, URGENT.get(language, URGENT["en"]), rulebook)


def catalogue(message: Message, language: str, rulebook: Rulebook) -> Message:
    """Wants the catalogue of everything."""
    return say(message, CATALOGUE.get(language, CATALOGUE["en"]), rulebook)


def as_is(message: Message, language: str, rulebook: Rulebook) -> Message:
    """Nothing done: what the variants are compared with."""
    return replace(message)


VARIANTS: Mapping[str, Variant] = {
    "as it is": as_is,
    "freemail": freemail,
    "two freemails": two_freemails,
    "urgent, PI today": urgent,
    "catalogue of everything": catalogue,
}


def stressed(mails: Mapping[str, Message], bench: Bench) -> dict[str, dict[str, Result]]:
    """The result of every mail under every variant."""
    rulebook = bench.vetting.rulebook
    languages = {name: bench(message).language for name, message in mails.items()}
    return {
        variant: {name: bench(change(message, languages[name], rulebook)) for name, message in mails.items()}
        for variant, change in VARIANTS.items()
    }


def share(results: Mapping[str, Result], at_least: int) -> float:
    """Share of mails at a place of the ladder or above."""
    return sum(result.rank >= at_least for result in results.values()) / (len(results) or 1)


def honest_of(folder: Path) -> dict[str, Message]:
    """The folder's mails, without those that its labels call fraud."""
    mails = read(folder)
    labels = folder / "labels.csv"
    rows = list(table(labels)) if labels.is_file() else []
    bad = {row["file"] for row in rows if row.get("label", "honest") != "honest"}
    return {name: message for name, message in mails.items() if name not in bad}


def main() -> None:
    paths = [arg for arg in sys.argv[1:] if arg != "--meaning"]
    if len(paths) != 1 or not Path(paths[0]).is_dir():
        sys.exit(__doc__)
    book = load_rulebook()
    bench = Bench(book, meaning_stage(book) if "--meaning" in sys.argv else None)
    mails = honest_of(Path(paths[0]))
    print(f"| {len(mails)} honest mails | caution+ | red | critical |\n|---|---|---|---|")
    for variant, results in stressed(mails, bench).items():
        print(f"| {variant} | " + " | ".join(f"{share(results, place):.3f}" for place in (1, 2, 3)) + " |")


if __name__ == "__main__":
    main()
