/** What a user can send us when a page has changed: which selectors matched, and the page's tags and classes. No content. */

import { MARK } from "../badge/host.js";
import { attr, tagOf } from "../webmail/safe.js";

/** @typedef {import("../webmail/types.js").Reading} Reading */

/**
 * What the page shows to us, by webmail.md's names.
 * @typedef {"no-mail-open" | "loading" | "ok" | "partial" | "unrecognised" | "own"} PageState
 */

/**
 * @typedef {object} Report
 * @property {string} webmail
 * @property {string} host
 * @property {PageState} state
 * @property {{state: string, missing: string[], from: Record<string, number>}[]} mails
 * @property {Record<string, number>} counts
 */

/**
 * @param {import("../webmail/types.js").Adapter} adapter
 * @param {Location} location
 * @returns {Report}
 */
export function reportOf(adapter, location) {
  const readings = adapter.listOpen();
  return {
    webmail: adapter.id, host: location.host, state: stateOf(adapter, readings),
    mails: readings.slice(0, 20).map(({ state, missing, from }) => ({ state, missing, from })),
    counts: adapter.diagnose(),
  };
}

/**
 * @param {import("../webmail/types.js").Adapter} adapter
 * @param {readonly Reading[]} readings
 * @returns {PageState}
 */
export function stateOf(adapter, readings) {
  if (!readings.length) return adapter.expectsMail() ? "unrecognised" : "no-mail-open";
  for (const state of /** @type {const} */ (["loading", "partial", "ok"])) {
    if (readings.some((reading) => reading.state === state)) return state;
  }
  return "own";
}

const MOST_LINES = 4000;
const MOST_DEPTH = 60;
/** Long runs of digits or of mixed letters and digits are names of mails, not of parts of the page. */
const ID_LIKE = /[0-9]{4,}|[0-9a-f]{10,}/i;

/**
 * The page as an outline of tags, classes and names of attributes; nothing inside a mail's body, no text, no values.
 * A class that looks like a number of a mail is left out. Rungs of our ladders that match stand behind a line.
 * @param {Document} document
 * @param {Record<string, unknown>} ladders
 * @returns {string}
 */
export function structureOf(document, ladders) {
  const rungs = Object.entries(ladders).flatMap(([name, list]) =>
    (Array.isArray(list) ? list.map((selector, at) => ({ name: `${name}.${at}`, selector: String(selector) })) : []));
  const bodies = Array.isArray(ladders.inside_body) ? ladders.inside_body.join(",") : "";
  /** @type {string[]} */
  const lines = [];
  const walker = document.createTreeWalker(document.body, 1 /* elements */);
  let depth = 0;
  while (lines.length < MOST_LINES) {
    const element = /** @type {Element} */ (walker.currentNode);
    lines.push(`${" ".repeat(depth)}${lineOf(element)}${matching(element, rungs)}`);
    if (depth < MOST_DEPTH && !isClosed(element, bodies) && walker.firstChild()) {
      depth += 1;
      continue;
    }
    while (walker.currentNode !== document.body && !walker.nextSibling()) {
      walker.parentNode();
      depth -= 1;
    }
    if (walker.currentNode === document.body) break;
  }
  return lines.join("\n");
}

/** @param {Element} element */
function lineOf(element) {
  const classes = (attr(element, "class") ?? "").split(/\s+/).filter((name) => name && name.length <= 40 && !ID_LIKE.test(name)).slice(0, 12);
  const names = element.getAttributeNames?.().filter((name) => !["class", "style", "id"].includes(name) && name.length <= 40).slice(0, 20) ?? [];
  return [tagOf(element).toLowerCase(), ...classes.map((name) => `.${name}`), ...names.map((name) => `[${name}]`)].join("");
}

/** @param {Element} element @param {{name: string, selector: string}[]} rungs */
function matching(element, rungs) {
  const found = rungs.filter(({ selector }) => element.matches?.(selector)).map(({ name }) => name);
  return found.length ? `  <- ${found.join(" ")}` : "";
}

/** What is not gone into: the innermost node of a mail, our own parts, scripts. @param {Element} element @param {string} bodies */
function isClosed(element, bodies) {
  if (/^(SCRIPT|STYLE|SVG|NOSCRIPT|TEMPLATE)$/.test(tagOf(element)) || attr(element, MARK) !== null) return true;
  return bodies !== "" && Boolean(element.matches?.(bodies)) && ![...element.children].some((child) => child.matches?.(bodies));
}
