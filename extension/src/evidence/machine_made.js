/** Names that a machine made: local parts, host labels, display names. Twin of server/evidence/machine_made.py. */

import { inList } from "./names.js";
import { DIGITS, isAlpha, isDigit, rstrip } from "./plain.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */

const CONSONANTS = new Set("bcdfghjklmnpqrstvwxz");
const UNSEEN = new Set(
  "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff",
);

/**
 * A local part that no person chose: seven digits or six consonants in a row, or letters and digits in turns; at a
 * domain of its own two words and four digits, or five digits at the end.
 * @param {string} local
 * @param {string} host
 * @param {boolean} free
 * @param {Lexicon} lexicon
 */
export function isRandom(local, host, free, { sets }) {
  const name = [...(local.split("+", 1)[0] ?? "").toLowerCase()].slice(0, 64).join("");
  const isNewsletter = host.split(".").slice(0, -1).some((label) => sets.list_labels.has(label));
  if (inList(host, sets.numeric_locals) || isNewsletter || name.includes("#") || name.includes("=")) return false;
  const kinds = kindsOf(name);
  const consonants = [...name].map((char) => (CONSONANTS.has(char) ? "a" : ""));
  if (longest(kinds, "9") >= 7 || turns(kinds) >= 5 || longest(consonants, "a") >= 6) return true;
  return !free && isNumbered(name);
}

/**
 * A label in which letters and digits take turns three times and more.
 * @param {string} host
 */
export function isMachineHost(host) {
  return host
    .split(".")
    .slice(0, -1)
    .some((label) => [...label].length >= 8 && !label.startsWith("xn--") && turns(kindsOf(label)) >= 3);
}

/**
 * A display name with unseen characters inside Latin words, with brackets of an address, or cut in the middle.
 * @param {string} name
 */
export function isGarbled(name) {
  if (/[<>]/.test(name) || [",", ",_", "("].some((end) => name.endsWith(end))) return true;
  const chars = [...name];
  return chars.filter((char, at) => UNSEEN.has(char) && /^[A-Za-z0-9]$/.test(chars[at - 1] ?? "")).length >= 2;
}

/** @param {string} name */
function isNumbered(name) {
  const letters = rstrip(name, DIGITS);
  const count = name.length - letters.length;
  const words = letters.split(/[-._]/).filter((word) => isAlpha(word));
  return count >= 5 || (count >= 4 && words.length >= 2);
}

/** @param {string} name */
function kindsOf(name) {
  return [...name].map((char) => (isDigit(char) ? "9" : isAlpha(char) ? "a" : ""));
}

/** @param {string[]} kinds */
function turns(kinds) {
  return kinds.filter((kind, at) => at > 0 && kind && kinds[at - 1] && kind !== kinds[at - 1]).length;
}

/** @param {string[]} kinds @param {string} wanted */
function longest(kinds, wanted) {
  let best = 0;
  let run = 0;
  for (const kind of kinds) {
    run = kind === wanted ? run + 1 : 0;
    best = Math.max(best, run);
  }
  return best;
}
