/** Which patterns may match a text at all, and where, by the words that they cannot do without. */

import { edged, isEdged, unwrapped } from "./forms.js";
import { needsOf } from "./literals.js";
import { better } from "./pieces.js";
import { MOST_PLACES, Words } from "./words.js";

/** @typedef {import("./words.js").Word} Word */
/** @typedef {{ clauses: Word[][], longest: number }} Need */
/** @typedef {[number, number]} Range of UTF-16 units */
/** @typedef {{ index: number, ranges: Range[] | null }} Candidate `ranges`: where all its matches lie; null: anywhere */

/** Where less than this share of a text can be left out, all of it is searched. */
const WORTH_CUTTING = 0.6;

/** Units by which a word with its edges may reach beyond a match, and by which places in both forms are shifted. */
const EDGES = 3;

export class Prefilter {
  /**
   * @param {readonly string[]} patterns RE2 sources
   * @param {readonly import("./literals.js").Needs[]} [known] what they need, found before: to find it takes long
   */
  constructor(patterns, known) {
    /** Patterns without a required word: they always run. @type {number[]} */
    this.always = [];
    this.edged = new Words();
    this.plain = new Words();
    /** Each pattern's clauses, the most telling one first, and its longest match. @type {Need[]} */
    this.needs = [];
    this.round = 0;
    /** @type {Map<string, Word>} */
    const words = new Map();
    patterns.forEach((pattern, index) => {
      const { clauses, longest } = known?.[index] ?? needsOf(pattern);
      const best = clauses.reduce((one, other) => better(one, other), clauses[0] ?? []);
      const sorted = [best, ...clauses.filter((clause) => clause !== best)];
      const ready = sorted.map((clause) => clause.map((text) => wordOf(text, words)));
      this.needs.push({ clauses: ready, longest });
      if (clauses.length === 0) this.always.push(index);
      for (const word of ready[0] ?? []) word.starts.push(index);
    });
    for (const word of words.values()) (isEdged(word.text) ? this.edged : this.plain).add(word);
    /** In which round each pattern was last looked at. */
    this.looked = new Int32Array(patterns.length);
  }

  /**
   * @param {string} text normalised
   * @returns {Candidate[]} the patterns that may match, ascending
   */
  candidates(text) {
    const round = ++this.round;
    /** @type {Candidate[]} */
    const candidates = this.always.map((index) => ({ index, ranges: null }));
    for (const found of [this.edged.in(edged(text), round), this.plain.in(unwrapped(text), round)]) {
      for (const word of found) for (const index of word.starts) this.looked[index] = round;
    }
    for (let index = 0; index < this.looked.length; index++) {
      if (this.looked[index] !== round) continue;
      const { clauses, longest } = /** @type {Need} */ (this.needs[index]);
      if (!clauses.every((clause) => clause.some((word) => word.round === round))) continue;
      const places = clauses.map((clause) => clause.flatMap((word) => (word.round === round ? word.places : [])));
      const ranges = rangesOf(places, longest, text);
      if (ranges === null || ranges.length > 0) candidates.push({ index, ranges });
    }
    return candidates.sort((a, b) => a.index - b.index);
  }
}

/** @param {string} text @param {Map<string, Word>} words @returns {Word} */
function wordOf(text, words) {
  let word = words.get(text);
  if (!word) words.set(text, (word = { text, starts: [], round: 0, places: [] }));
  return word;
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
    const low = place - longest - EDGES;
    const high = place + longest + EDGES;
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
