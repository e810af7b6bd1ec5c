/**
 * Specifications of goods that contradict each other in one mail, where that is certain.
 * Twin of server/evidence/incoherent.py.
 */

import { CHECKS } from "./spec_checks.js";
import { MAX_LINE, tokens } from "./tokens.js";
import { listedTotals } from "./totals.js";

/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./evidence.js").Evidence} Evidence */
/** @typedef {import("./tokens.js").Token} Token */
/** @typedef {import("./spec_checks.js").Clash} Clash */

const MOST = 5;
const MOST_LINES = 600;
const HINT = /\b[dp]n ?[0-9]|[0-9] ?(?:lm|lumen|流明)|%|[0-9] ?(?:'|’|′|ft|feet|foot|gp|h[qc]|尺|英尺)|total|[合总共]计|=/i;

/**
 * The fact `content.incoherent`: what contradicts itself in the newest part, at most five.
 * @param {Mail} mail
 * @param {Evidence} evidence
 */
export function incoherentFacts(mail, evidence) {
  if (!mail.hasBody) return;
  /** @type {Map<string, Clash>} */
  const found = new Map();
  if (mail.newest.some(([start, end]) => HINT.test(mail.text.slice(start, end)))) {
    for (const clash of clashes(mail)) if (found.size < MOST && !found.has(clash.words)) found.set(clash.words, clash);
  }
  evidence.put("content.incoherent", [...found.keys()], [...found.values()].map(({ start, end }) => mail.quote(start, end)));
}

/** @param {Mail} mail @returns {Clash[]} */
function clashes(mail) {
  const words = mail.lexicon.specs;
  const taken = mail.rows(mail.newest).slice(0, MOST_LINES)
    .map(([start, end]) => /** @type {[number, Token[]]} */ ([start, end - start <= MAX_LINE ? tokens(mail.text.slice(start, end)) : []]));
  const inLines = taken.flatMap(([offset, line]) => CHECKS.flatMap((check) => check(line, words))
    .map((clash) => ({ ...clash, start: offset + clash.start, end: offset + clash.end })));
  const inLists = listedTotals(taken, words.units)
    .map(([text, [offset, line]]) => ({ words: text, start: offset + (line[0]?.start ?? 0), end: offset + (line.at(-1)?.end ?? 0) }));
  return [...inLines, ...inLists];
}
