/** Fills the values that fired a rule into its words. Twin of server/rulebook/render.py. */

import { shortened } from "./cut.js";

/** @typedef {import("../shared/types.js").Facts} Facts */
/** @typedef {import("../shared/types.js").Value} Value */

const PLACEHOLDER = /\{([a-z_]{1,40}(?:\.[a-z0-9_]{1,40})?)\}/g;
/** What Python's split() cuts at. */
const WHITE = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const MOST_ITEMS = 3;
const MOST_QUOTED = 120;
const MOST_VALUE = 200;
const UNKNOWN = "?";

/**
 * The text with facts and original wordings filled in; what is not known reads `?`. Lists show three items, a quote 120
 * code points, cut between words. Values are taken as they are: they are never markup.
 * @param {string} text
 * @param {Facts} known
 * @param {string[]} quotes
 */
export function render(text, known, quotes) {
  return text.replace(PLACEHOLDER, (_, /** @type {string} */ name) => {
    if (name === "quote") return quotes[0] === undefined ? UNKNOWN : quoted(quotes[0]);
    if (name === "quotes") return quotes.slice(0, MOST_ITEMS).map(quoted).join(", ") || UNKNOWN;
    const [group = "", fact = ""] = name.split(".");
    return shown(known[group]?.[fact]);
  });
}

/** @param {string} quote */
function quoted(quote) {
  return shortened(
    quote
      .split(WHITE)
      .filter((word) => word !== "")
      .join(" "),
    MOST_QUOTED,
  );
}

/** @param {Value | undefined} value */
function shown(value) {
  if (value === undefined) return UNKNOWN;
  if (Array.isArray(value)) {
    return value.slice(0, MOST_ITEMS).join(", ") + (value.length > MOST_ITEMS ? " …" : "");
  }
  return shortened(String(value), MOST_VALUE);
}
