/** RE2 patterns over one text: which of them may occur, then where each really does. One place to change the engine. */

import { RE2JS } from "re2js";
import { Prefilter } from "./prefilter.js";

/** @typedef {import("./prefilter.js").Range} Range */

export class Patterns {
  /**
   * @param {readonly string[]} sources RE2
   * @param {readonly import("./literals.js").Needs[]} [needs] of each source, where they are known
   */
  constructor(sources, needs) {
    this.sources = sources;
    this.prefilter = new Prefilter(sources, needs);
    /** Compiled when first needed: most patterns never are. @type {(RE2JS | undefined)[]} */
    this.compiled = new Array(sources.length);
  }

  /**
   * The first `limit` places of every pattern, leftmost first, without overlap of one pattern with itself.
   * @param {string} text normalised
   * @param {number} limit
   * @returns {{ index: number, start: number, end: number }[]} in UTF-16 units
   */
  search(text, limit) {
    return this.prefilter.candidates(text).flatMap(({ index, ranges }) => {
      return this.#places(index, text, ranges ?? [[0, text.length]], limit).map(([start, end]) => ({
        index,
        start,
        end,
      }));
    });
  }

  /**
   * @param {number} index
   * @param {string} text
   * @param {Range[]} ranges
   * @param {number} limit
   * @returns {Range[]}
   */
  #places(index, text, ranges, limit) {
    const pattern = (this.compiled[index] ??= compiled(/** @type {string} */ (this.sources[index])));
    /** @type {Range[]} */
    const found = [];
    for (const [low, high] of ranges) {
      const piece = text.slice(low, high);
      if (!pattern.test(piece)) continue;
      const matcher = pattern.matcher(piece);
      while (found.length < limit && matcher.find()) {
        if (matcher.end() > matcher.start()) found.push([low + matcher.start(), low + matcher.end()]);
      }
    }
    return found;
  }
}

/** @param {string} source @returns {RE2JS} */
function compiled(source) {
  const pattern = RE2JS.compile(source);
  // The engine would look for the pattern's words once more in each piece of text.
  /** @type {any} */ (pattern).re2Input.prefilter = null;
  return pattern;
}
