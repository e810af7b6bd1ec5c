/** Where texts are cut for readers. The same rows stand in tests/server/rulebook/test_cut.py. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Ruler } from "../../../extension/src/rulebook/codepoints.js";
import { fit, shortened, wholeWords } from "../../../extension/src/rulebook/cut.js";

const SHORTENED = /** @type {const} */ ([
  ["pay the shipping agent", 30, "pay the shipping agent"],
  ["pay the shipping agent today", 22, "pay the shipping…"],
  ["pay the shipping agent today", 23, "pay the shipping agent…"],
  ["pay the shipping  agent", 18, "pay the shipping…"],
  [`a ${"x".repeat(60)}`, 50, `a ${"x".repeat(47)}…`],
  ["请先把运费付给我们的货代", 6, "请先把运费…"],
  ["运费 USD 1,850 付给货代", 10, "运费 USD…"],
  ["付给agent公司", 5, "付给…"],
  ["𠮷野家 and more words", 8, "𠮷野家 and…"],
  ["x", 1, "x"],
]);

const WHOLE = /** @type {const} */ ([
  ["нужна компания-агент", 6, 12, [6, 14]],
  ["our shipping agents", 6, 9, [4, 12]],
  ["规格：DN80", 3, 4, [3, 7]],
  ["先付运费再说", 1, 3, [1, 3]],
  ["5 000 pcs", 0, 1, [0, 1]],
  ["مجاناً الآن", 0, 5, [0, 6]],
  ["x".repeat(60), 30, 31, [6, 55]],
]);

test("between words, in Chinese anywhere", () => {
  for (const [text, most, shown] of SHORTENED) assert.equal(shortened(text, most), shown);
  assert.equal(fit([..."one two  three"], 9), 7);
});

test("wordings take in the rest of their words", () => {
  for (const [text, start, end, place] of WHOLE) assert.deepEqual(wholeWords(new Ruler(text), start, end), place);
});
