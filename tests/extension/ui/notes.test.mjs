/** What the rep notes of a counterpart: only known keys and values, merged, kept by address, sent as context. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { knownOf, noteCounterpart } from "../../../extension/src/background/counterparts.js";
import { changedNotes, cleanNotes, delaysAsText, delaysIn } from "../../../extension/src/shared/notes.js";
import { fakeChrome } from "./chrome.mjs";

beforeEach(() => void fakeChrome());
const settings = (change = {}) => ({ working_days: [], ...change });

test("what no request may hold is dropped", () => {
  assert.deepEqual(cleanNotes({
    order_amount: 48000, currency: "USD", country: "NG", product_class: "dual_use", payment_term: "tt_30_70", visited_us: true,
    arrears_days: 30, open_balance: 0, level_override: { level: 2, reason: " fair " }, checks: { site: "found", "a b": "found", other: "maybe" },
  }), {
    order_amount: 48000, currency: "USD", country: "NG", product_class: "dual_use", payment_term: "tt_30_70", visited_us: true,
    arrears_days: 30, open_balance: 0, level_override: { level: 2, reason: "fair" }, checks: { site: "found" },
  });
  for (const junk of [
    { order_amount: -1 }, { order_amount: "5" }, { order_amount: NaN }, { order_amount: Infinity }, { currency: "usd" }, { country: "Nigeria" }, { product_class: "guns" },
    { visited_us: "yes" }, { level_override: { level: 5, reason: "x" } }, { level_override: { level: 2, reason: " " } }, { checks: ["found"] }, { token: "x" }, null, "x", 3,
  ]) assert.deepEqual(cleanNotes(junk), {}, JSON.stringify(junk));
});

test("delays are read as people type them, kept in the form that the API takes, and shown again", () => {
  const typed = "2026-03-31 5 1,000\n\n 2026/6/30  12\n2026.9.30;30;8000.5";
  const rows = [{ date: "2026-03-31", days: 5, balance: 1000 }, { date: "2026-06-30", days: 12 }, { date: "2026-09-30", days: 30, balance: 8000.5 }];
  assert.deepEqual(delaysIn(typed), { rows, wrong: 0 });
  assert.deepEqual(cleanNotes({ arrears_history: rows }), { arrears_history: rows });
  assert.deepEqual(delaysIn(delaysAsText(rows)).rows, rows);
  assert.deepEqual(delaysIn(""), { rows: [], wrong: 0 });
  assert.equal(delaysAsText(undefined), "");
});

test("a line that is no delay is named, and what no request may hold is dropped", () => {
  for (const line of ["yesterday 5", "2026-02-30 5", "2026-03-31", "2026-03-31 5.5", "2026-03-31 -5", "2026-03-31 5 much", "2026-03-31 5 1 1", "1970-01-01 5"])
    assert.deepEqual(delaysIn(`2026-03-31 5\n${line}`), { rows: [], wrong: 2 }, line);
  assert.equal(delaysIn("2026-03-31 5\n".repeat(25)).wrong, 25);
  assert.deepEqual(cleanNotes({ arrears_history: [{ date: "2026-13-01", days: 5 }, { date: "2026-03-01", days: "5" }, null, 5] }), {});
  assert.equal(cleanNotes({ arrears_history: Array(30).fill({ date: "2026-03-01", days: 5 }) }).arrears_history?.length, 24);
});

test("a change lays itself over what is known; null takes away; checks change one by one", () => {
  const notes = { order_amount: 5, currency: "EUR", checks: { site: "found", phone: "not_found" } };
  assert.deepEqual(changedNotes(notes, { order_amount: null, checks: { phone: null, registry: "contradicts" } }), {
    currency: "EUR", checks: { site: "found", registry: "contradicts" },
  });
  assert.deepEqual(changedNotes({ checks: { site: "found" } }, { checks: { site: null } }), {});
  assert.deepEqual(changedNotes(notes, undefined), notes);
});

test("kept by address in any spelling, sent with the time zone and the working days of the settings", async () => {
  await noteCounterpart("Ann@Importer.example ", { country: "DE" });
  const { timezone, ...known } = await knownOf("ann@importer.example", settings({ working_days: [1, 2, 3] }));
  assert.ok(timezone);
  assert.deepEqual(known, { country: "DE", working_days: [1, 2, 3] });
  assert.deepEqual(Object.keys(await knownOf("other@importer.example", settings())), ["timezone"]);
  await noteCounterpart("ann@importer.example", { country: null });
  assert.deepEqual(globalThis.chrome.storage.local.held.get("counterparts"), {});
});

test("names of an object's own parts are addresses like others; without an address nothing is kept", async () => {
  await noteCounterpart("__proto__", { country: "DE" });
  await noteCounterpart("constructor", { country: "FR" });
  await noteCounterpart("", { country: "IT" });
  assert.equal((await knownOf("constructor", settings())).country, "FR");
  assert.equal((await knownOf("tostring", settings())).country, undefined);
  assert.equal((await knownOf("", settings())).country, undefined);
});

test("of more than five hundred counterparts the oldest leave", async () => {
  const book = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`a${at}@x.example`, { notes: { country: "DE" }, at }]));
  await globalThis.chrome.storage.local.set({ counterparts: book });
  await noteCounterpart("new@x.example", { country: "FR" });
  const kept = globalThis.chrome.storage.local.held.get("counterparts");
  assert.equal(Object.keys(kept).length, 500);
  assert.ok(!("a0@x.example" in kept) && "new@x.example" in kept && "a1@x.example" in kept);
});
