/** The instant preview by the rulebook in force; compiled once for each rulebook that the worker holds. */

import { compileRulebook } from "../rulebook/engine.js";
import { preview } from "../rulebook/preview.js";

/** @type {WeakMap<object, ReturnType<typeof compileRulebook>>} Only a cache: the worker may end at any time. */
const engines = new WeakMap();

/**
 * @param {import("../shared/types.js").Message} mail
 * @param {any} rulebook  as GET /v1/rulebook gives it
 * @param {import("../shared/types.js").Lang} lang
 * @returns {import("../shared/types.js").Preview}
 */
export function previewOf(mail, rulebook, lang) {
  let engine = engines.get(rulebook);
  if (!engine) {
    engine = compileRulebook(rulebook);
    engines.set(rulebook, engine);
  }
  // The panel shows the reasons; the rest would only fill the session store.
  return { ...preview(mail, engine, lang), facts: {}, quotes: {}, not_checked: [] };
}
