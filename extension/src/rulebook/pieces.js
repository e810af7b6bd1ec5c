/** What pieces of a pattern match and need, and how that adds up when they are joined or chosen from. */

import { EDGE } from "./forms.js";

/**
 * What a piece of a pattern matches: exactly these texts, or (null) anything that holds one word of each clause.
 * `longest`: UTF-16 units of the longest match. `ways`: how many ways there are at most to match from one place on, for
 * an engine that tries one after the other. `heads`: the texts that it can start with, where they are known. `word`: it
 * matches no blank. `apart`: a blank, then a word in one piece.
 * @typedef {{ exact: string[] | null, clauses: string[][], longest: number, ways: number, heads?: string[], word?: boolean, apart?: boolean }} Part
 */

/** Larger products of alternatives are cut into their parts. */
export const MOST_STRINGS = 48;

/** @param {number} longest @param {boolean} [word] @returns {Part} */
export function open(longest, word = false) {
  return { exact: null, clauses: [], longest, ways: 1, word };
}

/** @param {string[]} texts @param {number} [ways] @returns {Part} */
export function exactly(texts, ways = 1) {
  const longest = texts.reduce((most, text) => Math.max(most, text.replaceAll(EDGE, "").length), 0);
  return { exact: texts, clauses: [], longest, ways, word: !texts.some((text) => text.includes(" ") || text.includes("\n")) };
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
  const word = parts.every((part) => part.word);
  const ways = waysOfOne(parts);
  if (parts.every((part) => part.exact !== null)) {
    const all = [...new Set(parts.flatMap((part) => part.exact ?? []))];
    if (all.length <= MOST_STRINGS) return exactly(all, ways);
  }
  const longest = Math.max(...parts.map((part) => part.longest));
  const best = parts.map((part) => clausesOf(part).reduce(better, /** @type {string[]} */ ([])));
  const clauses = best.some((words) => words.length === 0) ? [] : [[...new Set(best.flat())]];
  return { exact: null, clauses, longest, ways, word };
}

/**
 * @param {Part[]} parts to choose from
 * @returns {number} in how many ways they can match at one place: only those whose starts are alike can do so at once
 */
function waysOfOne(parts) {
  /** By first unit: the starts, and of which part each is. @type {Map<string, { head: string, part: Part }[]>} */
  const byUnit = new Map();
  for (const part of parts) {
    for (const text of part.exact ?? part.heads ?? [""]) {
      const head = text.replaceAll(EDGE, "");
      if (head === "") return parts.reduce((sum, { ways }) => sum + ways, 0);
      const known = byUnit.get(head.charAt(0));
      if (known) known.push({ head, part });
      else byUnit.set(head.charAt(0), [{ head, part }]);
    }
  }
  let most = 0;
  for (const starts of byUnit.values()) {
    for (const { head } of starts) {
      const alike = starts.filter((other) => head.startsWith(other.head) || other.head.startsWith(head));
      most = Math.max(most, [...new Set(alike.map(({ part }) => part))].reduce((sum, { ways }) => sum + ways, 0));
    }
  }
  return most;
}

/** @param {Part[]} parts that follow one another @returns {Part} */
export function joined(parts) {
  /** @type {string[][]} */
  const clauses = [];
  let run = [""];
  let isWhole = true;
  /** @type {string[] | undefined} */
  let heads;
  for (const part of parts) {
    const { exact } = part;
    if (exact !== null && run.length * exact.length <= MOST_STRINGS) {
      run = product(run, exact);
      continue;
    }
    heads ??= isWhole ? run : undefined;
    isWhole = false;
    if (tells(run)) clauses.push(run);
    run = exact !== null && exact.length <= MOST_STRINGS ? exact : [""];
    if (!tells(run)) clauses.push(...clausesOf(part));
  }
  const longest = parts.reduce((sum, part) => sum + part.longest, 0);
  const ways = parts.reduce((product, part) => product * part.ways, 1);
  const word = parts.every((part) => part.word);
  if (isWhole) return { ...exactly(run, ways), longest, word };
  if (tells(run)) clauses.push(run);
  const [first, ...others] = parts;
  const isBlank = first?.exact?.length === 1 && first.exact[0] === " ";
  const apart = isBlank && others.every((part) => part.word) && others.filter((part) => part.ways > 1).length <= 1;
  return { exact: null, clauses, longest, ways, word, apart, heads };
}

/**
 * @param {Part} part
 * @param {number} least
 * @param {number} most
 * @returns {number} in how many ways it can be repeated
 */
export function waysOf({ ways, apart }, least, most) {
  if (!Number.isFinite(most)) return Infinity;
  // Where the next one starts is plain: only the last can end in several places.
  if (ways === 1 || apart) return (most - least + 1) * ways;
  let sum = 0;
  for (let times = least; times <= most && Number.isFinite(sum); times++) sum += ways ** times;
  return sum;
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

/** @param {number} texts @param {number} least @param {number} most @returns {number} of texts, repeated */
export function choices(texts, least, most) {
  let sum = 0;
  for (let times = least; times <= most && sum <= MOST_STRINGS; times++) sum += texts ** times;
  return sum;
}

/** @param {string[]} texts @param {number} least @param {number} most @returns {string[]} */
export function repeatedTexts(texts, least, most) {
  const found = new Set();
  let row = [""];
  for (let times = 0; times <= most; times++) {
    if (times >= least) for (const text of row) found.add(text);
    row = row.flatMap((head) => texts.map((text) => head + text));
  }
  return [...found];
}
