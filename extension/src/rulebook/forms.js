/**
 * The two forms of a text in which the words that patterns need are looked for; both have one blank more in front.
 * Words of ASCII letters and digits are looked for where every other character is a blank, so that a word edge in a
 * pattern asks for a blank; the others where only line ends are. Both have 0 for every digit. Texts in these forms are
 * lists of UTF-16 units: their words are compared unit by unit, which is slow on strings that were just put together.
 */

/** Stands for a word edge in a pattern until its neighbours are known. No normalised text holds it. */
export const EDGE = "\0";
const WORDS = /^[ 0-9A-Za-z_]*$/;
const BLANK = 0x20;
const ZERO = 0x30;

/** What each ASCII character is in the edged form. */
const ASCII = Uint16Array.from({ length: 0x80 }, (_, unit) => {
  const char = String.fromCharCode(unit);
  if (char >= "0" && char <= "9") return ZERO;
  return /[A-Za-z_]/.test(char) ? unit : BLANK;
});

/** @param {string} text normalised */
export function edged(text) {
  const units = new Uint16Array(text.length + 2);
  units[0] = BLANK;
  for (let i = 0; i < text.length; i++) units[i + 1] = ASCII[text.charCodeAt(i)] ?? BLANK;
  units[text.length + 1] = BLANK;
  return units;
}

/** @param {string} text normalised */
export function unwrapped(text) {
  const units = new Uint16Array(text.length + 1);
  units[0] = BLANK;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    units[i + 1] = unit === 0xa ? BLANK : unit > ZERO && unit <= ZERO + 9 ? ZERO : unit;
  }
  return units;
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
  const plain = text.replaceAll(EDGE, "").replaceAll("\n", " ").replace(/[0-9]/g, "0");
  if (!isEdged(plain)) return plain;
  const before = text.startsWith(EDGE) && !plain.startsWith(" ") ? " " : "";
  const after = text.endsWith(EDGE) && !plain.endsWith(" ") ? " " : "";
  return before + plain + after;
}
