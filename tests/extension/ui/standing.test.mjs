/** How a mail may be shown: green is the exception, trouble is said, a preview never calms. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyStanding, hintsOf, lookOf, noteOf } from "../../../extension/src/shared/standing.js";
import { wordsIn } from "../../../extension/src/shared/words.js";

const words = wordsIn("zh_CN");
const verdict = (level, change = {}) => ({
  risk: { score: 10, level, confidence: "high" }, reasons: [], adjustments: [], complete: true, mail_kind: "inquiry", ...change,
});
const standing = (change) => ({ ...emptyStanding(), busy: false, ...change });

test("a mail of no kind is an inquiry if it has a customer level, a notice is none", () => {
  const tone = (kind, level) => lookOf(standing({ verdict: verdict("low", { mail_kind: kind, customer_level: { level } }) })).tone;
  assert.deepEqual([tone("other", 4), tone("other", null), tone("notice", 4)], ["low", "neutral", "neutral"]);
});

test("only a complete, confident, wholly read inquiry is green", () => {
  const tones = {
    low: standing({ verdict: verdict("low") }),
    neutral: standing({ verdict: verdict("low", { mail_kind: "notice" }) }),
    busy: standing({ verdict: verdict("low", { complete: false }), busy: true }),
  };
  for (const [tone, state] of Object.entries(tones)) assert.equal(lookOf(state).tone, tone);
  const never = [
    standing({ verdict: verdict("low", { complete: false }) }),
    standing({ verdict: verdict("low"), missing: ["body"] }),
    standing({ verdict: verdict("low"), missing: ["sender"] }),
    standing({ verdict: verdict("low"), missing: ["body_rest"] }),
    standing({ verdict: verdict("low", { risk: { score: 0, level: "low", confidence: "low" } }) }),
    standing({ verdict: verdict("low", { complete: false }), problem: { code: "unreachable" }, busy: true }),
    standing({ verdict: verdict("unknown") }),
    standing({ verdict: verdict("surprise") }),
    standing({ preview: { risk: { level: "low", score: 0 }, reasons: [] } }),
    standing({ preview: { risk: { level: "low", score: 0 }, reasons: [] }, problem: { code: "unreachable" } }),
    standing({}), emptyStanding(),
  ];
  for (const state of never) assert.ok(["unknown", "busy", "error"].includes(lookOf(state).tone), JSON.stringify(state));
});

test("a missing subject alone does not keep a mail from being green", () => {
  assert.equal(lookOf(standing({ verdict: verdict("low"), missing: ["subject"] })).tone, "low");
});

test("a preview warns, a verdict replaces it whole", () => {
  const preview = { risk: { level: "high", score: 50 }, reasons: [{ points: 25, title: "催促付款" }], adjustments: [] };
  const busy = standing({ preview, busy: true });
  assert.deepEqual([lookOf(busy).tone, lookOf(busy).basis], ["high", "preview"]);
  assert.match(noteOf(busy, words), /催促付款.*正在向服务器核实/);
  assert.match(noteOf(standing({ preview, problem: { code: "unreachable" } }), words), /仅检查了发件人和正文/);
  assert.equal(lookOf(standing({ preview, verdict: verdict("low") })).tone, "low");
});

test("a problem without a verdict is named", () => {
  const state = standing({ problem: { code: "unauthorized" } });
  assert.equal(lookOf(state).tone, "error");
  assert.equal(noteOf(state, words), "访问令牌无效");
});

test("what is missing stands on the badge", () => {
  assert.match(noteOf(standing({ verdict: verdict("low"), missing: ["sender", "body"] }), words), /发件人、正文/);
  const unknown = [{ fact: "domain.age_days", why: "x" }, { fact: "domain.valid_mx", why: "x" }, { fact: "domain.accepts_mail", why: "x" }, { fact: "auth.spf", why: "x" }];
  const open = standing({ verdict: verdict("low", { not_checked: unknown, risk: { score: 3, level: "low", confidence: "medium" } }) });
  assert.equal(noteOf(open, words), "未查到：域名注册时长、收信服务器");
  const medium = standing({ verdict: verdict("low", { risk: { score: 3, level: "low", confidence: "medium" } }) });
  assert.equal(noteOf(medium, words), "部分域名信息未查到");
});

test("a restless mail says so instead of what is missing; hints say how to give what is", () => {
  const restless = standing({ verdict: verdict("low"), missing: ["body"], page: { hints: ["restless"] } });
  assert.equal(lookOf(restless).tone, "unknown");
  assert.equal(noteOf(restless, words), "正文一直在变化：等它停下后再检查。");
  const clipped = standing({ verdict: verdict("low"), missing: ["body_rest"], page: { hints: ["rest_clipped", "no_such_hint"] } });
  assert.equal(hintsOf(clipped, words).length, 1);
  assert.match(hintsOf(clipped, words)[0], /完整邮件/);
  assert.deepEqual(hintsOf(standing({}), words), []);
});

test("a green badge names what is left to clear up, and calls small signs small", () => {
  const reason = (points, title) => ({ id: title, group: "content", points, title, quotes: [] });
  const note = (change) => noteOf(standing({ verdict: verdict("low", change) }), words);
  assert.equal(note({}), "未发现风险信号");
  assert.equal(note({ reasons: [reason(5, "公共邮箱"), reason(-8, "产品描述具体")] }), "仅有轻微信号：公共邮箱");
  assert.equal(note({ reasons: [reason(25, "通知更换收款账户")] }), "通知更换收款账户");
  assert.equal(note({ warnings: [{ id: "compliance_watch", text: "x" }] }), "有重要提示，请先查看");
  assert.equal(note({ warnings: [{ id: "country_data_old", text: "x" }] }), "未发现风险信号");
});
