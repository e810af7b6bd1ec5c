/** The instant preview by the rulebook in force; compiled once for each rulebook that the worker holds. */

import { compileRulebook } from "../rulebook/engine.js";
import { keptNeeds } from "../rulebook/literals.js";
import { preview } from "../rulebook/preview.js";

/** @typedef {ReturnType<typeof compileRulebook>} Engine */

/** @type {WeakMap<object, {engine: Engine, used: boolean}>} Only a cache: the worker may end at any time. */
const engines = new WeakMap();

/** Words that most mails of the trade hold: the patterns that they ask for are compiled before a mail does. */
const USUAL = {
  sender: { address: "sales@example.com", name: "Example" }, subject: "Inquiry about your products", recipients: [], links: [], attachments: [],
  body: { text: "Dear sir or madam,\n\nWe are interested in your products. Please send us your price list and catalogue, and tell us your payment terms, delivery time and minimum order. We look forward to your reply.\n\n您好，请报价并告知付款方式、交货期和最小起订量。\n\nBest regards" },
};

/** @param {any} rulebook */
function held(rulebook) {
  const known = engines.get(rulebook);
  if (known) return known;
  const made = { engine: compileRulebook(rulebook, keptNeeds(rulebook.needs, rulebook.phrases.length)), used: false };
  engines.set(rulebook, made);
  return made;
}

/**
 * @param {import("../shared/types.js").Message} mail
 * @param {any} rulebook  as GET /v1/rulebook gives it
 * @param {import("../shared/types.js").Lang} lang
 * @returns {import("../shared/types.js").Preview}
 */
export function previewOf(mail, rulebook, lang) {
  const one = held(rulebook);
  one.used = true;
  // The panel shows the reasons; the rest would only fill the session store.
  return { ...preview(mail, one.engine, lang), facts: {}, quotes: {}, not_checked: [] };
}

/**
 * Makes the rules ready for a mail that is about to be opened. A mail that came meanwhile goes first.
 * @param {any} rulebook
 */
export async function warmUp(rulebook) {
  const one = held(rulebook);
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (one.used) return;
  one.used = true;
  preview(USUAL, one.engine, "en");
}
