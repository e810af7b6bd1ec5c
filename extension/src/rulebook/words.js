/**
 * Finds thousands of plain words in a text at once, with their places. All of them lie in one list of units, those that
 * start alike side by side: between two mails the processor's caches forget them, and single strings would lie anywhere.
 */

/** Units of a word by which it is found, at most. */
const UNITS = 6;
/** Spreads a hash over all its bits; the upper ones are used. */
const SPREAD = 0x9e3779b1;
const BASE = 131;
/** Most bits of a hash, and how many more tell whether any word starts so. */
const BITS = 16;
const MORE = 2;

export class Words {
  /** @param {readonly string[]} words */
  constructor(words) {
    this.shift = 32 - Math.min(BITS, Math.max(6, Math.ceil(Math.log2(words.length + 1))));
    /** One bit for each of four times as many hashes: most places of a text are told here, in the nearest cache. */
    this.starts = new Uint8Array(1 << (32 - this.shift + MORE - 3));
    const hashes = Int32Array.from(words, hashOf);
    for (const hash of hashes) {
      const bit = hash >>> (this.shift - MORE);
      this.starts[bit >> 3] |= 1 << (bit & 7);
    }
    /** For each hash the number of the first word that starts so, and the one behind the last. */
    this.heads = new Uint32Array((1 << (32 - this.shift)) + 1);
    for (const hash of hashes) this.heads[(hash >>> this.shift) + 1]++;
    for (let i = 1; i < this.heads.length; i++) this.heads[i] += /** @type {number} */ (this.heads[i - 1]);
    const next = this.heads.slice();
    /** The words in the order of their numbers. @type {string[]} */
    this.texts = new Array(words.length).fill("");
    words.forEach((word, index) => {
      this.texts[next[/** @type {number} */ (hashes[index]) >>> this.shift]++] = word;
    });
    /** Where each word starts in `units`. */
    this.begins = new Uint32Array(words.length + 1);
    this.texts.forEach((text, number) => {
      this.begins[number + 1] = /** @type {number} */ (this.begins[number]) + text.length;
    });
    this.units = Uint16Array.from({ length: this.begins[words.length] ?? 0 });
    this.texts.forEach((text, number) => {
      for (let i = 0; i < text.length; i++) this.units[(this.begins[number] ?? 0) + i] = text.charCodeAt(i);
    });
    this.fewest = words.reduce((least, word) => Math.min(least, word.length), UNITS);
  }

  /**
   * @param {Uint16Array} text its units
   * @param {(number: number, place: number) => void} found is told the number and place of each word that stands there
   */
  in(text, found) {
    const { fewest, starts, heads, shift } = this;
    const length = text.length;
    for (let at = 0; at < length; at++) {
      const most = Math.min(UNITS, length - at);
      let sum = 0;
      for (let count = 1; count <= most; count++) {
        sum = Math.imul(sum, BASE) + /** @type {number} */ (text[at + count - 1]);
        if (count < fewest) continue;
        const hash = Math.imul(sum, SPREAD);
        const bit = hash >>> (shift - MORE);
        if ((/** @type {number} */ (starts[bit >> 3]) & (1 << (bit & 7))) === 0) continue;
        const end = /** @type {number} */ (heads[(hash >>> shift) + 1]);
        for (let number = /** @type {number} */ (heads[hash >>> shift]); number < end; number++) {
          if (this.#stands(number, count, text, at)) found(number, at);
        }
      }
    }
  }

  /**
   * @param {number} number of a word
   * @param {number} count of units by which it was found
   * @param {Uint16Array} text
   * @param {number} at
   */
  #stands(number, count, text, at) {
    const begin = /** @type {number} */ (this.begins[number]);
    const length = /** @type {number} */ (this.begins[number + 1]) - begin;
    if (Math.min(UNITS, length) !== count || at + length > text.length) return false;
    // From the end: the starts are alike.
    for (let i = length - 1; i >= 0; i--) if (this.units[begin + i] !== text[at + i]) return false;
    return true;
  }
}

/** @param {string} word */
function hashOf(word) {
  let sum = 0;
  const units = Math.min(UNITS, word.length);
  for (let i = 0; i < units; i++) sum = Math.imul(sum, BASE) + word.charCodeAt(i);
  return Math.imul(sum, SPREAD);
}
