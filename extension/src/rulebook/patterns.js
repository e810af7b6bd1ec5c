/**
 * RE2 patterns over one text: which of them may occur, then where each really does. One place to change the engine.
 * Two engines find the same places: RE2's automata, in time that grows with the text whatever the pattern, and the
 * browser's own, thirty times as fast, which tries one way of matching after the other. It gets the patterns that have
 * few ways: a pattern as `pay.{0,40}agent` has 41 from each place, one with five such gaps a hundred million.
 */

import { RE2JS } from "re2js";
import { needsOf } from "./literals.js";
import { Prefilter } from "./prefilter.js";

/** @typedef {import("./prefilter.js").Range} Range */
/** @typedef {{ automaton?: RE2JS, own?: RegExp | null }} Compiled each when it is first needed; null where there is none */

/** Ways of a pattern times units of a text, up to which the browser's engine is asked. */
const MOST_STEPS = 20_000_000;
/** Neither a plain sign nor one of the escapes that mean the same to both. */
const OTHER_ESCAPE = /\\(?!x\{)[^bn.$()[\]{}|*+?^\\/-]/;

export class Patterns {
  /**
   * @param {readonly string[]} sources RE2
   * @param {readonly import("./literals.js").Needs[]} [needs] of each source, where they are known
   */
  constructor(sources, needs = sources.map(needsOf)) {
    this.sources = sources;
    this.ways = needs.map(({ ways }) => ways);
    this.prefilter = new Prefilter(sources, needs);
    /** Most patterns never are. @type {(Compiled | undefined)[]} */
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
    const compiled = (this.compiled[index] ??= {});
    const source = /** @type {string} */ (this.sources[index]);
    const ways = /** @type {number} */ (this.ways[index]);
    /** @type {Range[]} */
    const found = [];
    for (const [low, high] of ranges) {
      const piece = text.slice(low, high);
      if (compiled.own === undefined && ways < MOST_STEPS) compiled.own = ownOf(source);
      if (compiled.own && ways * piece.length <= MOST_STEPS) byOwnEngine(compiled.own, piece, low, limit, found);
      else byAutomaton((compiled.automaton ??= automatonOf(source)), piece, low, limit, found);
    }
    return found;
  }
}

/**
 * @param {string} source RE2
 * @returns {RegExp | null} null where the browser's engine does not read it, or not in the same way
 */
function ownOf(source) {
  if (OTHER_ESCAPE.test(source)) return null;
  try {
    return new RegExp(source.replaceAll("\\x{", "\\u{"), "gu");
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** @param {RegExp} pattern @param {string} piece @param {number} low @param {number} limit @param {Range[]} found */
function byOwnEngine(pattern, piece, low, limit, found) {
  pattern.lastIndex = 0;
  while (found.length < limit) {
    const match = pattern.exec(piece);
    if (match === null) break;
    const end = match.index + match[0].length;
    if (end > match.index) found.push([low + match.index, low + end]);
    else pattern.lastIndex = end + ((piece.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
}

/** @param {RE2JS} pattern @param {string} piece @param {number} low @param {number} limit @param {Range[]} found */
function byAutomaton(pattern, piece, low, limit, found) {
  if (!pattern.test(piece)) return;
  const matcher = pattern.matcher(piece);
  while (found.length < limit && matcher.find()) {
    if (matcher.end() > matcher.start()) found.push([low + matcher.start(), low + matcher.end()]);
  }
}

/** @param {string} source @returns {RE2JS} */
function automatonOf(source) {
  const pattern = RE2JS.compile(source);
  // The engine would look for the pattern's words once more in each piece of text.
  /** @type {any} */ (pattern).re2Input.prefilter = null;
  return pattern;
}
