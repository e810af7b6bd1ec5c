/** The instant preview: what sender, text and links alone say, until the server's verdict replaces it. */

import { collect } from "../evidence/collect.js";
import { score } from "./score.js";
import { contextOf, notChecked, reasons, signals } from "./signals.js";

/** @typedef {import("../evidence/evidence.js").Evidence} Evidence */
/** @typedef {import("../shared/types.js").Lang} Lang */
/** @typedef {import("../shared/types.js").Level} Level */
/** @typedef {import("../shared/types.js").Message} Message */
/** @typedef {import("../shared/types.js").Preview} Preview */
/** @typedef {import("./engine.js").Engine} Engine */

/**
 * Judges a mail by what the browser knows. Facts of look-ups and of the company's lists stay unknown, so a low score
 * means nothing here: show the level only from caution up.
 * @param {Message} message
 * @param {Engine} engine of `compileRulebook`
 * @param {Lang} [lang]
 * @returns {Preview}
 */
export function preview(message, engine, lang = "en") {
  const { evidence, phrases } = collect(message, engine);
  const result = signals(evidence, phrases, engine);
  const context = contextOf(engine.groups, evidence.known, phrases);
  const situation = {
    knownCounterpart: false,
    // What cannot be checked here does not hold.
    guards: new Set(engine.guards.filter(({ holds }) => holds(context) === true).map(({ id }) => id)),
    trustVoid: engine.trustVoidWhen.some((holds) => holds(context) === true),
  };
  const total = score(result.fired, engine.levels, engine.ceilings, situation, lang);
  return {
    risk: { score: total.value, level: levelOf(total.value, evidence, engine.levels) },
    reasons: reasons(result.fired, evidence.known, lang),
    adjustments: total.adjustments,
    not_checked: notChecked(result.waiting, evidence, engine.why, lang),
    facts: evidence.known,
    quotes: Object.fromEntries(evidence.quotes),
    preview: true,
  };
}

/**
 * The level of a score. Unknown where too little was read to call it low; what did fire counts all the same.
 * @param {number} value
 * @param {Evidence} evidence
 * @param {import("./score.js").Levels} levels
 * @returns {Level}
 */
function levelOf(value, evidence, levels) {
  if (value >= levels.thresholds.critical) return "critical";
  if (value >= levels.thresholds.high) return "high";
  if (value >= levels.thresholds.caution) return "caution";
  const chars = evidence.get("content.chars");
  const hasBody = typeof chars === "number" && chars >= levels.min_chars;
  const isUnreadable = hasBody && evidence.get("content.language_covered") === false;
  return isUnreadable || (!hasBody && evidence.get("sender.address") === undefined) ? "unknown" : "low";
}
