/**
 * The text of a mail as its reader sees it: no invisible characters, no words that mix scripts of the same look. Else a
 * zero-width space or a Cyrillic letter inside "University" would hide who the writer claims to be. Places lead back to
 * the original. Twin of server/evidence/uncovered.py.
 */

import { isDropped } from "../rulebook/normalise.js";
import { oneScript } from "../rulebook/onescript.js";

/** @typedef {import("./plain.js").Span} Span */

/** Places of a text that is looked at; a longer one is taken as it is. */
const MOST = 1 << 20;
const MIXED = /[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]/;
const CHUNK = 8192;

/** A text without what was hidden in it. */
export class Uncovered {
  /**
   * @param {string} text
   * @param {number[]} here where each run starts in it
   * @param {number[]} there where that run starts in the original
   */
  constructor(text, here = [], there = []) {
    this.text = text;
    this.here = here;
    this.there = there;
  }

  /**
   * @param {number} start
   * @param {number} end
   * @returns {Span} the range in the original, with what is hidden inside of it, not around it
   */
  original(start, end) {
    if (this.here.length === 0) return [start, end];
    const first = this.#place(start);
    return [first, Math.max(first, this.#place(end - 1) + 1)];
  }

  /** @param {number} at */
  #place(at) {
    let low = 0;
    let high = this.here.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (/** @type {number} */ (this.here[middle]) <= at) low = middle;
      else high = middle;
    }
    return /** @type {number} */ (this.there[low]) + at - /** @type {number} */ (this.here[low]);
  }
}

/** @param {string} text in which each unit is a character @returns {Uncovered} it as its reader sees it */
export function uncovered(text) {
  if (text.length > MOST) return new Uncovered(text);
  /** @type {number[]} */
  const here = [];
  /** @type {number[]} */
  const there = [];
  let kept = "";
  let at = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !isDropped(text.charCodeAt(i))) continue;
    if (i > at) {
      here.push(kept.length);
      there.push(at);
      kept += text.slice(at, i);
    }
    at = i + 1;
  }
  if (kept.length === text.length) return new Uncovered(inOneScript(text));
  return new Uncovered(inOneScript(kept), here.length > 0 ? here : [0], there.length > 0 ? there : [0]);
}

/** @param {string} text */
function inOneScript(text) {
  if (!MIXED.test(text)) return text;
  const points = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  oneScript(points);
  let out = "";
  for (let i = 0; i < points.length; i += CHUNK) out += String.fromCharCode(...points.slice(i, i + CHUNK));
  return out;
}
