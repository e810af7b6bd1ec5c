"""Who is claimed to be, and who is only spoken of: a mention, a landmark, a mailbox, the source of a paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.evidence.identity import identity_facts
from server.evidence.prose import is_prose
from server.model import Evidence

Facts = Callable[..., Evidence]
LETTER = "Dear Anna,\n\n{}\n\nPlease tell me your price for the blue one."
SIGNED = "We need 500 pcs of DN50 valves, please quote.\n\nBest regards\nEmeka Obi\n{}"


def claims(text: str, facts: Facts, sender: str = "A <a@gmail.com>") -> list[object]:
    found = facts(identity_facts, sender=sender, text=text)
    return [found.get(f"identity.{fact}") for fact in ("brand_claim", "institution_claim")]


@pytest.mark.parametrize(
    "text",
    [
        "I write from Gmail today, the office mail does not work.",
        "I am writing from Gmail because our server is down.",
        "Escribo desde Gmail porque el servidor no funciona.",
        "Ich schreibe von Gmail, unser Server ist ausgefallen.",
        "The import licence from the Ministry of Agriculture is on us.",
        "نستورد لكم، ورخصة الاستيراد من وزارة الزراعة علينا.",
        "La licence d'importation du Ministère de l'Agriculture est à notre charge.",
        "El permiso del Ministerio de Agricultura corre por nuestra cuenta.",
        "Разрешение министерства сельского хозяйства мы получим сами.",
        "Biz Sağlık Bakanlığı'ndan izin aldık, 200 adet istiyoruz.",
        "Die Genehmigung vom Bundesministerium für Landwirtschaft holen wir.",
        "A licença do Ministério da Agricultura fica por nossa conta.",
        "进口许可证由我们向商务部申请。",
        "来自卫生部的批文已经拿到。",
        "我们和市教育局签了合同。",
        "我们给市第一医院供货，床单要两百条。",
        "我们是市医院的供应商，做床品。",
        "我在市医院旁边开店，想买灯。",
        "我们是一家民营骨科医院，买灯。",
        "我们是亚马逊卖家，需要两百个。",
        "The Ministry of Health requires a registration certificate.",
        "The Ministry of Agriculture has approved our import permit.",
        "Here is the Ministry of Trade approval that you asked for.",
        "We are registered with the Ministry of Commerce, licence 2231.",
        "We have been working with Walmart and Carrefour for years.",
        "We are Amazon sellers from Germany and need 200 pcs.",
        "I am a student at the University of Leeds and build a model.",
    ],
)
def test_a_mention_is_no_claim(text: str, facts: Facts) -> None:
    assert claims(LETTER.format(text), facts) == ["", ""]


@pytest.mark.parametrize(
    ("text", "brand", "body"),
    [
        ("This is Gmail Support Team, verify now.", "Gmail", ""),
        ("本人受宜家委托采购。", "IKEA", ""),
        ("Dear Sir, Procurement Department of Walmart invites you.", "Walmart", ""),
        ("نحن وزارة الزراعة ونريد شراء مضخات.", "", "وزارة الزراعة"),
        ("أكتب إليكم من وزارة الصحة بخصوص مناقصة.", "", "وزارة الصحة"),
        ("Nous sommes le Ministère de la Santé et cherchons des lits.", "", "Ministère de la Santé"),
        ("Somos el Ministerio de Salud y buscamos camas.", "", "Ministerio de Salud"),
        ("Sou do Ministério da Saúde.", "", "Ministério da Saúde"),
        ("Мы Министерство здравоохранения, нужны кровати.", "", "Министерство"),
        ("Biz Sağlık Bakanlığı, yatak alacağız.", "", "Sağlık Bakanlığı"),
        ("Wir sind die Universität Leipzig und suchen Lieferanten.", "", "Universität Leipzig"),
        ("The University wishes to order 3,200 boxes.", "", "University"),
        ("The Ministry of Works has approved your company.", "", "Ministry of Works"),
        ("I am an agent registered with the Department for Business.", "", "Department for Business"),
        ("我院门诊楼改造需要窗帘。", "", "我院"),
        ("我是省武警某支队后勤采购的小陈。", "", "省武警某支队后勤采购"),
        ("我在市三院总务科，要采购布料。", "", "市三院总务科"),
        ("受某部队后勤部门委托采购床品。", "", "某部队后勤部"),
        ("我叫王强，来自省人民医院采购科。", "", "省人民医院采购科"),
    ],
)
def test_a_claim(text: str, brand: str, body: str, facts: Facts) -> None:
    assert claims(LETTER.format(text), facts) == [brand, body]


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("Shop 4, opposite General Hospital, Enugu", ""),
        ("Near State University, Nsukka", ""),
        ("Licensed by the Ministry of Tourism", ""),
        ("MSc, University of Leeds", ""),
        ("Purchasing, University of Leeds", "University of Leeds"),
        ("جامعة الملك سعود", "جامعة الملك"),
    ],
)
def test_a_line_of_the_signature(line: str, body: str, facts: Facts) -> None:
    assert claims(SIGNED.format(line), facts, "A <a@b.com>") == ["", body]


def test_a_sentence_at_the_end_is_no_signature(facts: Facts) -> None:
    text = (
        "您好，询价灯盘200套。\n\n服务器机房有UPS，但只能撑四十分钟，信息部会统一关机。大附件记得自己存一份到公司网盘。"
    )
    found = facts(identity_facts, sender="A <a@163.com>", text=text)
    assert [found.get(f"identity.{fact}") for fact in ("brand_claim", "company")] == ["", ""]
    signed = facts(identity_facts, sender="A <a@163.com>", text=f"{text}\n\n请尽快回复我们的询价。\n王强\n广州宏达公司")
    assert signed.get("identity.company") == "广州宏达公司"


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("Please let me know when the samples leave your house.", True),
        ("送货地址就是医院本部，门口保安会叫我下来。", True),
        ("期待您的回复！广州宏达贸易有限公司 李明", False),
        ("Acme Trading Co., Ltd.", False),
        ("12 Creek Road, Block B, Apapa, Lagos.", False),
        ("谢谢！", False),
    ],
)
def test_prose(line: str, prose: bool) -> None:
    assert is_prose(line) is prose


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("التحويل يصل من شركة أخي في صلالة.", ""),
        ("نحن شركة الروابي للحلويات في عمان.", "شركة الروابي للحلويات"),
        ("نحن شركة استيراد ونريد السعر.", ""),
        ("我们是霍尔果斯的贸易行，要洋葱片。", ""),
    ],
)
def test_a_company_is_a_name(text: str, company: str, facts: Facts) -> None:
    found = facts(identity_facts, sender="A <a@gmail.com>", text=LETTER.format(text))
    assert found.get("identity.company") == company
