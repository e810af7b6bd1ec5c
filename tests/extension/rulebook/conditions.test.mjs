/** Conditions of plain comparisons are evaluated directly, and with the same answers as by the library. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { byLibrary, compileCondition } from "../../../extension/src/rulebook/conditions.js";
import { direct } from "../../../extension/src/rulebook/direct.js";
import { Environment } from "../../../extension/node_modules/@marcbachmann/cel-js/lib/index.js";

const PLAIN = [
  "a.flag", "!a.flag", "a.flag || b.flag", "a.flag && !b.flag", "a.flag == b.flag", "a.text != b.text", "a.count > 3",
  "a.count <= 3 || a.share >= 0.5", 'a.text == ""', 'a.text in ["", "one"]', 'a.list.size() > 0 && b.list.size() == 0',
  "a.text.size() in [0, 1]", '"one" in a.list', 'a.text.contains("n")', '!a.text.startsWith("o") && a.text.endsWith("e")',
  'a.list.exists(x, x == "one")', 'a.list.exists(x, x in ["two", "three"] || x.contains("n"))', "true || a.flag",
  '(a.flag && (b.flag || a.count == 2)) || a.list.exists(x, x != "one" && x.startsWith("t"))',
];
const OTHER = ["a.flag ? b.flag : !b.flag", "a.list.all(x, x == 'one')", "a.count + 1 > 3", "a.list[0] == 'one'", "[a.count].size() > 0"];
const VALUES = { flag: [true, false], count: [0, 2, 3, 4], share: [0.25, 0.5], text: ["", "one", "🎁", "ones"], list: [[], ["one"], ["two", "on"]] };

let seed = 11;
const next = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;

/** Each fact absent one time in four. */
function facts() {
  const group = () => Object.fromEntries(Object.entries(VALUES).flatMap(([name, values]) => {
    return next(1000) < 250 ? [] : [[name, values[next(1000) % values.length]]];
  }));
  return { a: group(), b: group() };
}

test("plain conditions are evaluated directly, others by the library", () => {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  for (const source of PLAIN) assert.ok(direct(environment.parse(source).ast), source);
  for (const source of OTHER) assert.equal(direct(environment.parse(source).ast), null, source);
});

test("both give the same answers, also where facts are absent", () => {
  for (const source of PLAIN) {
    const [own, library] = [compileCondition(source), byLibrary(source)];
    const answers = new Set();
    for (let round = 0; round < 300; round++) {
      const given = facts();
      answers.add(own(given));
      assert.equal(own(given), library(given), `${source} of ${JSON.stringify(given)}`);
    }
    assert.ok(answers.size > 1 || source.startsWith("true"), `${source}: always ${[...answers]}`);
  }
});
