/** Finds thousands of plain words in a text at once, with their places. */

/**
 * A word, the patterns that are looked at where it stands, and its places in the last round in which it was found.
 * @typedef {{ text: string, starts: number[], round: number, places: number[] }} Word
 */

/** Words that stand more often than this show no place to look at. */
export const MOST_PLACES = 48;
/** Units of a word by which it is found, at most. */
const UNITS = 6;
const SLOTS = 1 << 15;

export class Words {
  constructor() {
    /** By number of units: for each hash of that many, which bucket holds the words that start so; 0 is none. */
    this.heads = Array.from({ length: UNITS + 1 }, () => new Int32Array(SLOTS));
    /** @type {Word[][]} */
    this.buckets = [[]];
  }

  /** @param {Word} word */
  add(word) {
    const units = Math.min(UNITS, word.text.length);
    const heads = /** @type {Int32Array} */ (this.heads[units]);
    let hash = 0;
    for (let i = 0; i < units; i++) hash = Math.imul(hash, 131) + word.text.charCodeAt(i);
    const slot = slotOf(hash);
    const bucket = /** @type {number} */ (heads[slot]);
    if (bucket > 0) this.buckets[bucket]?.push(word);
    else heads[slot] = this.buckets.push([word]) - 1;
  }

  /**
   * @param {string} text
   * @param {number} round by which words that were found know theirs
   * @returns {Word[]} the words in it; of one that stands often, the first places
   */
  in(text, round) {
    /** @type {Word[]} */
    const seen = [];
    for (let i = 0; i < text.length; i++) {
      const most = Math.min(UNITS, text.length - i);
      let hash = 0;
      for (let units = 1; units <= most; units++) {
        hash = Math.imul(hash, 131) + text.charCodeAt(i + units - 1);
        const bucket = /** @type {number} */ (this.heads[units]?.[slotOf(hash)]);
        if (bucket === 0) continue;
        for (const word of /** @type {Word[]} */ (this.buckets[bucket])) {
          if (word.text.length > UNITS && text.charCodeAt(i + UNITS) !== word.text.charCodeAt(UNITS)) continue;
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

/** @param {number} hash */
function slotOf(hash) {
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}
