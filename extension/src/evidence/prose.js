/** Tells a line of the letter from a line of contact data. Twin of server/evidence/prose.py. */

import { hasHan, isAlpha, trim, wordList } from "./plain.js";

const LEAST_HAN = 14;
const LEAST_WORDS = 7;
const LEAST_SMALL = 5;
const HAN_STOPS = Array.from("。！？!?；;");
const STOPS = [".", "!", "?", "؟", "…", ":"];

/**
 * @param {string} line
 * @returns {boolean} a sentence: Chinese up to a full stop that is most of the line, else seven words or more, most of
 *   them small
 */
export function isProse(line) {
  const plain = trim(line);
  if (hasHan(plain)) {
    const last = Math.max(...HAN_STOPS.map((stop) => plain.lastIndexOf(stop))) + 1;
    return last >= LEAST_HAN && last * 2 >= plain.length;
  }
  if (!STOPS.some((stop) => plain.endsWith(stop))) return false;
  const words = wordList(plain);
  const small = words.map((word) => word.charAt(0)).filter((char) => isAlpha(char) && char === char.toLowerCase());
  return words.length >= LEAST_WORDS && small.length >= LEAST_SMALL;
}
