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
const CHINESE = /[\u4e00-\u9fff]/;

/**
 * The text with facts and original wordings filled in; what is not known reads `?`. Lists show three items, a quote 120
 * code points, cut between words. Of a list in quotation marks each item gets its own. `a -> b` and `a against b` show arrows.
 * Values are else taken as they are: they are never markup.
 * @param {string} text
 * @param {Facts} known
 * @param {string[]} quotes
 */
export function render(text, known, quotes) {
  const comma = CHINESE.test(text) ? "、" : ", ";
  return text.replace(PLACEHOLDER, (whole, /** @type {string} */ name, /** @type {number} */ at) => {
    if (name === "quote") return quotes[0] === undefined ? UNKNOWN : quoted(quotes[0]);
    if (name === "quotes") return quotes.slice(0, MOST_ITEMS).map(quoted).join(comma) || UNKNOWN;
    const [group = "", fact = ""] = name.split(".");
    const value = known[group]?.[fact];
    if (Array.isArray(value) && text[at - 1] === "“" && text[at + whole.length] === "”") return listed(value.map(quoted), `”${comma}“`);
    return shown(value, comma);
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

/** @param {Value | undefined} value @param {string} comma */
function shown(value, comma) {
  if (value === undefined) return UNKNOWN;
  if (Array.isArray(value)) return listed(value.map(arrow), comma);
  return shortened(arrow(String(value)), MOST_VALUE);
}

/** @param {string[]} items @param {string} between */
function listed(items, between) {
  return items.slice(0, MOST_ITEMS).join(between) + (items.length > MOST_ITEMS ? " …" : "");
}

/** @param {string} value */
function arrow(value) {
  return value.replaceAll(" -> ", " → ").replaceAll(" against ", " ↔ ");
}
