/** Choices of patterns: the same places however they are asked for, each choice reading a text once. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Choice } from "../../../extension/src/evidence/pattern.js";

test("the first place from a start on is the same whatever was asked before", () => {
  const sources = ["ab", "b[0-9]", "on [a-z]{1,9} wrote:", "a"];
  const text = "a b1 ab on monday wrote: ab2 on x wrote: b3";
  const asked = new Choice(sources);
  for (const start of [0, 5, 3, 30, 12, 0, 41, 42, 7]) {
    assert.deepEqual(asked.search(text, start), new Choice(sources).search(text, start), `from ${start}`);
  }
  assert.deepEqual(asked.search("ab", 0), [0, 2], "another text");
  assert.deepEqual(asked.places(text, 3), [[0, 1], [2, 4], [5, 7]]);
});

test("fifty quote headings in a mebibyte are found in one reading, not in fifty", () => {
  const markers = ["on [^\\n]{4,200}wrote:[ \\t\\r]*$", "-{3,20} ?original message", "from:.{0,200}\\n(.{0,200}\\n){0,3}sent:"];
  const choice = new Choice(markers, "(?im)^[ \\t>]*");
  const text = "On Mon, 1 Jan 2026, Ann Lee wrote:\n> x\n\nyes\n".repeat(24_000);
  const spent = (most) => {
    const before = process.cpuUsage().user;
    for (let at = 0, count = 0; count < most; count++) at = (choice.search(text, at) ?? [0, 0])[1] + 1;
    return process.cpuUsage().user - before;
  };
  spent(1);
  assert.ok(spent(50) < 20 * Math.max(spent(1), 20_000));
});
