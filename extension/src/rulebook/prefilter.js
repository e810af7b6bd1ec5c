/** Which patterns may match a text at all, by the words that they cannot do without. */

import { requiredLiterals } from './literals.js'

/** @typedef {{ text: string, patterns: number[], seen: number }} Word */

export class Prefilter {
  /** @param {readonly string[]} patterns RE2 sources */
  constructor(patterns) {
    /** Patterns without a required word: they always run. @type {number[]} */
    this.always = []
    /** Words by their first two UTF-16 units (or one). @type {Map<number, Word[]>} */
    this.byStart = new Map()
    this.round = 0
    /** @type {Map<string, Word>} */
    const words = new Map()
    patterns.forEach((pattern, index) => {
      const literals = requiredLiterals(pattern)
      if (literals === null) this.always.push(index)
      for (const text of literals ?? []) {
        const word = words.get(text)
        if (word) word.patterns.push(index)
        else words.set(text, { text, patterns: [index], seen: 0 })
      }
    })
    for (const word of words.values()) {
      const key = startKey(word.text, 0, Math.min(2, word.text.length))
      const bucket = this.byStart.get(key)
      if (bucket) bucket.push(word)
      else this.byStart.set(key, [word])
    }
  }

  /**
   * @param {string} text normalised
   * @returns {number[]} indexes of the patterns that may match, ascending
   */
  candidates(text) {
    const round = ++this.round
    const found = new Set(this.always)
    for (let i = 0; i < text.length; i++) {
      this.#collect(this.byStart.get(startKey(text, i, 2)), text, i, round, found)
      this.#collect(this.byStart.get(startKey(text, i, 1)), text, i, round, found)
    }
    return [...found].sort((a, b) => a - b)
  }

  /**
   * @param {Word[] | undefined} bucket
   * @param {string} text
   * @param {number} at
   * @param {number} round
   * @param {Set<number>} found
   */
  #collect(bucket, text, at, round, found) {
    if (bucket === undefined) return
    for (const word of bucket) {
      if (word.seen === round || !text.startsWith(word.text, at)) continue
      word.seen = round
      for (const pattern of word.patterns) found.add(pattern)
    }
  }
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number} units 1 or 2
 */
function startKey(text, at, units) {
  return units === 1 ? -1 - text.charCodeAt(at) : text.charCodeAt(at) * 65536 + (text.charCodeAt(at + 1) || 0)
}
