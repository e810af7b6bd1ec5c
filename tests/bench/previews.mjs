/**
 * Milliseconds of CPU of the preview of each mail, as one JSON line: `first`, seen once by an engine that other mails
 * have warmed, and `again`, the best of twenty repeats. Standard input: {rulebook, warm: messages, mails: messages}.
 */

import { readFileSync } from "node:fs";
import { compileRulebook } from "../../extension/src/rulebook/engine.js";
import { preview } from "../../extension/src/rulebook/preview.js";

const REPEATS = 20;

const { rulebook, warm, mails } = JSON.parse(readFileSync(0, "utf8"));
const engine = compileRulebook(rulebook);

/** @param {object} message */
function spent(message) {
  const start = process.cpuUsage().user;
  preview(message, engine);
  return (process.cpuUsage().user - start) / 1000;
}

for (const message of warm) preview(message, engine);
const first = mails.map(spent);
const again = mails.map((message) => Math.min(...Array.from({ length: REPEATS }, () => spent(message))));
console.log(JSON.stringify({ first, again }));
