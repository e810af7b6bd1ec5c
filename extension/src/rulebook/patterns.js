/** RE2 patterns over one text: which of them may occur, then where each really does. One place to change the engine. */

import { RE2JS } from 're2js'
import { Prefilter } from './prefilter.js'

export class Patterns {
  /** @param {readonly string[]} sources RE2 */
  constructor(sources) {
    this.sources = sources
    this.prefilter = new Prefilter(sources)
    /** Compiled when first needed: most patterns never are. @type {(RE2JS | undefined)[]} */
    this.compiled = new Array(sources.length)
  }

  /**
   * @param {string} text normalised
   * @returns {number[]} indexes of the patterns that may match, ascending
   */
  candidates(text) {
    return this.prefilter.candidates(text)
  }

  /**
   * The first `limit` non-overlapping places of a pattern, leftmost first.
   * @param {number} index
   * @param {string} text
   * @param {number} limit
   * @returns {[number, number][]} in UTF-16 units
   */
  spans(index, text, limit) {
    const pattern = (this.compiled[index] ??= RE2JS.compile(this.sources[index]))
    /** @type {[number, number][]} */
    const found = []
    if (!pattern.test(text)) return found
    const matcher = pattern.matcher(text)
    while (found.length < limit && matcher.find()) {
      if (matcher.end() > matcher.start()) found.push([matcher.start(), matcher.end()])
    }
    return found
  }
}
