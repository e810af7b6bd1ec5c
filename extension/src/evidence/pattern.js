/** The tables' patterns as choices, compiled when a word of theirs turns up. Twin of server/evidence/pattern.py. */

import { RE2JS } from "re2js";
import { Prefilter } from "../rulebook/prefilter.js";

/** @typedef {import("./plain.js").Span} Span */
/** @typedef {{ from: number, place: Span | null }} Next */

export class Choice {
  /**
   * @param {readonly string[]} sources RE2
   * @param {string} [before] put before the choice
   * @param {string} [after] put behind it
   */
  constructor(sources, before = "", after = "") {
    this.sources = sources.map((source) => `${before}(?:${source})${after}`);
    this.ignoresCase = before.startsWith("(?i");
    this.prefilter = new Prefilter(sources);
    /** @type {(RE2JS | undefined)[]} */
    this.compiled = new Array(sources.length);
    /** Candidates of the text looked at last, and the next place of each of them from where it was looked for last. */
    this.last = { text: "", indexes: /** @type {number[]} */ ([]), next: /** @type {Map<number, Next>} */ (new Map()) };
  }

  /**
   * The first place from `start` on. Of choices that begin together, the first one counts.
   * @param {string} text
   * @param {number} [start]
   * @returns {Span | null}
   */
  search(text, start = 0) {
    /** @type {Span | null} */
    let first = null;
    for (const index of this.#candidates(text)) {
      const place = this.#next(index, text, start);
      if (place !== null && (first === null || place[0] < first[0])) first = place;
    }
    return first;
  }

  /**
   * From place to place each choice reads the text once, not once more for every place of the others.
   * @param {number} index
   * @param {string} text
   * @param {number} start
   */
  #next(index, text, start) {
    const known = this.last.next.get(index);
    if (known && known.from <= start && (known.place === null || known.place[0] >= start)) return known.place;
    const matcher = this.#pattern(index).matcher(text);
    /** @type {Span | null} */
    const place = matcher.find(start) ? [matcher.start(), matcher.end()] : null;
    this.last.next.set(index, { from: start, place });
    return place;
  }

  /**
   * @param {string} text
   * @returns {boolean} whether a choice takes in the whole text
   */
  whole(text) {
    return this.#candidates(text).some((index) => this.#pattern(index).matches(text));
  }

  /**
   * @param {string} text
   * @param {number} limit
   * @returns {Span[]} the first places without overlap, `limit` at most
   */
  places(text, limit) {
    /** @type {Span[]} */
    const found = [];
    for (let at = 0; found.length < limit && at <= text.length;) {
      const span = this.search(text, at);
      if (span === null) break;
      found.push(span);
      at = span[1] > span[0] ? span[1] : span[1] + 1;
    }
    return found;
  }

  /** @param {string} text */
  #candidates(text) {
    if (text !== this.last.text || text === "") {
      const read = this.ignoresCase ? text.toLowerCase().replaceAll("\u017f", "s").replaceAll("\u212a", "k") : text;
      this.last = { text, indexes: this.prefilter.candidates(read).map(({ index }) => index), next: new Map() };
    }
    return this.last.indexes;
  }

  /** @param {number} index */
  #pattern(index) {
    return (this.compiled[index] ??= RE2JS.compile(/** @type {string} */ (this.sources[index])));
  }
}
