/** Countries and postal addresses named in a signature. Twin of server/evidence/places.py. */

import { fold, hasHan, isAlnum, isDigit, isHan, words } from "./plain.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./plain.js").Span} Span */
/** @typedef {{ text: string, start: number, end: number }} Token */

const BEFORE = new Set("@./_-");
const AFTER = new Set("@/_");
const PART_OF_CHINA = ["HK", "MO", "TW"];
const BETWEEN_DIGITS = new Set(" -.()/+\u2010\u2011\u2013\xa0");

/**
 * Codes of the countries named in these lines, without repeats. Names inside `skipped` ranges do not count. "Hong Kong,
 * China" is one place, not two.
 * @param {string} text
 * @param {Span[]} rows
 * @param {Lexicon} lexicon
 * @param {Span[]} skipped
 */
export function countries(text, rows, lexicon, skipped) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const [start, end] of rows) {
    for (const place of inLine(fold(text.slice(start, end)), lexicon)) {
      if (!skipped.some(([low, high]) => low < start + place.end && start + place.start < high)) found.add(place.code);
    }
  }
  if (PART_OF_CHINA.some((code) => found.has(code))) found.delete("CN");
  return [...found];
}

/** @param {string} folded @param {Lexicon} lexicon */
function inLine(folded, lexicon) {
  const tokens = words(folded);
  /** @type {{ start: number, end: number, code: string }[]} */
  const found = [];
  for (let at = 0; at < tokens.length;) {
    const { size, code } = countryAt(tokens, at, lexicon);
    const start = tokens[at].start;
    const end = size > 0 ? tokens[at + size - 1].end : start;
    if (size > 0 && standsAlone(folded, start, end)) found.push({ start, end, code });
    at += Math.max(size, 1);
  }
  if (!hasHan(folded)) return found;
  for (const [name, code] of lexicon.hanCountries) {
    const start = folded.indexOf(name);
    const end = start + name.length;
    if (start >= 0 && !found.some((place) => place.start < end && start < place.end)) found.push({ start, end, code });
  }
  return found;
}

/** @param {Token[]} tokens @param {number} at @param {Lexicon} lexicon */
function countryAt(tokens, at, lexicon) {
  // New Mexico, New Jersey.
  if (at > 0 && tokens[at - 1].text === "new") return { size: 0, code: "" };
  for (const [name, code] of lexicon.countryWords.get(tokens[at].text) ?? []) {
    if (name.length <= tokens.length - at && name.every((word, step) => tokens[at + step].text === word)) {
      return { size: name.length, code };
    }
  }
  return { size: 0, code: "" };
}

/**
 * Not part of a mail address, a web address or a hyphenated name.
 * @param {string} folded
 * @param {number} start
 * @param {number} end
 */
function standsAlone(folded, start, end) {
  if (start > 0 && BEFORE.has(folded.charAt(start - 1))) return false;
  const next = folded.charAt(end);
  return !AFTER.has(next) && !(next === "." && isAlnum(folded.charAt(end + 1)));
}

/**
 * A line with a number and a word of streets, buildings or post boxes, in the languages of the rules.
 * @param {string} text
 * @param {Span[]} rows
 * @param {Lexicon} lexicon
 */
export function hasPostalAddress(text, rows, lexicon) {
  const { streets } = lexicon.nameWords;
  const hanStreets = [...streets].filter((street) => isHan(street.charAt(0)));
  return rows.some((row) => {
    const line = fold(text.slice(...row));
    if (!Array.from(line).some(isDigit)) return false;
    const found = words(line).map((word) => word.text);
    if (found.some((word) => streets.has(word)) || found.join(" ").includes("p o box")) return true;
    return found.some((word) => isHan(word.charAt(0)) && hanStreets.some((street) => word.includes(street)));
  });
}

/**
 * Seven digits or more in one run of digits, blanks, dashes, dots and brackets.
 * @param {string} text
 * @param {Span[]} rows
 */
export function hasPhone(text, rows) {
  return rows.some((row) => {
    let digits = 0;
    for (const char of text.slice(...row)) {
      if (isDigit(char)) digits++;
      else if (!BETWEEN_DIGITS.has(char)) digits = 0;
      if (digits >= 7) return true;
    }
    return false;
  });
}
