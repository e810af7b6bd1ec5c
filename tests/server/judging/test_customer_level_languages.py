"""The four levels in nine languages, on the shipped policy: what counts is what is said, not how."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from server.evidence.collect import collect
from server.judging.verdict import judge
from server.model import Address, Message
from server.rulebook.book import Rulebook
from server.rulebook.load import load_rulebook

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

MAILS: dict[tuple[str, int], str] = {
    ("en", 4): "Hello, please send me your catalogue and prices of everything you make. Thank you",
    ("en", 3): "Good day, what is your price for 800 pcs of LED panel 600x600 40W? Thanks, Tom",
    (
        "en",
        2,
    ): "Dear Kevin, we need LED panel 600x600, 40W, 4000K, UGR<19, white frame, 1,200 pcs, CE and ENEC, colour box "
    "with our logo, FOB Shenzhen, drawing attached.\n\nKind regards\nTom Baker\nBaker Lighting Ltd\n+44 20 7946 0018\nwww.bakerlighting.co.uk",
    (
        "en",
        1,
    ): "Kevin, the deposit for PI LK-26-441 was transferred this morning, slip attached. Same packing as last time please.",
    ("zh", 4): "你好，请把你们所有产品的目录和价格表发给我，谢谢",
    ("zh", 3): "你好，DN80闸阀200台什么价？谢谢",
    (
        "zh",
        2,
    ): "李经理您好，我司需要闸阀Z41H-16C，口径DN80、DN100各200台，材质WCB，密封面不锈钢，木箱包装，贴我司铭牌，FOB宁波，"
    "图纸见附件，需要CE证书。\n\n此致\n王建国\n青岛海润贸易有限公司\n电话 0532-55501234",
    ("zh", 1): "李经理，订单PO-2611的定金今天上午已汇出，水单见附件，包装跟上次一样，请安排生产。",
    ("es", 4): "Hola, por favor envíeme el catálogo y la lista de precios de todos sus productos. Gracias",
    ("es", 3): "Buenas tardes, ¿qué precio tienen 800 unidades de panel LED 600x600 40W? Gracias, Tomás",
    (
        "es",
        2,
    ): "Estimado Kevin: necesitamos válvulas de bola DN50 PN16, cuerpo de acero inoxidable, asiento PTFE, 600 unidades, "
    "embalaje en cajas con nuestra etiqueta, FOB Ningbo, plano adjunto, certificado CE.\n\nSaludos\nCarlos Ruiz\nHidráulica Ruiz S.A.\n+34 91 555 01 23",
    (
        "es",
        1,
    ): "Amy, ayer transferimos el saldo de la factura 2276, adjunto el comprobante de transferencia. El embalaje como siempre.",
    ("pt", 4): "Olá, envie por favor o catálogo e a tabela de preços de todos os produtos. Obrigado",
    ("pt", 3): "Boa tarde, qual o preço de 800 unidades de painel LED 600x600 40W? Obrigado, Rui",
    (
        "pt",
        2,
    ): "Prezada Amy, precisamos de válvulas de esfera DN50 PN16, corpo em aço inox, sede PTFE, 600 unidades, embalagem em "
    "caixas com a nossa etiqueta, FOB Ningbo, segue o desenho, certificado CE.\n\nAtenciosamente\nRui Tavares\nTavares Hidráulica, Lda.\n+351 234 555 019",
    (
        "pt",
        1,
    ): "Amy, o saldo da fatura 2276 foi transferido ontem, segue o swift. Embalagem como da última vez, por favor.",
    ("fr", 4): "Bonjour, merci de m'envoyer le catalogue et les tarifs de tous vos produits. Cordialement",
    ("fr", 3): "Bonjour, quel est votre prix pour 800 pièces de panneau LED 600x600 40W ? Merci, Luc",
    (
        "fr",
        2,
    ): "Bonjour Kevin, nous cherchons des vannes à boisseau DN50 PN16, corps en acier inox, siège PTFE, 600 pièces, emballage "
    "en cartons avec notre étiquette, FOB Ningbo, plan ci-joint, certificat CE.\n\nCordialement\nLuc Martin\nMartin Robinetterie SARL\n+33 1 55 50 12 34",
    (
        "fr",
        1,
    ): "Amy, l'acompte de la proforma MT-2291 a été viré hier, copie du swift jointe. Emballage comme la dernière fois.",
    ("ru", 4): "Здравствуйте, пришлите, пожалуйста, каталог и прайс на всю вашу продукцию. Спасибо",
    ("ru", 3): "Добрый день, какая цена на кран шаровый Ду50 Ру16, 800 шт? Спасибо, Иван",
    (
        "ru",
        2,
    ): "Здравствуйте, Лили! Нужны краны шаровые Ду50 Ру16, корпус сталь, уплотнение PTFE, 600 шт, упаковка в коробки с нашей "
    "этикеткой, FOB Нинбо, чертеж во вложении, сертификат ТР ТС.\n\nС уважением\nИван Петров\nООО «Уралкран»\n+7 343 555-01-36",
    (
        "ru",
        1,
    ): "Лили, остаток по инвойсу HR26-1169 отправлен сегодня, платёжка во вложении. Упаковка как в прошлый раз.",
    ("ar", 4): "مرحبا، أرجو إرسال الكتالوج وقائمة أسعار جميع منتجاتكم. شكرا",
    ("ar", 3): "مرحبا، ما سعر 800 قطعة من كشاف 100 واط؟ شكرا، أحمد",
    (
        "ar",
        2,
    ): "الأخت ليلي، نحتاج صمامات كروية DN50 PN16، جسم ستانلس، 600 قطعة، التغليف كرتون مع ملصق شركتنا، FOB نينغبو، "
    "مرفق الرسم، مطلوب شهادة مطابقة.\n\nمع التحية\nأحمد العتيبي\nشركة أنوار الرياض\n+966 11 555 0149",
    ("ar", 1): "كيفن، تم تحويل الدفعة المقدمة للفاتورة رقم 2276 اليوم، مرفق صورة التحويل. التغليف كالمعتاد.",
    ("tr", 4): "Merhaba, bütün ürünlerinizin kataloğunu ve fiyat listesini gönderir misiniz? Teşekkürler",
    ("tr", 3): "Merhaba, 800 adet LED panel 600x600 40W için fiyat nedir? Teşekkürler, Emre",
    (
        "tr",
        2,
    ): "Merhaba Kevin Bey, DN50 PN16 küresel vana, gövde paslanmaz çelik, conta PTFE, 600 adet, etiketimizle koli ambalaj, "
    "FOB Ningbo, teknik çizim ekte, CE belgesi gerekli.\n\nSaygılarımla\nEmre Yıldız\nKaradağ Vana San. Tic. A.Ş.\n+90 224 555 01 28",
    ("tr", 1): "Kevin Bey, proforma 2291 için kapora bugün gönderildi, dekont ekte. Ambalaj her zamanki gibi olsun.",
    ("de", 4): "Hallo, bitte senden Sie mir den Katalog und die Preisliste aller Ihrer Produkte. Danke",
    ("de", 3): "Guten Tag, was kosten 800 Stück LED-Panel 600x600 40W? Danke, Jens",
    (
        "de",
        2,
    ): "Sehr geehrte Frau Li, wir benötigen Kugelhähne DN50 PN16, Gehäuse Edelstahl, Sitz PTFE, 600 Stück, Verpackung in Kartons "
    "mit unserem Etikett, FOB Ningbo, Zeichnung anbei, Prüfzeugnis 3.1.\n\nMit freundlichen Grüßen\nJens Vogt\nVogt Armaturen GmbH\n+49 40 555 0146",
    (
        "de",
        1,
    ): "Hallo Kevin, die Anzahlung zur Proforma LK-26-441 wurde heute überwiesen, Bankbeleg anbei. Verpackung wie beim letzten Mal.",
}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


@pytest.mark.parametrize(("language", "level"), MAILS)
def test_level(book: Rulebook, language: str, level: int) -> None:
    sender = "buyer@gmail.com" if level > 2 else "buyer@importer-house.com"
    message = Message(sender=Address(sender, ""), subject="", text=MAILS[language, level])
    evidence = collect(message, book, own=("ours.example",), now=NOW)
    found = judge(evidence, book, lang="en", complete=True, now=NOW).customer_level
    assert found.level == level, (found.evidence, evidence.known["deal"], evidence.get("identity.given"))
