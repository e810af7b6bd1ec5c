/**
 * Where a text may be cut short for a reader: between words, and in Chinese or Japanese between any two characters.
 * Twin of server/rulebook/cut.py.
 */

/** Code points that are given up at most to end with a whole word; a longer one, as of an address, is cut. */
const LONGEST_WORD = 40;
/** Code points by which a wording that begins or ends inside a word grows at most on that side. */
const MOST_ADDED = 24;
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;
/** What Python's isspace() and split() take for white space. */
const WHITE = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** A letter, a digit or a mark upon one. */
const IN_WORD = /[\p{L}\p{N}\p{M}]/u;

/**
 * The place with the rest of the words that it begins and ends in: patterns may stop after a word's stem.
 * @param {import("./codepoints.js").Ruler} text
 * @param {number} start code points
 * @param {number} end
 * @returns {[number, number]}
 */
export function wholeWords(text, start, end) {
  const low = Math.max(start - MOST_ADDED, 0);
  const high = Math.min(end + MOST_ADDED, text.length);
  while (start > low && inWord(text, start - 1) && inWord(text, start)) start -= 1;
  while (end < high && inWord(text, end - 1) && inWord(text, end)) end += 1;
  return [start, end];
}

/** @param {import("./codepoints.js").Ruler} text @param {number} place */
function inWord(text, place) {
  const char = text.slice(place, place + 1);
  return IN_WORD.test(char) && !WIDE.test(char);
}

/**
 * How many code points of the text's beginning to show, `most` at most, so that no word is cut if it can be.
 * @param {string[]} chars a text's code points
 * @param {number} most
 */
export function fit(chars, most) {
  let end = Math.min(chars.length, most);
  if (chars.length > most) {
    const least = Math.max(most - LONGEST_WORD, 0);
    let place = most;
    while (place > least && !isBorder(chars, place)) place -= 1;
    end = place > least ? place : most;
  }
  while (end < chars.length && end > 1 && WHITE.test(chars[end - 1] ?? "")) end -= 1;
  return end;
}

/**
 * The text, or its beginning with `…` behind it.
 * @param {string} text
 * @param {number} most code points
 */
export function shortened(text, most) {
  if (text.length <= most) return text;
  const chars = Array.from(text);
  return chars.length <= most ? text : `${chars.slice(0, fit(chars, most - 1)).join("")}…`;
}

/** @param {string[]} chars @param {number} place */
function isBorder(chars, place) {
  const before = chars[place - 1] ?? "";
  const after = chars[place] ?? "";
  return WHITE.test(before) || WHITE.test(after) || WIDE.test(before) || WIDE.test(after);
}
