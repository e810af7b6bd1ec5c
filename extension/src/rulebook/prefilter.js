/** Which patterns may match a text at all, and where, by the words that they cannot do without. */

import { needsOf } from "./literals.js";

/** @typedef {{ text: string, clauses: number[], round: number, places: number[] }} Word `places` are of the last round */
/** @typedef {[number, number]} Range of UTF-16 units */
/** @typedef {{ index: number, ranges: Range[] | null }} Candidate `ranges`: where all its matches lie; null: anywhere */

/** Words that stand more often than this show no place to look at. */
const MOST_PLACES = 48;
/** Where less than this share of a text can be left out, all of it is searched. */
const WORTH_CUTTING = 0.6;

export class Prefilter {
  /**
   * @param {readonly string[]} patterns RE2 sources
   * @param {readonly import("./literals.js").Needs[]} [known] what they need, found before: to find it takes long
   */
  constructor(patterns, known) {
    /** Patterns without a required word: they always run. @type {number[]} */
    this.always = [];
    /** Words by their first units, hashed: three of them, or all of a shorter word. @type {Map<number, Word[]>[]} */
    this.byStart = [new Map(), new Map(), new Map(), new Map()];
    /** The pattern of each clause. @type {number[]} */
    this.owners = [];
    /** How many clauses each pattern has, and its longest match. @type {{ clauses: number, longest: number }[]} */
    this.needs = [];
    this.round = 0;
    /** @type {Map<string, Word>} */
    const words = new Map();
    patterns.forEach((pattern, index) => {
      const { clauses, longest } = known?.[index] ?? needsOf(pattern);
      this.needs.push({ clauses: clauses.length, longest });
      if (clauses.length === 0) this.always.push(index);
      for (const clause of clauses) {
        for (const text of clause) this.#add(words, text);
        this.owners.push(index);
      }
    });
    for (const word of words.values()) {
      const units = Math.min(3, word.text.length);
      const key = startKey(word.text, 0, units);
      const bucket = this.byStart[units].get(key);
      if (bucket) bucket.push(word);
      else this.byStart[units].set(key, [word]);
    }
  }

  /** @param {Map<string, Word>} words @param {string} text */
  #add(words, text) {
    const word = words.get(text);
    if (word) word.clauses.push(this.owners.length);
    else words.set(text, { text, clauses: [this.owners.length], round: 0, places: [] });
  }

  /**
   * @param {string} text normalised
   * @returns {Candidate[]} the patterns that may match, ascending
   */
  candidates(text) {
    /** Places of each clause that is fulfilled, by pattern. @type {Map<number, Map<number, number[]>>} */
    const found = new Map();
    for (const word of this.#wordsIn(text)) {
      for (const clause of word.clauses) {
        const owner = /** @type {number} */ (this.owners[clause]);
        let clauses = found.get(owner);
        if (!clauses) found.set(owner, (clauses = new Map()));
        const places = clauses.get(clause);
        clauses.set(clause, places ? [...places, ...word.places] : word.places);
      }
    }
    /** @type {Candidate[]} */
    const candidates = this.always.map((index) => ({ index, ranges: null }));
    for (const [index, clauses] of found) {
      const need = this.needs[index];
      if (clauses.size < need.clauses) continue;
      const ranges = rangesOf([...clauses.values()], need.longest, text);
      if (ranges === null || ranges.length > 0) candidates.push({ index, ranges });
    }
    return candidates.sort((a, b) => a.index - b.index);
  }

  /** @param {string} text @returns {Word[]} */
  #wordsIn(text) {
    const round = ++this.round;
    /** @type {Word[]} */
    const seen = [];
    for (let i = 0; i < text.length; i++) {
      for (let units = 1; units <= 3; units++) {
        const bucket = this.byStart[units].get(startKey(text, i, units));
        if (bucket === undefined) continue;
        for (const word of bucket) {
          if (!text.startsWith(word.text, i)) continue;
          if (word.round !== round) {
            word.round = round;
            word.places = [];
            seen.push(word);
          }
          if (word.places.length <= MOST_PLACES) word.places.push(i);
        }
      }
    }
    return seen;
  }
}

/**
 * Where matches can lie: around the places of the rarest clause, as far as every other clause has a word there too.
 * @param {number[][]} clauses places of each clause
 * @param {number} longest
 * @param {string} text
 * @returns {Range[] | null} sorted, without overlap; null: anywhere
 */
function rangesOf(clauses, longest, text) {
  if (longest * 2 > text.length * WORTH_CUTTING || clauses.some((places) => places.length > MOST_PLACES)) return null;
  const rarest = clauses.reduce((one, other) => (other.length < one.length ? other : one));
  /** @type {Range[]} */
  const ranges = [];
  let covered = 0;
  for (const place of [...rarest].sort((a, b) => a - b)) {
    // A match that holds this place starts and ends within its own length of it.
    const low = place - longest;
    const high = place + longest;
    if (!clauses.every((places) => places.some((other) => other >= low && other <= high))) continue;
    const range = widened(low, high, text);
    const last = ranges[ranges.length - 1];
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else ranges.push(range);
  }
  for (const [start, end] of ranges) covered += end - start;
  return covered > text.length * WORTH_CUTTING ? null : ranges;
}

/**
 * The range up to characters beside which a word edge reads the same with and without its surroundings.
 * @param {number} low
 * @param {number} high
 * @param {string} text
 * @returns {Range}
 */
function widened(low, high, text) {
  let start = Math.max(0, low - 2);
  let end = Math.min(text.length, high + 2);
  while (start > 0 && isInside(text, start - 1)) start--;
  while (end < text.length && isInside(text, end)) end++;
  return [start, end];
}

/** @param {string} text @param {number} at @returns {boolean} a word character, or half of a pair */
function isInside(text, at) {
  const c = text.charCodeAt(at);
  if (c >= 0x80) return c >= 0xd800 && c <= 0xdfff;
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x5a) || c === 0x5f;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number} units 1 to 3
 */
function startKey(text, at, units) {
  const first = text.charCodeAt(at);
  if (units === 1) return first;
  const second = Math.imul(first, 31) + (text.charCodeAt(at + 1) || 0);
  return units === 2 ? second : (Math.imul(second, 131) + (text.charCodeAt(at + 2) || 0)) | 0;
}
