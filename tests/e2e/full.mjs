/** A verdict with everything that the panel can show, in both languages, and a scripted server that offers letters and feedback. */

import { verdict } from "./api.mjs";

const ZH = {
  criteria: ["写明具体产品或型号", "写明数量和目标价", "公司资料完整（名称、地址、电话、网址）", "了解产品：给出技术参数或图纸", "曾下单或来访"],
  missing: ["技术参数、图纸或图片", "包装与运输方式", "公司名称、联系人、电话、网址、地址"],
  why: ["订单金额 USD 48,000，高于 20,000", "收款国家风险：中"],
  checks: [
    ["company_register", "工商注册信息", "公司是否存在，地址、负责人是否与邮件一致"], ["site_contact", "官网联系方式", "官网公布的邮箱与电话是否与邮件相同"],
    ["customs_record", "海关进出口记录", "是否有同类产品的进口记录；查不到不代表没有，数据有滞后"], ["credit_report", "资信报告（邓白氏等）", "注册资本、诉讼与付款记录"], ["call_back", "电话回访", "用官网公布的电话核实联系人"],
  ],
  note: "海关数据通常滞后数月，查不到只能算“未知”。",
  offer: [["tt_100", "100% T/T 预付", "首单、风险高时只接受预付"], ["lc_sight", "即期不可撤销信用证", "由一流银行开立或保兑"]],
  refuse: [["oa_60", "O/A 60 天", "没有交易记录，不宜放账"], ["dp_sight", "D/P 即期", "该国市场不稳，弃货风险高"]],
  pay: "金额超过 20,000 美元时，建议投保出口信用险。",
  warning: "该国在金融行动特别工作组（FATF）的强化监控名单上，收款前请与银行确认。国家风险数据已超过 120 天，请管理员更新。",
  like: "由于审计，我们的银行账户暂停使用，请付到新账户", good: "官网、名录与邮件中的域名和电话一致", bad: "出现骗局曝光，或同一邮箱挂在多家公司名下",
  steps: ["24 小时内用公司标准模板回复", "补齐客户资料后再报价"], stop: ["不寄样品", "不发PI", "不提供银行账户和公司资料"], channels: ["电话优先：用官网公布的号码，不用邮件里的号码"],
  labels: ["该邮箱地址", "诈骗曝光", "公司官网", "域名被谁提及", "原文片段", "电话号码", "领英", "英国公司注册处", "海关数据", "制裁名单", "网站存档", "证书记录"],
};
const EN = {
  criteria: ["Names a product or item", "Gives quantity and target price", "Complete company data (name, address, phone, site)", "Knows the product: specification or drawing", "Has ordered or visited"],
  missing: ["Specification, drawing or picture", "Packing and way of transport", "Company name, contact, phone, web site, address"],
  why: ["Order amount USD 48,000 is above 20,000", "Country risk: medium"],
  checks: [
    ["company_register", "Company register", "Does the company exist, do address and director match the mail"], ["site_contact", "Contacts on the web site", "Are mail and phone on the site those of the mail"],
    ["customs_record", "Customs records", "Imports of such goods; no record proves nothing, the data lags"], ["credit_report", "Credit report (D&B or similar)", "Capital, law suits, payment record"], ["call_back", "Call back", "Verify the person by the phone number on the site"],
  ],
  note: "Customs data lags by months: no record means unknown.",
  offer: [["tt_100", "100 % T/T in advance", "First order at high risk: prepayment only"], ["lc_sight", "Irrevocable L/C at sight", "Opened or confirmed by a first-class bank"]],
  refuse: [["oa_60", "Open account 60 days", "No trading record to base credit on"], ["dp_sight", "D/P at sight", "Unstable market: goods may be left in port"]],
  pay: "Above USD 20,000 consider export credit insurance.",
  warning: "This country is on the FATF list of increased monitoring: ask your bank before you take payment. The country data is older than 120 days; ask your administrator to renew it.",
  like: "Due to an audit our bank account is suspended, please pay to the new account", good: "Site, directories and mail agree on domain and phone", bad: "Scam reports, or the same address under several company names",
  steps: ["Answer within 24 hours with the company's template", "Quote only when the customer's data is complete"], stop: ["No samples", "No proforma invoice", "No bank data or company papers"], channels: ["Telephone first: the number on the web site, not the one in the mail"],
  labels: ["This mail address", "Fraud reports", "Official web site", "Who mentions the domain", "Wording", "Telephone", "LinkedIn", "UK Companies House", "Customs data", "Sanctions lists", "Web archive", "Certificates"],
};
const TOPICS = ["mail", "fraud", "company", "domain", "text", "phone", "person", "register", "trade", "sanctions", "domain", "domain"];
const QUERIES = ["\"david.miller@acme-tradlng.com\"", "\"ACME Trading\" scam OR fraud", "\"ACME Trading\" official website", "\"acme-tradlng.com\" -site:acme-tradlng.com", "\"our bank account is under audit\"", "\"+44 20 7946 0000\"", "site:linkedin.com \"David Miller\" ACME"];
const SITES = ["https://find-and-update.company-information.service.gov.uk/", "https://www.importgenius.com/", "https://sanctionssearch.ofac.treas.gov/", "https://web.archive.org/web/2020*/acme-tradlng.com", "https://crt.sh/?q=acme-tradlng.com"];

const EN_REASONS = [
  ["Payment to a new account", "The mail says the account has changed: “our bank account is under audit”, and wants the payment to “our new account in Hong Kong”.", "Verify the account by a phone number you had before, not by one in this mail."],
  ["The sender's domain imitates a company", "acme-tradlng.com differs from acme-trading.com by one letter.", "Compare it letter by letter with the domain of earlier mails."],
  ["A link shows another address than it opens", "It shows acme-trading.com and opens acme-trading.example.net.", "Do not click; type the address of the site yourself."],
  ["An attachment with two endings", "PI-2026-118.pdf.html opens as a web page, it is no PDF.", "Do not open it."],
  ["Names a product", "LP-6060 is named.", ""],
];

/**
 * @param {"en" | "zh_CN"} [lang]
 * @param {Record<string, unknown>} [change]
 */
export function fullVerdict(lang = "zh_CN", change = {}) {
  const say = lang === "en" ? EN : ZH;
  const base = verdict();
  const enc = encodeURIComponent;
  return {
    ...base, lang, key: "5f2d9c", rulebook: base.rulebook,
    reasons: base.reasons.map((reason, at) => ({
      ...reason, ...(lang === "en" && { title: EN_REASONS[at][0], detail: EN_REASONS[at][1], advice: EN_REASONS[at][2] }),
      ...(at === 0 && { like: say.like, quotes: [...reason.quotes, { part: "body", text: "our bank account is under audit", start: 0, end: 31 }] }),
    })),
    adjustments: [{ why: lang === "en" ? "Ceiling of “domain and sender”" : "“域名与发件人”封顶", points: -3 }],
    not_checked: lang === "en" ? base.not_checked.map((row, at) => ({ ...row, why: at ? "not given with this mail" : "the other server did not answer in time" })) : base.not_checked,
    customer_level: {
      level: 3, evidence: [], missing_for_next_level: say.missing, override: null,
      criteria: say.criteria.map((text, at) => ({ id: `c${at}`, level: [3, 2, 2, 2, 1][at], met: ["yes", "yes", "no", "unknown", "unknown"][at], text, quote: at === 0 ? "LED panel LP-6060" : at === 1 ? "2,000 pcs" : "" })),
    },
    handling: { reply_by: 24, reply_before: "2026-11-24T17:00:00+08:00", review: true, channels: say.channels, steps: say.steps, stop: say.stop },
    check_depth: "standard",
    checks: {
      why: say.why,
      items: say.checks.map(([id, label, why], at) => ({ id, label, why, url: at < 3 ? "https://example.com/check" : null, consent: at === 3, result: null, note: at === 2 ? say.note : "" })),
    },
    payment_advice: { offer: say.offer.map(term), refuse: say.refuse.map(term), note: say.pay },
    warnings: [{ id: "fatf", text: say.warning }],
    letters: ["background_check", "missing_information"],
    search_links: say.labels.map((label, at) => ({
      id: `search_${at}`, topic: TOPICS[at], label, query: QUERIES[at] ?? "", why: "", rank: at + 1,
      url: QUERIES[at] ? `https://www.google.com/search?q=${enc(QUERIES[at])}` : SITES[at - QUERIES.length],
      ...(at < 4 && { good: say.good, bad: say.bad }),
      twins: QUERIES[at] ? {
        google: `https://www.google.com/search?q=${enc(QUERIES[at])}`, bing: `https://www.bing.com/search?q=${enc(QUERIES[at])}`,
        bing_cn: `https://cn.bing.com/search?ensearch=1&q=${enc(QUERIES[at])}`, baidu: `https://www.baidu.com/s?wd=${enc(QUERIES[at])}`,
      } : {},
    })),
    ...change,
  };
}

/** @param {string[]} row */
const term = ([id, text, why]) => ({ id, text, why });

export const READY = { ready: true, rulebook: "5a0f31c2b7e94d10", rules: 180, features: ["feedback", "letters"], extension: "", problems: [] };

/** @param {{kind: string, lang: string}} asked */
export function letter({ kind, lang }) {
  const subject = lang === "en" ? "Your inquiry for LP-6060: a few details" : "关于贵司 LP-6060 询盘：请补充资料";
  const text = lang === "en"
    ? "Dear Mr Miller,\n\nThank you for your inquiry for LED panel LP-6060. To quote exactly we need:\n\n- specification, drawing or picture\n- packing and way of transport\n- company name, address, telephone and web site\n\nBest regards\n[your name]"
    : "Miller 先生：\n\n您好！感谢贵司对 LED 面板灯 LP-6060 的询盘。为准确报价，请补充：\n\n- 技术参数、图纸或图片\n- 包装与运输方式\n- 公司名称、地址、电话、网址\n\n此致\n[您的姓名]";
  return { kind, lang, subject, text, html: `<p>${text.replaceAll("\n", "<br>")}</p>`, documents: lang === "en" ? ["Business licence", "Tax registration"] : ["营业执照", "税务登记"], missing: lang === "en" ? ["specification, drawing or picture"] : ["技术参数、图纸或图片"] };
}
