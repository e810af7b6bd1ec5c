/**
 * Strings in which one UTF-16 unit is one code point, so that all places count as they do on the server. Each character
 * beyond the basic plane gets a stand-in of its kind: a letter for a letter, a private-use one for the rest.
 */

const BEYOND = /[\u{10000}-\u{10ffff}]/u;
const LETTER = /^[\p{L}\p{N}]/u;
/** Yi syllables and private use; those that the mail itself uses are left out. */
const LETTERS = { first: 0xa000, last: 0xa48c };
const OTHERS = { first: 0xe000, last: 0xf8ff };

export class Flattener {
  /** @param {unknown} value the mail, whose own characters must not serve as stand-ins */
  constructor(value) {
    const text = JSON.stringify(value) ?? "";
    this.needed = BEYOND.test(text);
    this.taken = new Set(this.needed ? text : "");
    /** @type {Map<string, string>} */
    this.standIns = new Map();
    /** @type {Map<string, string>} */
    this.originals = new Map();
    this.next = { letter: LETTERS.first, other: OTHERS.first };
  }

  /**
   * @template T
   * @param {T} value strings, lists and maps of them
   * @returns {T} the same with flat strings
   */
  flatten(value) {
    return this.needed ? /** @type {T} */ (mapped(value, (text) => this.#flat(text))) : value;
  }

  /**
   * @template T
   * @param {T} value
   * @returns {T} the same with the original characters
   */
  restore(value) {
    if (this.originals.size === 0) return value;
    return /** @type {T} */ (
      mapped(value, (text) => Array.from(text, (char) => this.originals.get(char) ?? char).join(""))
    );
  }

  /** @param {string} text */
  #flat(text) {
    if (!BEYOND.test(text)) return text;
    return Array.from(text, (char) => (char.length === 1 ? char : this.#standIn(char))).join("");
  }

  /** @param {string} char */
  #standIn(char) {
    const known = this.standIns.get(char);
    if (known !== undefined) return known;
    const kind = LETTER.test(char) ? "letter" : "other";
    const last = kind === "letter" ? LETTERS.last : OTHERS.last;
    while (this.next[kind] < last && this.taken.has(String.fromCharCode(this.next[kind]))) this.next[kind]++;
    const standIn = String.fromCharCode(this.next[kind]);
    if (this.next[kind] < last) this.next[kind]++;
    this.standIns.set(char, standIn);
    this.originals.set(standIn, char);
    return standIn;
  }
}

/**
 * @param {unknown} value
 * @param {(text: string) => string} change
 * @returns {unknown}
 */
function mapped(value, change) {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, change)]));
}
