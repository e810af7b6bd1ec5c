/** The panel's content from a verdict: everything said, nothing trusted. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { STRINGS } from "../../../extension/src/shared/words.js";
import { emptyStanding } from "../../../extension/src/shared/standing.js";
import { verdict } from "../../e2e/api.mjs";
import { fullVerdict } from "../../e2e/full.mjs";
import { CAUTION, draw, root, text } from "./drawn.mjs";

test("level, score, three reasons with quote and advice, four searches stand open", () => {
  draw(verdict());
  assert.equal(root.querySelector("h1").textContent, "高风险");
  assert.match(text(), /风险分 62 \/ 100/);
  const open = [...root.querySelectorAll("section > .reasons > li h3")].map((node) => node.textContent);
  assert.deepEqual(open, ["要求付款到新账户", "发件域名与知名公司相似", "链接文字与实际地址不同"]);
  assert.match(root.querySelector("blockquote").textContent, /send the 30% deposit/);
  assert.equal(root.querySelectorAll("section > .searches > li").length, 4);
  assert.equal(root.querySelectorAll("[data-id=all-searches] .search-head > a.label").length, 7);
  for (const link of root.querySelectorAll("a")) {
    assert.equal(link.getAttribute("rel"), "noopener noreferrer");
    assert.equal(link.getAttribute("target"), "_blank");
  }
});

test("the rows of the score add up", () => {
  draw(verdict());
  const rows = [...root.querySelectorAll("tbody tr td:last-child")].map((cell) => Number(cell.textContent.replace("−", "-")));
  assert.equal(rows.reduce((sum, points) => sum + points, 0), 62);
  assert.equal(root.querySelector("tfoot td").textContent, "62");
});

test("what was not checked, and why; customer level and what is missing; what not to do", () => {
  draw(verdict({ risk: CAUTION }), { factNames: { "domain.age_days": "域名注册时长" } });
  assert.match(text(), /未核查3/);
  assert.match(text(), /域名注册时长对方服务器超时未应答/);
  assert.match(text(), /3 级（共 4 级）/);
  assert.match(text(), /升级还缺.*技术参数/);
  assert.match(text(), /禁止事项不寄样品/);
});

test("English is complete", () => {
  draw(verdict({ reasons: [], adjustments: [], not_checked: [], search_links: [], handling: { reply_by: 24, review: true, steps: [], stop: [] }, customer_level: { level: null, evidence: [], missing_for_next_level: [] } }), { lang: "en" });
  assert.doesNotMatch(text(), /[\u4e00-\u9fff]|panel_|badge_|\{/);
});

test("no words are missing in any state", () => {
  const states = [
    emptyStanding(), { ...emptyStanding(), busy: false },
    ...Object.keys(STRINGS.en).filter((key) => key.startsWith("problem_")).map((key) => ({ ...emptyStanding(), busy: false, problem: { code: key.slice(8), address: "http://127.0.0.1:8750", detail: "x" } })),
    { ...emptyStanding(), missing: ["sender", "subject", "body", "body_rest"], verdict: verdict({ complete: false }) },
    { ...emptyStanding(), preview: { risk: { score: 50, level: "high" }, reasons: verdict().reasons, adjustments: [] } },
    ...["low", "caution", "critical", "unknown"].map((level) => ({ ...emptyStanding(), busy: false, verdict: verdict({ risk: { score: 1, level, confidence: "low" } }) })),
  ];
  for (const lang of ["en", "zh_CN"]) {
    for (const standing of states) {
      draw(standing.verdict, { lang, standing, onAction: () => {}, actions: ["recheck", "settings", "close"] });
      assert.doesNotMatch(text(), /(panel|badge|problem)_[a-z]|\{[a-z]+\}|undefined|null/, JSON.stringify(standing).slice(0, 120));
    }
  }
});

test("hostile words stay words, and only https searches can be clicked", () => {
  const evil = '<img src=x onerror=alert(1)><script>alert(1)</script>';
  const links = ["javascript:alert(1)", "http://a.example/?q=x", "data:text/html,x", 'https://a.example/"onclick=x', "https://a.example/?q=ok"];
  draw(verdict({
    reasons: [{ id: "x", group: "content", points: 5, title: evil, detail: evil, quotes: [{ part: "body", text: `${evil}!`, start: 0, end: 1 }], advice: evil, source: [] }],
    search_links: links.map((url, at) => ({ id: `l${at}`, topic: "mail", label: evil, query: evil, url, why: evil, rank: at })),
  }), { standing: { ...emptyStanding(), verdict: verdict(), sender: evil, subject: evil } });
  assert.equal(root.querySelectorAll("img, script").length, 0);
  assert.ok(text().includes("<img src=x"));
  draw(verdict({ search_links: links.map((url, at) => ({ id: `l${at}`, topic: "mail", label: "x", query: "x", url, why: "", rank: at })) }));
  assert.deepEqual([...new Set([...root.querySelectorAll("a")].map((link) => link.getAttribute("href")))], ["https://a.example/?q=ok"]);
});

test("another search engine takes the same words", () => {
  draw(verdict(), { engine: "https://www.bing.com/search?q={query}" });
  assert.equal(root.querySelector(".searches a").getAttribute("href"), `https://www.bing.com/search?q=${encodeURIComponent('"david.miller@acme-tradlng.com"')}`);
});

test("what the reader had unfolded stays so when a newer verdict comes", () => {
  draw(verdict());
  root.querySelector("details[data-id=why-score]").setAttribute("open", "");
  draw(verdict({ risk: { score: 70, level: "critical", confidence: "high" } }));
  assert.ok(root.querySelector("details[data-id=why-score]").hasAttribute("open"));
  assert.ok(!root.querySelector("details[data-id=not-checked]").hasAttribute("open"));
});

test("quotes are marked where they stand in the reason; what it sounds like is said", () => {
  draw(fullVerdict());
  const [first] = root.querySelectorAll(".reason");
  assert.deepEqual([...first.querySelectorAll("mark")].map((node) => node.textContent), ["our bank account is under audit", "send the 30% deposit to our new account"]);
  assert.equal(first.querySelector(".detail").textContent, fullVerdict().reasons[0].detail);
  assert.match(first.querySelector(".like").textContent, /近似说法/);
});

test("searches by topic, with twins of other engines and what a result means; the reader's engine comes first", () => {
  draw(fullVerdict(), { engineId: "baidu", engine: "https://www.baidu.com/s?wd={query}" });
  const all = root.querySelector("[data-id=all-searches]");
  assert.equal(all.querySelectorAll(".fold-body > .search-list > li").length, 8);
  assert.deepEqual([...all.querySelectorAll(".topic-fold > summary")].map((node) => node.textContent), ["贸易记录1", "制裁名单1", "域名与网站2"]);
  const first = all.querySelector("li");
  assert.match(first.querySelector("a.label").getAttribute("href"), /^https:\/\/www\.baidu\.com/);
  assert.deepEqual([...first.querySelectorAll(".twin")].map((node) => node.textContent), ["Google", "Bing", "必应国际版"]);
  assert.match(first.textContent, /好的结果：.*不好的结果：/);
  assert.match(root.querySelector("section > .searches a").getAttribute("href"), /baidu/);
  const site = [...all.querySelectorAll("li")].find((row) => row.textContent.includes("英国公司注册处"));
  assert.equal(site.querySelectorAll(".twin, .icon-button").length, 0);
  assert.match(site.querySelector("a").getAttribute("href"), /^https:\/\/find-and-update/);
});

test("a dollar sign in a query stays one", () => {
  const [link] = fullVerdict().search_links;
  draw(verdict({ search_links: [{ ...link, query: "$& cost $'", twins: undefined }] }), { engine: "https://a.example/?q={query}" });
  assert.equal(root.querySelector(".searches a").getAttribute("href"), "https://a.example/?q=%24%26%20cost%20%24%27");
});

test("parts whose fields are absent, as in an older server's verdict, are not shown", () => {
  draw(verdict(), { notes: {}, features: ["feedback", "letters"] });
  for (const id of ["checks", "payment", "letters", "opinion", "places"]) {
    const shown = root.querySelector(`[data-id=${id}]`);
    assert.equal(Boolean(shown), id === "opinion", id);
  }
});

test("criteria with yes, no and unknown for screen readers too; the missing ones to copy", () => {
  draw(fullVerdict("zh_CN", { risk: CAUTION }), { notes: {} });
  const rows = [...root.querySelectorAll(".criteria li")].map((row) => [row.className, row.querySelector(".unseen").textContent]);
  assert.deepEqual(rows.map(([kind]) => kind), ["yes", "yes", "no", "unknown", "unknown"]);
  assert.deepEqual(new Set(rows.map(([, said]) => said)), new Set(["符合", "不符合", "未知"]));
  assert.ok(root.querySelector("[data-id=copy-missing]"));
});

test("a result can be noted and taken back; a second check is offered while the verdict does not know it", () => {
  const noted = [];
  const onAction = (action, detail) => void noted.push([action, detail]);
  draw(fullVerdict(), { notes: {}, onAction });
  root.querySelector("[data-id=result-call_back-found]").click();
  draw(fullVerdict(), { notes: { checks: { call_back: "found" } }, onAction });
  assert.equal(root.querySelector("[data-id=result-call_back-found]").getAttribute("aria-pressed"), "true");
  assert.ok(root.querySelector("[data-id=checks-recheck]"));
  root.querySelector("[data-id=result-call_back-found]").click();
  assert.deepEqual(noted, [["note", { checks: { call_back: "found" } }], ["note", { checks: { call_back: null } }]]);
  const known = fullVerdict();
  known.checks.items.at(-1).result = "found";
  draw(known, { notes: { checks: { call_back: "found" } }, onAction });
  assert.equal(root.querySelector("[data-id=checks-recheck]"), null);
});

test("what belongs to one mail does not outlive it", () => {
  draw(fullVerdict(), { id: "1/a", notes: {} });
  root.querySelector("[data-id=customer]").setAttribute("open", "");
  draw(fullVerdict(), { id: "1/b", notes: {} });
  assert.ok(!root.querySelector("[data-id=customer]").hasAttribute("open"));
});

test("a quote that the reason cut short or wrote in one line is not said twice", () => {
  const long = `${"please pay the deposit ".repeat(10)}today`;
  const quote = (text) => ({ part: "body", text, start: 0, end: text.length });
  const reason = (detail, ...quotes) => ({ id: "x", group: "content", points: 5, title: "t", detail, quotes: quotes.map(quote), advice: "", source: [] });
  draw(verdict({ reasons: [reason(`Says “${long.slice(0, 120)}…”.`, long)] }));
  assert.equal(root.querySelectorAll(".reason blockquote").length, 0);
  assert.equal(root.querySelector(".detail mark").textContent, long.slice(0, 120));
  draw(verdict({ reasons: [reason("Says “pay to our new account”.", "pay to\n our new account", "another wording, longer than that")] }));
  assert.equal(root.querySelector(".detail mark").textContent, "pay to our new account");
  assert.deepEqual([...root.querySelectorAll("blockquote mark")].map((node) => node.textContent), ["another wording, longer than that"]);
});

test("warnings of this deal stand first, one about old data in the foot", () => {
  draw(fullVerdict("zh_CN", { warnings: [{ id: "compliance_stop", text: "受制裁国家" }, { id: "country_data_old", text: "名单已旧" }] }));
  assert.deepEqual([...root.querySelectorAll(".alert.warning")].map((node) => node.textContent), ["受制裁国家"]);
  assert.match(root.querySelector("footer").textContent, /名单已旧/);
});

test("beside a compliance stop no level says that all is well, and nothing is said twice", () => {
  const stop = "合规停止，任何操作前请示主管";
  const risk = { score: 0, level: "low", confidence: "high" };
  const handling = { reply_by: null, review: true, channels: [], steps: [stop], stop: [] };
  draw(verdict({ risk, handling, warnings: [{ id: "compliance_stop", text: stop }] }));
  assert.doesNotMatch(text(), /正常跟进/);
  assert.equal(text().split(stop).length, 2);
  draw(verdict({ risk, handling, reasons: [] }));
  assert.match(text(), /正常跟进.*合规停止/);
});

test("an amount whose currency nobody named says so", () => {
  const digest = (notes) => {
    draw(fullVerdict(), { notes });
    return root.querySelector("[data-id=fold-asked] .digest").textContent;
  };
  assert.equal(digest({ order_amount: 48000 }), "48,000 · 未注明币种");
  assert.equal(digest({ order_amount: 48000, currency: "USD" }), "USD 48,000");
});

test("a long reason is cut between words and stands whole where it is unfolded", () => {
  const reason = (detail) => {
    draw(verdict({ reasons: [{ id: "r", group: "content", points: 25, title: "T", detail, quotes: [{ part: "body", text: "the surveyor's travel and the registration fee of the board", start: 0, end: 59 }], advice: "", source: [] }] }));
    return { short: root.querySelector("summary .detail").textContent, whole: root.querySelector(".whole")?.textContent, marks: root.querySelectorAll(".reason mark").length };
  };
  const long = "The buyer asks us to pay “the surveyor's travel and the registration fee of the board”, USD 4,980, to the attorney, and swears that it comes back.";
  assert.deepEqual(reason(long), { short: "The buyer asks us to pay “the surveyor's travel and the registration fee of the board”, USD…", whole: long, marks: 2 });
  assert.deepEqual(reason("Short."), { short: "Short.", whole: undefined, marks: 1 });
  assert.equal(reason(`“${"请".repeat(80)}”`).short, `“${"请".repeat(47)}…`);
});
