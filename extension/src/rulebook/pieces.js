/** What pieces of a pattern match and need, and how that adds up when they are joined or chosen from. */

import { EDGE } from "./forms.js";

/**
 * What a piece of a pattern matches: exactly these texts, or (null) anything that holds one word of each clause.
 * `longest`: UTF-16 units of the longest match.
 * @typedef {{ exact: string[] | null, clauses: string[][], longest: number }} Part
 */

/** Larger products of alternatives are cut into their parts. */
export const MOST_STRINGS = 48;

/** @param {number} longest @returns {Part} */
export function open(longest) {
  return { exact: null, clauses: [], longest };
}

/** @param {string[]} texts @returns {Part} */
export function exactly(texts) {
  return { exact: texts, clauses: [], longest: Math.max(...texts.map((text) => text.replaceAll(EDGE, "").length)) };
}

/** @param {Part} part @returns {string[][]} the clauses that any text with this piece fulfils */
export function clausesOf(part) {
  if (part.exact === null) return part.clauses;
  return tells(part.exact) ? [part.exact] : [];
}

/** @param {string[]} texts @returns {boolean} whether each of them asks for anything */
function tells(texts) {
  return texts.every((text) => text.replaceAll(EDGE, "") !== "");
}

/** @param {Part[]} parts @returns {Part} */
export function either(parts) {
  if (parts.every((part) => part.exact !== null)) {
    const all = [...new Set(parts.flatMap((part) => part.exact ?? []))];
    if (all.length <= MOST_STRINGS) return exactly(all);
  }
  const longest = Math.max(...parts.map((part) => part.longest));
  const best = parts.map((part) => clausesOf(part).reduce(better, /** @type {string[]} */ ([])));
  if (best.some((words) => words.length === 0)) return open(longest);
  return { exact: null, clauses: [[...new Set(best.flat())]], longest };
}

/** @param {Part[]} parts that follow one another @returns {Part} */
export function joined(parts) {
  /** @type {string[][]} */
  const clauses = [];
  let run = [""];
  let isWhole = true;
  for (const part of parts) {
    const { exact } = part;
    if (exact !== null && run.length * exact.length <= MOST_STRINGS) {
      run = product(run, exact);
      continue;
    }
    isWhole = false;
    if (tells(run)) clauses.push(run);
    run = exact !== null && exact.length <= MOST_STRINGS ? exact : [""];
    if (!tells(run)) clauses.push(...clausesOf(part));
  }
  const longest = parts.reduce((sum, part) => sum + part.longest, 0);
  if (isWhole) return { exact: run, clauses: [], longest };
  if (tells(run)) clauses.push(run);
  return { exact: null, clauses, longest };
}

/** @param {string[]} heads @param {string[]} tails @returns {string[]} each head with each tail, none twice */
function product(heads, tails) {
  const tail = tails[0];
  if (tails.length === 1) return tail === "" ? heads : heads.map((head) => head + tail);
  return [...new Set(heads.flatMap((head) => tails.map((text) => head + text)))];
}

/**
 * @param {string[]} one
 * @param {string[]} other
 * @returns {string[]} the rarer clause; an empty one is none
 */
export function better(one, other) {
  if (one.length === 0) return other;
  const difference = weight(one) - weight(other);
  if (difference !== 0) return difference > 0 ? one : other;
  return one.length <= other.length ? one : other;
}

/**
 * How telling the shortest of these words is; a Chinese character tells as much as two letters.
 * @param {string[]} texts
 */
export function weight(texts) {
  let least = Infinity;
  for (const text of texts) {
    let sum = 0;
    for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i) >= 0x2e80 ? 2 : 1;
    least = Math.min(least, sum);
  }
  return least;
}
