/** Every case of shared_rules/ comes out here as on the server, and so do odd strings and whole mails. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { compileRulebook } from "../../../extension/src/rulebook/engine.js";
import { caseDifferences, messageDifferences, stringDifferences } from "../../parity/compare.mjs";
import { exportTo, readLines } from "../../parity/run.mjs";

const folder = mkdtempSync(join(tmpdir(), "cases-"));
after(() => rmSync(folder, { recursive: true }));
exportTo(folder);
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const rulebook = read("rulebook.json");
const engine = compileRulebook(rulebook);

test("all rule cases give the server's outcome and quotes", () => {
  const cases = read("cases.json");
  assert.ok(cases.length > 0);
  const wrong = cases.flatMap((row) => caseDifferences(row, engine).map((found) => ({ case: row.name, ...found })));
  assert.deepEqual(wrong, []);
});

test("odd strings have the server's normal form and offsets", () => {
  const wrong = read("strings.json").flatMap((row) => stringDifferences(row, rulebook.tables));
  assert.deepEqual(wrong, []);
});

test("mails in nine languages have the server's facts, reasons and score", () => {
  const expected = readLines(join(folder, "expected.jsonl"));
  const wrong = readLines(join(folder, "messages.jsonl")).flatMap((message, index) => {
    return messageDifferences(message, expected[index], engine).map((found) => ({ mail: message.id, ...found }));
  });
  assert.deepEqual(wrong, []);
});
