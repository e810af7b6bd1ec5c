/** Which language a text is in: by script, then by everyday words. Twin of server/evidence/language.py. */

import { fold, isAlpha, wordList } from "./plain.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */

/** Code points that are enough to tell. */
export const ENOUGH = 8000;
const FEW_LETTERS = 12;
/** @type {[string, number, number][]} */
const SCRIPTS = [
  ["latin", 0x41, 0x24f],
  ["cyrillic", 0x400, 0x52f],
  ["arabic", 0x600, 0x6ff],
  ["arabic", 0x750, 0x77f],
  ["latin", 0x1e00, 0x1eff],
  ["kana", 0x3040, 0x30ff],
  ["han", 0x3400, 0x9fff],
  ["hangul", 0xac00, 0xd7af],
  ["han", 0xf900, 0xfaff],
];
const NOT_ARABIC = new Set("پچژگکیٹڈےہ");
const NOT_RUSSIAN = new Set("іїєґўқғңөұһәј");

/**
 * @param {string} text not more than ENOUGH
 * @param {Lexicon} lexicon
 * @returns {string} en zh es pt fr ru ar tr de; `other` if not covered; `none` if too little is there to tell
 */
export function languageOf(text, lexicon) {
  const folded = fold(text.normalize("NFKC")); // full-width letters are letters too
  const letters = Array.from(folded).filter(isAlpha);
  /** @type {Record<string, number>} */
  const counts = { han: 0, kana: 0, hangul: 0, cyrillic: 0, arabic: 0, latin: 0, other: 0 };
  for (const char of letters) {
    const name = script(char.codePointAt(0) ?? 0);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  const { han = 0, kana = 0, hangul = 0, cyrillic = 0, arabic = 0, other = 0 } = counts;
  const total = letters.length;
  if (total === 0 || (total < FEW_LETTERS && han < 4)) return "none";
  // A Chinese letter says in one character what takes a Latin one three, so mixed mails lean to Chinese.
  if (kana > total * 0.1 || hangul > total * 0.3) return "other";
  if (han >= total * 0.15) return "zh";
  if (cyrillic > total * 0.4) return share(letters, NOT_RUSSIAN) > 0.02 ? "other" : "ru";
  if (arabic > total * 0.4) return share(letters, NOT_ARABIC) > 0.04 ? "other" : "ar";
  if (other > total * 0.4) return "other";
  return byWords(folded, lexicon);
}

/** @param {number} code */
function script(code) {
  if (code < 0x250) return "latin";
  return SCRIPTS.find(([, low, high]) => low <= code && code <= high)?.[0] ?? "other";
}

/** @param {string[]} letters @param {Set<string>} chars */
function share(letters, chars) {
  return letters.filter((char) => chars.has(char)).length / Math.max(letters.length, 1);
}

/** @param {string} folded @param {Lexicon} lexicon */
function byWords(folded, lexicon) {
  const found = wordList(folded).filter(isAlpha);
  let best = "none";
  let most = -1;
  for (const [code, stop] of lexicon.stopwords) {
    const score = found.filter((word) => stop.has(word)).length;
    if (score > most || (score === most && code === "en")) [best, most] = [code, score];
  }
  // Order lists ("LED bulb E27, 5000 lm, 220 V") hold hardly any everyday word: too little to tell.
  if (most < 0 || most < Math.max(1, found.length * 0.06)) return found.length < 15 ? "none" : "other";
  if (most === 1 && found.length > 3 && best !== "en") return "none";
  return lexicon.languages.has(best) ? best : "other";
}
