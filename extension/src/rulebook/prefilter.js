/** Which patterns may match a text at all, and where, by the words that they cannot do without. */

import { edged, isEdged, unwrapped } from "./forms.js";
import { needsOf } from "./literals.js";
import { better } from "./pieces.js";
import { Words } from "./words.js";

/** @typedef {[number, number]} Range of UTF-16 units */
/** @typedef {{ index: number, ranges: Range[] | null }} Candidate `ranges`: where all its matches lie; null: anywhere */

/** Where less than this share of a text can be left out, all of it is searched. */
const WORTH_CUTTING = 0.6;
/** Words that stand more often than this show no place to look at. */
const MOST_PLACES = 48;

/** Units by which a word with its edges may reach beyond a match, and by which places in both forms are shifted. */
const EDGES = 3;

export class Prefilter {
  /**
   * @param {readonly string[]} patterns RE2 sources
   * @param {readonly import("./literals.js").Needs[]} [known] what they need, found before: to find it takes long
   */
  constructor(patterns, known) {
    const needs = patterns.map((pattern, index) => sorted(known?.[index] ?? needsOf(pattern)));
    const texts = [...new Set(needs.flatMap(({ clauses }) => clauses.flat()))];
    this.edged = new Words(texts.filter((text) => isEdged(text)));
    this.plain = new Words(texts.filter((text) => !isEdged(text)));
    const numbers = new Map([...this.edged.texts, ...this.plain.texts].map((text, number) => [text, number]));
    /** Each pattern's clauses as numbers of words, the most telling one first. @type {number[][][]} */
    this.clauses = needs.map(({ clauses }) => clauses.map((clause) => clause.map((text) => numbers.get(text) ?? 0)));
    /** Each pattern's longest match. */
    this.longest = needs.map(({ longest }) => longest);
    /** Patterns without a required word: they always run. */
    this.always = [...this.clauses.keys()].filter((index) => this.clauses[index]?.length === 0);
    /** The patterns that are looked at where a word stands. */
    this.starts = startsOf(this.clauses, numbers.size);
    this.round = 0;
    /** In which round each pattern was last looked at, and each word found. */
    this.looked = new Int32Array(patterns.length);
    this.found = new Int32Array(numbers.size);
    /** How often each word stood there in that round, and its last place as an index of `places`. */
    this.counts = new Int32Array(numbers.size);
    this.last = new Int32Array(numbers.size);
    /** All places of this round, and for each the index of the one before of the same word. @type {number[]} */
    this.places = [];
    /** @type {number[]} */
    this.before = [];
  }

  /**
   * @param {string} text normalised
   * @returns {Candidate[]} the patterns that may match, ascending
   */
  candidates(text) {
    const round = ++this.round;
    this.places = [];
    this.before = [];
    /** @type {number[]} */
    const looked = [];
    /** @param {number} number @param {number} place */
    const note = (number, place) => {
      if (this.found[number] !== round) {
        this.found[number] = round;
        this.counts[number] = 0;
        this.last[number] = -1;
        for (const index of /** @type {readonly number[]} */ (this.starts[number])) {
          if (this.looked[index] === round) continue;
          this.looked[index] = round;
          looked.push(index);
        }
      }
      if (/** @type {number} */ (this.counts[number]) > MOST_PLACES) return;
      this.counts[number]++;
      this.before.push(/** @type {number} */ (this.last[number]));
      this.last[number] = this.places.push(place) - 1;
    };
    this.edged.in(edged(text), note);
    const plain = this.edged.texts.length;
    this.plain.in(unwrapped(text), (number, place) => note(plain + number, place));
    /** @type {Candidate[]} */
    const candidates = this.always.map((index) => ({ index, ranges: null }));
    for (const index of looked) {
      const clauses = /** @type {number[][]} */ (this.clauses[index]);
      if (!clauses.every((clause) => clause.some((word) => this.found[word] === round))) continue;
      const ranges = this.#ranges(clauses, /** @type {number} */ (this.longest[index]), text);
      if (ranges === null || ranges.length > 0) candidates.push({ index, ranges });
    }
    return candidates.sort((a, b) => a.index - b.index);
  }

  /**
   * Where matches can lie: around the places of the rarest clause, as far as every other clause has a word there too.
   * @param {number[][]} clauses of which each has a word in the text
   * @param {number} longest
   * @param {string} text
   * @returns {Range[] | null} sorted, without overlap; null: anywhere
   */
  #ranges(clauses, longest, text) {
    if (longest * 2 > text.length * WORTH_CUTTING) return null;
    const places = clauses.map((clause) => this.#places(clause));
    if (places.some((found) => found.length > MOST_PLACES)) return null;
    return rangesOf(places, longest, text);
  }

  /** @param {number[]} clause @returns {number[]} the places of its words, more than MOST_PLACES if there are more */
  #places(clause) {
    /** @type {number[]} */
    const found = [];
    for (const word of clause) {
      if (this.found[word] !== this.round) continue;
      for (let at = this.last[word] ?? -1; at >= 0; at = this.before[at] ?? -1) found.push(this.places[at] ?? 0);
      if (found.length > MOST_PLACES) break;
    }
    return found;
  }
}

/**
 * @param {import("./literals.js").Needs} needs
 * @returns {import("./literals.js").Needs} with the most telling clause first
 */
function sorted(needs) {
  const { clauses } = needs;
  const best = clauses.reduce((one, other) => better(one, other), clauses[0] ?? []);
  return clauses.length < 2 ? needs : { ...needs, clauses: [best, ...clauses.filter((clause) => clause !== best)] };
}

/** @type {readonly number[]} */
const NONE = [];

/**
 * @param {number[][][]} clauses of each pattern
 * @param {number} count of words
 * @returns {(readonly number[])[]} for each word the patterns of whose first clause it is
 */
function startsOf(clauses, count) {
  // Without holes: a list that is filled here and there becomes a dictionary, ten times as slow.
  /** @type {(readonly number[])[]} */
  const starts = new Array(count).fill(NONE);
  clauses.forEach(([first = []], index) => {
    for (const word of first) starts[word] = [.../** @type {readonly number[]} */ (starts[word]), index];
  });
  return starts;
}

/**
 * @param {number[][]} clauses places of each clause
 * @param {number} longest
 * @param {string} text
 * @returns {Range[] | null} sorted, without overlap; null: anywhere
 */
function rangesOf(clauses, longest, text) {
  const rarest = clauses.reduce((one, other) => (other.length < one.length ? other : one));
  /** @type {Range[]} */
  const ranges = [];
  let covered = 0;
  for (const place of rarest.sort((a, b) => a - b)) {
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
