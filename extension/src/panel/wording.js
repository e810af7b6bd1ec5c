/** The words of a reason: cut to the lines that they have, with the mail's own words marked. */

import { fit } from "../rulebook/cut.js";
import { el } from "../shared/nodes.js";

/** What two lines hold, in letters; a Chinese character is as wide as two. */
const TWO_LINES = 96;

/** Values without a long wording of the mail, as addresses, are shown whole: cut short they would say nothing. */
const THREE_LINES = 1.5 * TWO_LINES;

/** From so many letters on a wording of the mail may be cut in the folded reason. */
const LONG_QUOTE = 48;

/** As much of a reason as stands in two lines, cut between words. @param {string} text */
export function brief(text) {
  const chars = Array.from(text);
  const room = (text.match(/“[^”]*”?/g) ?? []).some((quote) => width(Array.from(quote)) > LONG_QUOTE) ? TWO_LINES : THREE_LINES;
  const most = chars.findIndex((_, at) => width(chars.slice(0, at + 1)) > room);
  return most < 0 ? text : `${chars.slice(0, fit(chars, most)).join("")}…`;
}

/** @param {readonly string[]} chars */
const width = (chars) => chars.reduce((sum, char) => sum + (char >= "\u1100" ? 2 : 1), 0);

/** Line breaks of the mail are no difference. @param {string} text */
export const squeeze = (text) => text.replace(/\s+/g, " ").trim();

/** So much of a quote must stand in the reason to be the same wording; reasons cut long quotes short. */
const LEAST = 24;

/**
 * As much of a quote's beginning as stands in a text; empty if it is another wording.
 * @param {string} text @param {string} quote
 */
export function overlap(text, quote) {
  if (text.includes(quote)) return quote;
  if (quote.length <= LEAST || !text.includes(quote.slice(0, LEAST))) return "";
  let length = LEAST;
  while (length < quote.length && text.includes(quote.slice(0, length + 1))) length += 1;
  return quote.slice(0, length);
}

/**
 * A text with the quoted wordings marked where they stand in it.
 * @param {string} given
 * @param {readonly string[]} quotes
 * @returns {(string | HTMLElement)[]}
 */
export function marked(given, quotes) {
  const text = squeeze(given);
  // Our own words may happen to be those of a short quote.
  const spans = [...text.matchAll(/“[^”]*/g)].map(({ index, 0: span }) => [index, index + span.length]);
  /** @param {number} at */
  const isQuoted = (at) => !spans.length || spans.some(([start, end]) => at > start && at < end);
  const wanted = quotes.map((quote) => overlap(text, squeeze(quote))).filter((quote) => quote.length > 1).sort((a, b) => b.length - a.length).slice(0, 5);
  /** @type {(string | HTMLElement)[]} */
  const parts = [];
  let rest = text;
  for (let tries = 0; rest && tries < 20; tries += 1) {
    const done = text.length - rest.length;
    const found = wanted.map((quote) => ({ quote, at: firstAt(rest, quote, (at) => isQuoted(done + at)) })).filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0];
    if (!found) break;
    parts.push(rest.slice(0, found.at), el("mark", {}, found.quote));
    rest = rest.slice(found.at + found.quote.length);
  }
  return [...parts, rest].filter(Boolean);
}

/** @param {string} text @param {string} part @param {(at: number) => boolean} may */
function firstAt(text, part, may) {
  let at = text.indexOf(part);
  while (at >= 0 && !may(at)) at = text.indexOf(part, at + 1);
  return at;
}
