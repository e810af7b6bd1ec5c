/**
 * The two forms of a text in which the words that patterns need are looked for; both have one blank more in front.
 * Words of ASCII letters and digits are looked for where every other ASCII character is a blank, so that a word edge in
 * a pattern asks for a blank; the others where only line ends are. Both have 0 for every digit.
 */

/** Stands for a word edge in a pattern until its neighbours are known. No normalised text holds it. */
export const EDGE = "\0";
const WORDS = /^[ 0-9A-Za-z_]*$/;

/** @param {string} text normalised */
export function edged(text) {
  return ` ${text.replace(/[^A-Za-z_]/g, (char) => (char >= "0" && char <= "9" ? "0" : " "))} `;
}

/** @param {string} text normalised */
export function unwrapped(text) {
  return ` ${text.replace(/[\n0-9]/g, (char) => (char === "\n" ? " " : "0"))}`;
}

/** @param {string} word @returns {boolean} whether it is looked for in the edged form */
export function isEdged(word) {
  return WORDS.test(word);
}

/**
 * @param {string} text of a pattern
 * @returns {string} the word in the form of text that it is looked for in; blank if it says nothing there
 */
export function asLookedFor(text) {
  const plain = unwrapped(text.replaceAll(EDGE, "")).slice(1);
  if (!isEdged(plain)) return plain;
  const before = text.startsWith(EDGE) && !plain.startsWith(" ") ? " " : "";
  const after = text.endsWith(EDGE) && !plain.endsWith(" ") ? " " : "";
  return before + plain + after;
}
