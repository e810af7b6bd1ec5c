/** Mixed words in one script; the same cases as tests/server/rulebook/test_one_script.py. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { codePoints } from "../../../extension/src/rulebook/codepoints.js";
import { oneScript } from "../../../extension/src/rulebook/onescript.js";

const CASES = [
  ["pаymеnt", "payment"],
  ["Ваnk ассоunt", "Bank account"],
  ["αccοunt", "account"],
  ["cтоимость", "стоимость"],
  ["LEDлампа 50мм", "LEDлампа 50мм"],
  ["оплата счёта", "оплата счёта"],
  ["payment", "payment"],
  ["10 μm kΩ", "10 μm kΩ"],
  ["рау", "рау"],
  ["", ""],
];

for (const [mixed, plain] of CASES) {
  test(`"${mixed}" is read as "${plain}"`, () => {
    const points = codePoints(mixed);
    oneScript(points);
    assert.equal(String.fromCodePoint(...points), plain);
  });
}
