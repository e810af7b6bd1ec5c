/** The words of a reason: cut to the lines that they have, with the mail's own words marked. */

import { fit } from "../rulebook/cut.js";
import { el } from "../shared/nodes.js";

/** What two lines hold, in letters; a Chinese character is as wide as two. */
const TWO_LINES = 96;

/** What is little longer is shown whole, and values without a long wording of the mail, as addresses: cut they say nothing. */
const THREE_LINES = 1.5 * TWO_LINES;

/** From so many letters on a wording of the mail may be cut in the folded reason. */
const LONG_QUOTE = 48;

/** As much of a reason as stands in two lines, or three, cut between words. @param {string} text */
export function brief(text) {
  const chars = Array.from(text);
  if (width(chars) <= THREE_LINES) return text;
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
  return [...parts, rest].filter(Boolean).flatMap((part) => (typeof part === "string" ? withOdd(part, oddOnes(text)) : part));
}

const HOST = /[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,4}\.\p{L}{2,63}/gu;
/** Letters in which a look-alike differs at most; shorter names are alike by chance. */
const MOST_ODD = 2;
const LEAST_HOST = 5;

/**
 * Of two hosts that are nearly the same: each with the place where it differs, [start, end].
 * @param {string} text
 * @returns {Map<string, [number, number]>}
 */
function oddOnes(text) {
  const hosts = [...new Set(text.match(HOST) ?? [])].slice(0, 4);
  for (const [at, one] of hosts.entries()) {
    for (const other of hosts.slice(at + 1)) {
      // Under another ending the first label may be the look-alike.
      const places = differing(one, other) ?? differing(one.split(".", 1)[0], other.split(".", 1)[0]);
      if (places) return new Map([[one, places[0]], [other, places[1]]]);
    }
  }
  return new Map();
}

/** @param {string} one @param {string} other @returns {[[number, number], [number, number]] | null} */
function differing(one, other) {
  const least = Math.min(one.length, other.length);
  let start = 0;
  while (start < least && one[start] === other[start]) start += 1;
  let tail = 0;
  while (tail < least - start && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  const ends = [one.length - tail, other.length - tail];
  return least >= LEAST_HOST && one !== other && ends.every((end) => end - start <= MOST_ODD) ? [[start, ends[0]], [start, ends[1]]] : null;
}

/**
 * A text in which hosts stay together on a line, and the letters are set off by which look-alikes differ.
 * @param {string} text @param {Map<string, [number, number]>} odd
 * @returns {(string | HTMLElement)[]}
 */
function withOdd(text, odd) {
  /** @type {(string | HTMLElement)[]} */
  const parts = [];
  let from = 0;
  for (const { 0: host, index } of text.matchAll(HOST)) {
    const [start, end] = odd.get(host) ?? [0, 0];
    if (start === end && !host.includes("-")) continue;
    parts.push(text.slice(from, index), el("span", { class: "host" }, host.slice(0, start), start < end ? el("b", { class: "odd" }, host.slice(start, end)) : null, host.slice(end)));
    from = index + host.length;
  }
  return [...parts, text.slice(from)].filter(Boolean);
}

/** @param {string} text @param {string} part @param {(at: number) => boolean} may */
function firstAt(text, part, may) {
  let at = text.indexOf(part);
  while (at >= 0 && !may(at)) at = text.indexOf(part, at + 1);
  return at;
}
