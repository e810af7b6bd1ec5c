/** Reads the tables of rulebook.json into sets, maps and rows. */

import { bare, fold, trim, wordList } from "./plain.js";

/** @typedef {import("./lexicon.js").Brand} Brand */
/** @typedef {import("./lexicon.js").Country} Country */
/** @typedef {import("./lexicon.js").Tables} Tables */

/**
 * @template A, B
 * @param {A} one
 * @param {B} other
 * @returns {[A, B]}
 */
export function pair(one, other) {
  return [one, other];
}

/**
 * A table of rows; brands.yaml keeps its rows under its own name, beside its source.
 * @param {Tables} tables
 * @param {string} name
 * @returns {Record<string, any>[]}
 */
export function rows(tables, name) {
  const table = tables[name] ?? [];
  return Array.isArray(table) ? table : (table[name] ?? []);
}

/**
 * @param {Tables} tables
 * @param {string} name
 * @returns {string[]}
 */
export function strings(tables, name) {
  return tables[name] ?? [];
}

/** @param {string | string[] | undefined} value @returns {string[]} */
export function listed(value) {
  return typeof value === "string" ? [value] : (value ?? []);
}

/** @param {Record<string, string> | undefined} table @returns {Map<string, string>} */
export function pairs(table) {
  return new Map(Object.entries(table ?? {}));
}

/** @param {Record<string, string[]> | undefined} table @returns {Map<string, Set<string>>} */
export function setsOf(table) {
  return new Map(Object.entries(table ?? {}).map(([name, items]) => [name, new Set(items)]));
}

/**
 * @param {string} text
 * @returns {boolean} a script that is written without spaces between words (Chinese, Japanese, Korean)
 */
export function isJoined(text) {
  return Array.from(text).some(
    (char) => (char >= "\u2e80" && char <= "\u9fff") || (char >= "\uac00" && char <= "\ud7af"),
  );
}

/** @param {Record<string, any>} row @returns {Brand} */
export function brandOf(row) {
  const name = String(row.name);
  const given = [name, .../** @type {unknown[]} */ (row.aliases ?? []).map(String)];
  const aliases = [
    ...new Set(given.flatMap((alias) => [fold(trim(alias)), bare(alias)]).filter((form) => form !== "")),
  ];
  return { name, kind: String(row.kind ?? ""), aliases, domains: row.domains ?? [], everyday: Boolean(row.word) };
}

/** @param {Record<string, any>} row @returns {Country} */
export function countryOf(row) {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const name of /** @type {unknown[]} */ (row.names ?? [])) {
    const words = wordList(fold(String(name)));
    if (words.length > 0) names.set(words.join(" "), words);
  }
  return { code: String(row.code), cctld: String(row.cctld), dial: Number(row.dial ?? 0), names: [...names.values()] };
}

/**
 * Legal forms as word sequences, the longest first.
 * @param {Record<string, string[]>} table
 * @returns {Map<string, string[][]>}
 */
export function legalOf(table) {
  return new Map(
    Object.entries(table).map(([place, forms]) => {
      /** @type {Map<string, string[]>} */
      const made = new Map();
      for (const form of forms) {
        const sequence = place === "joined" ? [form] : wordList(fold(form));
        made.set(sequence.join(" "), sequence);
      }
      return [place, [...made.values()].sort(byLength)];
    }),
  );
}

/** @param {string[]} one @param {string[]} other */
function byLength(one, other) {
  const difference = other.length - one.length || other.join("").length - one.join("").length;
  return difference || (one.join("\0") < other.join("\0") ? -1 : 1);
}

/**
 * @template A, B
 * @param {[A, B][]} entries
 * @param {(key: A) => string | undefined} firstOf
 * @param {(key: A) => number} lengthOf
 * @returns {Map<string, [A, B][]>} by first word, longest first
 */
export function byFirst(entries, firstOf, lengthOf) {
  /** @type {Map<string, [A, B][]>} */
  const index = new Map();
  for (const entry of entries) {
    const first = firstOf(entry[0]);
    if (first === undefined) continue;
    const found = index.get(first);
    if (found) found.push(entry);
    else index.set(first, [entry]);
  }
  for (const found of index.values()) found.sort((a, b) => lengthOf(b[0]) - lengthOf(a[0]));
  return index;
}
