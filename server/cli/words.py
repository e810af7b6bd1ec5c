"""The report's own headings, in both languages. What a rule or a level says is in shared_rules/."""

from __future__ import annotations

from server.model import Lang

WORDS: dict[str, dict[Lang, str]] = {
    "confidence": {"en": "confidence", "zh_CN": "可信度"},
    "high": {"en": "high", "zh_CN": "高"},
    "medium": {"en": "medium", "zh_CN": "中"},
    "low": {"en": "low", "zh_CN": "低"},
    "reasons": {"en": "Reasons", "zh_CN": "依据"},
    "no_reasons": {"en": "No sign was found.", "zh_CN": "未发现任何信号。"},
    "adjustments": {"en": "Adjustments", "zh_CN": "分数调整"},
    "not_checked": {"en": "Not checked", "zh_CN": "未检查"},
    "incomplete": {
        "en": "Some look-ups were not back in time; vet again for the full verdict.",
        "zh_CN": "部分查询尚未返回，请稍后重新检查。",
    },
    "customer": {"en": "Customer level", "zh_CN": "客户等级"},
    "no_customer": {"en": "none (no inquiry)", "zh_CN": "无（不是询盘）"},
    "missing": {"en": "for the next level:", "zh_CN": "升级还缺："},
    "handling": {"en": "What to do", "zh_CN": "处理建议"},
    "reply_by": {"en": "Reply within {hours} h.", "zh_CN": "{hours} 小时内回复。"},
    "review": {"en": "Let a second person look at it.", "zh_CN": "请另一位同事复核。"},
    "stop": {"en": "Do not:", "zh_CN": "禁止："},
    "searches": {"en": "Searches", "zh_CN": "搜索"},
    "points": {"en": "points", "zh_CN": "分"},
    "counted": {
        "en": "{mails} mails vetted, {unreadable} not readable",
        "zh_CN": "共检查 {mails} 封，{unreadable} 封无法读取",
    },
    "level": {"en": "level", "zh_CN": "级别"},
    "mails": {"en": "mails", "zh_CN": "邮件数"},
    "share": {"en": "share", "zh_CN": "占比"},
    "rule": {"en": "rule", "zh_CN": "规则"},
}


def words(lang: Lang) -> dict[str, str]:
    """All headings in one language."""
    return {key: texts[lang] for key, texts in WORDS.items()}
