/** One scanned part of the mail: its original text, its normal form, and how to get back from one to the other. */

import { Ruler } from "./codepoints.js";
import { fit, wholeWords } from "./cut.js";

/** @typedef {import("./normalise.js").Normal} Normal */
/** @typedef {{ piece: number, start: number, end: number }} Hit a place in a piece, in code points of its normal form */
/** @typedef {import("../shared/types.js").Quote} Quote */

const QUOTE = 200;

export class Piece {
  /**
   * @param {"subject" | "body"} part
   * @param {Ruler} original
   * @param {[number, number][]} spans what of it is scanned, in code points
   * @param {(text: string) => Normal} normalise
   */
  constructor(part, original, spans, normalise) {
    this.part = part;
    this.original = original;
    /** Where each span starts in the joined text. @type {number[]} */
    this.places = [];
    /** What to add to an offset of that span to get the offset in the original. @type {number[]} */
    this.shifts = [];
    let size = 0;
    for (const [start, end] of spans) {
      this.places.push(size);
      this.shifts.push(start - size);
      size += end - start + 2;
    }
    this.normal = normalise(spans.map(([start, end]) => original.slice(start, end)).join("\n\n"));
    this.ruler = new Ruler(this.normal.text);
    /** @type {number[] | null} */
    this.sentenceEnds = null;
    /** @type {number[] | null} */
    this.lineEnds = null;
  }

  /**
   * @param {number} offset in the joined text
   * @returns {number} in the original
   */
  place(offset) {
    return offset + (this.shifts[after(this.places, offset) - 1] ?? 0);
  }

  /**
   * @param {number} offset in the normal form
   * @returns {number} the number of the sentence, from 0, that holds it
   */
  sentence(offset) {
    this.sentenceEnds ??= ends(this.normal.text, endsSentence).map((unit) => this.ruler.point(unit));
    return before(this.sentenceEnds, offset);
  }

  /**
   * @param {number} offset in the normal form
   * @returns {number} the number of the line (a paragraph, or a short line), from 0
   */
  line(offset) {
    this.lineEnds ??= ends(this.normal.text, (text, i) => text[i] === "\n").map((unit) => this.ruler.point(unit));
    return before(this.lineEnds, offset);
  }

  /**
   * A hit in its original wording, cut to QUOTE code points.
   * @param {Hit} hit
   * @returns {Quote}
   */
  quote(hit) {
    const first = this.place(this.normal.starts[hit.start] ?? 0);
    const [start, last] = wholeWords(this.original, first, this.place((this.normal.ends[hit.end - 1] ?? 0) - 1) + 1);
    const cut = () => fit(Array.from(this.original.slice(start, start + QUOTE + 1)), QUOTE);
    const end = last - start > QUOTE ? start + cut() : last;
    return { part: this.part, text: this.original.slice(start, end), start, end, sentence: this.sentence(hit.start) };
  }
}

/**
 * @param {string} text
 * @param {(text: string, at: number) => boolean} isEnd
 * @returns {number[]} in UTF-16 units
 */
function ends(text, isEnd) {
  const found = [];
  for (let i = 0; i < text.length; i++) if (isEnd(text, i)) found.push(i);
  return found;
}

/**
 * On normalised text, where full-width marks have become plain ones. A full stop inside 1.5 or a.b ends nothing.
 * @param {string} text
 * @param {number} at
 */
function endsSentence(text, at) {
  const char = text[at];
  if (char === ".") return at + 1 === text.length || text[at + 1] === " " || text[at + 1] === "\n";
  return char === "!" || char === "?" || char === ";" || char === "。" || char === "\n";
}

/**
 * @param {number[]} sorted
 * @param {number} value
 * @returns {number} how many are smaller
 */
function before(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (/** @type {number} */ (sorted[middle]) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * @param {number[]} sorted
 * @param {number} value
 * @returns {number} how many are smaller or equal
 */
function after(sorted, value) {
  return before(sorted, value + 1);
}
