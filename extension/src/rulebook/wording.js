/** What may be said of each phrase set after a scan: these wordings, none at all, or not checked. */

/** @typedef {import("./match.js").Found} Found */
/** @typedef {import("../shared/types.js").Why} Why */

/**
 * Without a hit, a set was looked for only if one of its languages is the mail's. A text too short to tell counts as
 * English where it has Latin letters only, and as Chinese where it has Chinese ones.
 * @param {[string, string[]][]} sets their names and languages
 * @param {Found} found
 * @param {string} language the fact content.language
 * @returns {{ known: Record<string, string[]>, unknown: Record<string, Why> }}
 */
export function wording(sets, found, language) {
  let readable = language;
  if (language === "none" && !found.scripts.has("other")) readable = found.scripts.has("cjk") ? "zh" : "en";
  /** @type {Record<string, string[]>} */
  const known = {};
  /** @type {Record<string, Why>} */
  const unknown = {};
  for (const [name, languages] of sets) {
    const quotes = found.quotes.get(name);
    if (quotes && quotes.length > 0) known[name] = quotes.map((quote) => quote.text);
    else if (!found.scanned) unknown[name] = "not_given";
    else if (languages.includes(readable)) known[name] = [];
    else unknown[name] = "not_covered";
  }
  return { known, unknown };
}
