/** The steps from points to score: each that changes the sum is a row, and all rows add up. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { compileCondition } from "../../../extension/src/rulebook/conditions.js";
import { render } from "../../../extension/src/rulebook/render.js";
import { score } from "../../../extension/src/rulebook/score.js";

const text = (en) => ({ en, zh_CN: en });
const GROUPS = {
  content: { ceiling: 45, title: text("Wording") },
  sender: { ceiling: 20, title: text("Sender") },
  trust: { ceiling: 0, title: text("Trust") },
};
const LEVELS = {
  weights: { info: 0, weak: 5, medium: 12, strong: 25, decisive: 25 },
  trust_cap: 25,
  decisive_floor: 85,
  trust_void_tags: ["impersonation"],
  trust_void_when: [],
  min_chars: 20,
  thresholds: { caution: 20, high: 45, critical: 70 },
  guards: [
    { id: "a", when: "only_tag", tag: "pressure", cap: 44, text: text("pressure") },
    { id: "d", when: "only_strong_tag", tag: "two_freemails", cap: 44, text: text("freemails") },
    { id: "b", when: "only_wording", cap: 69, text: text("wording") },
    { id: "unheard", when: "only_weak_beside_wording", tag: "has_move", given: "x", cap: 44, text: text("unheard") },
    { id: "c", when: "known_counterpart", group: "content", cap: 12, text: text("known") },
  ],
  rows: {
    ceiling: text("ceiling {group}"),
    trust_cap: text("cap {cap}"),
    trust_void: text("void"),
    floor: text("floor {floor}"),
    clamp: text("clamp"),
  },
};
const NOTHING = { knownCounterpart: false, trustVoid: false, guards: new Set(["a", "b", "c", "d"]) };
/** What the full server says where it read the mail and no sentence makes a move. */
const UNHEARD = { ...NOTHING, guards: new Set([...NOTHING.guards, "unheard"]) };

function fired(group, points, more = {}) {
  const { quotes = [], parts = [], ...rest } = more;
  return { rule: { id: "x", group, points, weight: "strong", tags: [], facts: [], ...rest }, quotes, parts };
}

function judged(list, situation = NOTHING) {
  const result = score(list, LEVELS, GROUPS, situation, "en");
  const sum =
    list.reduce((total, one) => total + one.rule.points, 0) +
    result.adjustments.reduce((total, row) => total + row.points, 0);
  assert.equal(sum, result.value);
  return [result.value, result.adjustments.map((row) => row.why)];
}

test("a group counts up to its ceiling", () => {
  assert.deepEqual(judged([fired("sender", 12), fired("sender", 12)]), [20, ["ceiling Sender"]]);
});

test("one strong sign of a kind is capped until another strong sign or a combination stands beside it", () => {
  const two = fired("headers", 25, { tags: ["two_freemails"] });
  const others = [fired("sender", 12), fired("contradiction", 12)];
  assert.deepEqual(judged([two, ...others]), [44, ["freemails"]]);
  assert.deepEqual(judged([two, ...others, fired("links", 25)]), [74, []]);
  assert.deepEqual(judged([two, ...others, fired("combo", 12)]), [61, []]);
});

test("trust counts up to its cap, and not at all beside an impersonation", () => {
  const trust = [fired("trust", -15), fired("trust", -15)];
  assert.deepEqual(judged([fired("sender", 20), fired("content", 30), ...trust]), [25, ["cap 25"]]);
  assert.deepEqual(judged([fired("sender", 20, { tags: ["impersonation"] }), ...trust]), [20, ["void"]]);
  assert.deepEqual(judged([fired("sender", 20), ...trust], { ...NOTHING, trustVoid: true }), [20, ["void"]]);
});

test("pressure alone stays at caution, wording alone below critical", () => {
  assert.deepEqual(judged([fired("content", 45, { tags: ["pressure"] })]), [44, ["pressure"]]);
  const two = [
    fired("content", 45),
    fired("sender", 20, { tags: ["prose"] }),
    fired("sender", 10, { group: "lists", tags: ["prose"] }),
  ];
  assert.deepEqual(judged(two), [69, ["wording"]]);
});

test("two sentences of a decisive wording lift the guard", () => {
  const quote = (sentence) => ({ part: "body", text: "pay now", start: 0, end: 7, sentence });
  const decisive = (quotes) => [fired("content", 25, { weight: "decisive", tags: ["decisive_text"], quotes })];
  assert.deepEqual(judged(decisive([quote(0)])), [69, ["floor 69"]]);
  assert.deepEqual(judged(decisive([quote(0), quote(3)])), [85, ["floor 85"]]);
});

test("a known counterpart's wording counts little, unless identity is touched", () => {
  const known = { ...NOTHING, knownCounterpart: true };
  assert.deepEqual(judged([fired("content", 25)], known), [12, ["known"]]);
  assert.deepEqual(judged([fired("content", 25, { tags: ["identity_hit"] })], known), [25, []]);
});

test("the score stays between 0 and 100", () => {
  assert.deepEqual(judged([fired("trust", -15)]), [0, ["clamp"]]);
  assert.deepEqual(judged([]), [0, []]);
});

test("an absent fact leaves a condition unchecked unless the rest decides it", () => {
  const seen = (source) =>
    compileCondition(source)({ sender: { free: true, count: 3, list: ["a"] }, domain: {}, phrases: { x: ["q"] } });
  assert.equal(seen("sender.free && phrases.x.size() > 0"), true);
  assert.equal(seen("domain.age < 30"), null);
  assert.equal(seen("domain.age < 30 || sender.free"), true);
  assert.equal(seen("domain.age < 30 && !sender.free"), false);
  assert.equal(seen("sender.count >= 3 && sender.count < 3.5"), true);
  assert.equal(seen("sender.list.exists(x, x == 'b')"), false);
  assert.equal(seen("phrases.none.size() > 0"), null);
  assert.throws(() => seen("sender.free > 3"));
  assert.throws(() => compileCondition("sender.free &&"));
});

test("values stand in a reason as they are, shortened, never as markup", () => {
  const known = { sender: { name: "<b>$&</b>" }, links: { hosts: ["a", "b", "c", "d"], none: [] } };
  assert.equal(render("{sender.name}", known, []), "<b>$&</b>");
  assert.equal(render("{links.hosts}|{links.none}|{domain.age}", known, []), "a, b, c …||?");
  assert.equal(render("{quote}", known, [`${"x ".repeat(100)}`]).length, 120);
  assert.equal(render("{quotes}", known, ["a\n b", "c"]), "a b, c");
});

test("wording that no sentence means stays at caution, unless more than a weak sign stands beside it", () => {
  const fee = fired("thread", 50, { tags: ["has_move"] });
  assert.deepEqual(judged([fee], UNHEARD), [44, ["unheard"]]);
  assert.deepEqual(judged([fee, fired("sender", 5)], UNHEARD), [44, ["unheard"]]);
  assert.deepEqual(judged([fee]), [50, []], "what the preview cannot check does not hold");
  assert.deepEqual(judged([fee, fired("links", 12)], UNHEARD), [62, []]);
  const freemails = fired("headers", 12, { tags: ["two_freemails"] });
  const part = (points, ...tags) => ({ group: "thread", points, tags });
  const combo = fired("combo", 25, { parts: [part(25, "has_move"), part(12, "two_freemails"), part(5)] });
  assert.deepEqual(judged([fee, freemails, combo], UNHEARD), [44, ["unheard"]]);
  const other = fired("combo", 25, { parts: [part(25, "has_move"), part(12)] });
  assert.deepEqual(judged([fee, other], UNHEARD), [75, []]);
});
