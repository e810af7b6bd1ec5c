/** What a strict reader stumbles over: order and names of reasons, words said twice, a level that praises beside a warning. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { verdict } from "../../e2e/api.mjs";
import { fullVerdict } from "../../e2e/full.mjs";
import { CAUTION, draw, root, text } from "./drawn.mjs";

const told = (id, points, title, change = {}) => ({ id, group: "content", points, title, detail: title, quotes: [], advice: "", source: [], ...change });
const said = (text) => [{ part: "body", text, start: 0, end: text.length }];

test("hosts, addresses and other values are shown whole where no long wording stands beside them", () => {
  const detail = "The text shows one site, the click opens another: www.acme-trading.com → acme-trading.documents-login.example.net.";
  draw(verdict({ reasons: [told("link_text_href_mismatch", 25, "Link leads elsewhere", { detail })] }), { lang: "en" });
  assert.equal(root.querySelector(".detail").textContent, detail);
});

test("of equal reasons one of each kind comes first, and what is put together from others last", () => {
  const row = (id, group) => told(id, 25, id, { group });
  draw(verdict({ reasons: [row("att_double_ext", "attachments"), row("att_html", "attachments"), row("combo_portal_phish", "combo"), row("link_text_href_mismatch", "links"), row("lookalike", "domain")], adjustments: [] }));
  assert.deepEqual([...root.querySelectorAll("h3")].slice(0, 5).map((node) => node.textContent), ["att_double_ext", "link_text_href_mismatch", "lookalike", "att_html", "combo_portal_phish"]);
});

test("the best signs stand first among the good ones", () => {
  draw(verdict({ risk: { score: 0, level: "low", confidence: "high" }, reasons: [told("a", -4, "小"), told("b", -8, "大"), told("c", 0, "信息"), told("d", 5, "轻微")], adjustments: [] }));
  assert.deepEqual([...root.querySelectorAll(".reason h3")].map((node) => node.textContent), ["轻微", "信息", "大", "小"]);
});

test("countries are named, not coded; what is no country stays", () => {
  const shown = (lang, detail) => {
    draw(verdict({ reasons: [told("bank_country_vs_company", 12, "T", { detail })] }), { lang });
    return root.querySelector(".detail").textContent;
  };
  assert.equal(shown("zh_CN", "收款银行所在国与公司所在国不符：LT ↔ NO。"), "收款银行所在国与公司所在国不符：立陶宛 ↔ 挪威。");
  assert.equal(shown("en", "LT ↔ NO, QX"), "Lithuania ↔ Norway, QX");
});

test("the letters in which two hosts differ are set off", () => {
  const odd = (detail) => {
    draw(verdict({ reasons: [told("lookalike_our_domain", 25, "仿冒", { detail })] }));
    return [...root.querySelectorAll(".detail .odd")].map((node) => node.textContent);
  };
  assert.deepEqual(odd("haorunvaive.com 仿冒本公司域名 haorunvalve.com。"), ["i", "l"]);
  assert.deepEqual(odd("签名网站为 bluewharf-logistics.com，邮件却来自 bluewharff-logistics.com。"), ["f"]);
  assert.deepEqual(odd("pay@acrne.com imitates acme.com."), ["rn", "m"]);
  assert.deepEqual(odd("gmai1.example 仿冒 gmail.com。"), ["1", "l"]);
  assert.deepEqual(odd("Amounts of 1,000.50 and 1,000.51 differ."), []);
  assert.deepEqual(odd("message.alibaba.com → login.weebly.com"), []);
  assert.equal(root.querySelector(".detail").textContent, "message.alibaba.com → login.weebly.com");
});

test("beside “do not reply” nothing is advised that needs an answer", () => {
  const risk = { score: 90, level: "critical", confidence: "high" };
  draw(verdict({ risk, handling: { reply_by: null, review: true, steps: [], stop: ["不要回复"] }, reasons: [told("a", 25, "A", { advice: "先问五个技术问题。" }), told("c", 25, "C", { advice: "不给资料就不发PI，可先发通知。" }), told("b", 25, "B", { advice: "不要向新账户付款，打以前的电话核实。" })] }));
  assert.deepEqual([...root.querySelectorAll("[data-id=handling] .todo li")].map((node) => node.textContent), ["不要向新账户付款，打以前的电话核实。", "下一步请由主管决定"]);
});

test("a reason that only repeats a sentence is named by what that sentence is, and comes after it; words are shown once", () => {
  const words = "Please pay the forwarder first, we add it to the invoice.";
  draw(verdict({ reasons: [
    told("combo_sure_move", 25, "手法十分明显", { group: "combo", quotes: said(words) }), told("link_lookalike", 25, "链接域名高度相似", { group: "links" }),
    told("move_pay_third_party_recover", 25, "要我方代付", { group: "meaning", detail: `类似：要您先垫付。“${words}”。`, quotes: said(words) }),
    told("bank_change_notice", 25, "通知更换收款账户", { group: "thread" }),
  ], adjustments: [] }));
  assert.deepEqual([...root.querySelectorAll("h3")].slice(0, 4).map((node) => node.textContent), ["通知更换收款账户", "链接域名高度相似", "要我方代付", "手法十分明显：要我方代付"]);
  assert.equal(root.querySelectorAll("blockquote").length, 0);
  assert.match(root.querySelectorAll(".detail")[2].textContent, /^“Please pay.*invoice\.” 类似：要您先垫付。$/);
  assert.match(text(), /分值.*手法十分明显：要我方代付\+25/);
});

test("of two reasons that only repeat, the second stands behind all that say something themselves", () => {
  const quotes = said("Any price, send the PI today.");
  draw(verdict({ reasons: [
    told("combo_sure_move", 25, "手法十分明显", { group: "combo", quotes }), told("combo_two_moves", 25, "出现两种手法", { group: "combo", quotes }),
    told("refuses_info", 12, "拒绝提供公司资料"), told("move_price_no_object", 12, "不问价格", { group: "meaning", quotes }), told("freemail_sender", 5, "公共邮箱"),
  ], adjustments: [] }));
  assert.deepEqual([...root.querySelectorAll("h3")].slice(0, 5).map((node) => node.textContent), ["手法十分明显：不问价格", "拒绝提供公司资料", "不问价格", "出现两种手法", "公共邮箱"]);
});

test("our own words are not marked for being those of a short quote", () => {
  draw(verdict({ reasons: [told("huge_order_no_spec", 12, "数量巨大", { detail: "订单量巨大（“420 万美金订单”），却没有规格。", quotes: [...said("订单"), ...said("420 万美金")] })] }));
  assert.deepEqual([...root.querySelectorAll(".detail mark")].map((node) => node.textContent), ["420 万美金", "订单"]);
  assert.match(root.querySelector(".detail").innerHTML, /^订单量巨大（“<mark>/);
});

test("beside a warning the customer level is no praise, and what was not counted says so", () => {
  draw(fullVerdict("zh_CN", { reasons: [told("x", 70, "X"), told("corporate_domain_match", -4, "使用公司域名")], adjustments: [{ why: "正面信号不计", points: 4 }], risk: { score: 70, level: "critical", confidence: "high" } }), { notes: {} });
  assert.match(root.querySelector("[data-id=fold-customer]").textContent, /排除风险后再看/);
  assert.match(root.querySelector("[data-id=customer]").textContent, /骗子/);
  assert.equal(root.querySelector("[data-id=copy-missing]"), null);
  assert.deepEqual([...root.querySelectorAll(".points")].map((node) => node.textContent), ["+70", "未计分"]);
  draw(fullVerdict("zh_CN", { reasons: [told("corporate_domain_match", -4, "使用公司域名")], adjustments: [{ why: "分数限制在 0 到 100 之间", points: 4 }], risk: { score: 0, level: "low", confidence: "high" } }), { notes: {} });
  assert.equal(root.querySelector(".points").textContent, "−4");
  draw(fullVerdict("zh_CN", { reasons: [told("bank_change_notice", 25, "换账户"), told("corporate_domain_match", -4, "域名相符")], adjustments: [{ why: "正面信号不计", points: 4 }, { why: "保持低风险", points: -6 }], risk: { score: 19, level: "low", confidence: "high" } }), { notes: {} });
  assert.deepEqual([...root.querySelectorAll(".points")].map((node) => node.textContent), ["+25", "未计分"]);
  assert.match(root.querySelector("[data-id=fold-customer]").textContent, /级（共 4 级）/);
});

test("the steps begin with what the heaviest reasons advise; what a step says is not said again", () => {
  const handling = { reply_by: 24, reply_before: "2026-11-23T10:00:00+00:00", review: true, channels: [], steps: ["所有文件发送前由主管审核", "正常跟进即可。"], stop: [] };
  draw(verdict({ handling, risk: CAUTION, reasons: [told("a", 25, "A", { advice: "打电话核实账户。" }), told("b", 12, "B", { advice: "打电话核实账户，不用邮件里的号码。" }), told("c", 5, "C", { advice: "不必。" })] }));
  assert.deepEqual([...root.querySelectorAll("[data-id=handling] .todo li")].map((node) => node.textContent), ["打电话核实账户。", "所有文件发送前由主管审核"]);
  assert.match(root.querySelector("[data-id=fold-handling] .digest").textContent, /前回复/);
});

test("low, but something is open: the head does not say that all is well", () => {
  const risk = { score: 19, level: "low", confidence: "high" };
  draw(verdict({ risk, adjustments: [], reasons: [told("bank_change_notice", 25, "通知更换收款账户")] }));
  assert.match(root.querySelector("header .advice").textContent, /先核实/);
  assert.doesNotMatch(root.querySelector("header").textContent, /客户/);
  draw(verdict({ risk, reasons: [], warnings: [{ id: "compliance_watch", text: "俄罗斯" }] }));
  assert.match(root.querySelector("header .advice").textContent, /先处理/);
  draw(verdict({ risk, reasons: [], warnings: [{ id: "country_data_old", text: "旧" }] }));
  assert.match(root.querySelector("header .advice").textContent, /正常跟进/);
});

test("terms that are refused for one reason stand in one row", () => {
  const why = "核实身份之前不谈付款条件";
  draw(fullVerdict("zh_CN", { payment_advice: { offer: [], refuse: [{ id: "a", text: "赊销30天", why }, { id: "b", text: "赊销60天", why }, { id: "c", text: "支票", why: "可能退票" }, { id: "d", text: "寄售", why: "" }], note: "" } }));
  assert.deepEqual([...root.querySelectorAll(".terms.refuse li")].map((node) => node.textContent), [`赊销30天 · 赊销60天${why}`, "支票可能退票", "寄售"]);
});
