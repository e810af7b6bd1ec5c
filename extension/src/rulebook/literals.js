/**
 * The words without which a pattern cannot match. One automaton over a thousand patterns costs the browser about a
 * second for each new mail (measured); looking for these words first leaves a handful of patterns to run.
 */

import { holdsNoBlank, membersOf } from "./charclass.js";
import { EDGE, asLookedFor } from "./forms.js";
import { MOST_STRINGS, choices, clausesOf, either, exactly, joined, open, repeatedTexts, waysOf, weight } from "./pieces.js";

/** Most UTF-16 units of one character. */
const CHAR = 2;
/** Kept needs of another form are found anew. */
const FORM = 3;
const SMALL_CLASS = 4;
/** Times that one text is looked for in a row. */
const MOST_REPEATED = 20;
const DIGITS = /^(?:[0-9](?:-[0-9])?)+$/;
const SIGNS = new Set("\\[](){}|.*+?^$");

/** @typedef {import("./pieces.js").Part} Part */
/**
 * One word of each clause, all within `longest` units; and in how many ways at most the pattern can match at one place.
 * @typedef {{ clauses: string[][], longest: number, ways: number }} Needs
 */

/** @type {Needs} */
const NOTHING_KNOWN = { clauses: [], longest: Infinity, ways: Infinity };

/**
 * @param {string} pattern RE2 source as it stands in rulebook.json
 * @returns {Needs} without clauses nothing is known, and the pattern must be run
 */
export function needsOf(pattern) {
  let part;
  try {
    part = new Reader(pattern).alternatives(0);
  } catch (error) {
    if (error instanceof Unreadable) return NOTHING_KNOWN;
    throw error;
  }
  const seen = new Set();
  const looked = clausesOf(part).map((words) => [...new Set(words.map(asLookedFor))]);
  const clauses = looked.filter((words) => {
    const key = words.join("\n");
    if (weight(words) < 2 || words.some((word) => word.trim() === "") || seen.has(key)) return false;
    return seen.add(key);
  });
  return { clauses, longest: part.longest, ways: part.ways };
}

/**
 * What each phrase of a rulebook needs, in a form that JSON can keep.
 * @param {{ re: string }[]} phrases
 * @returns {[string[][], number | null, number, number | null][]} clauses, longest match, version of this form, and ways
 * (null: no bound)
 */
export function needsOfAll(phrases) {
  return phrases.map(({ re }) => {
    const { clauses, longest, ways } = needsOf(re);
    return [clauses, Number.isFinite(longest) ? longest : null, FORM, Number.isFinite(ways) ? ways : null];
  });
}

/**
 * @param {any} kept as needsOfAll gave it
 * @param {number} count of the rulebook's phrases
 * @returns {Needs[] | undefined} undefined if it does not belong to that rulebook
 */
export function keptNeeds(kept, count) {
  if (!Array.isArray(kept) || kept.length !== count || kept.some((row) => row[2] !== FORM)) return undefined;
  return kept.map(([clauses, longest, , ways]) => ({ clauses, longest: longest ?? Infinity, ways: ways ?? Infinity }));
}

class Unreadable extends Error {}

/** Recursive descent over one pattern; as deep as its brackets, and patterns have 400 characters at most. */
class Reader {
  /** @param {string} pattern */
  constructor(pattern) {
    this.chars = Array.from(pattern);
    this.at = 0;
  }

  /**
   * @param {number} depth of open brackets
   * @returns {Part}
   */
  alternatives(depth) {
    const parts = [this.sequence(depth)];
    while (this.chars[this.at] === "|") {
      this.at++;
      parts.push(this.sequence(depth));
    }
    if (depth === 0 && this.at < this.chars.length) throw new Unreadable();
    return parts.length === 1 ? parts[0] : either(parts);
  }

  /** @param {number} depth */
  sequence(depth) {
    /** @type {Part[]} */
    const parts = [];
    while (this.at < this.chars.length && this.chars[this.at] !== "|" && this.chars[this.at] !== ")") {
      parts.push(this.repeated(this.piece(depth)));
    }
    return joined(parts);
  }

  /**
   * @param {number} depth
   * @returns {Part}
   */
  piece(depth) {
    const char = this.chars[this.at++];
    if (char === "(") return this.group(depth);
    if (char === "[") return this.charClass();
    if (char === ".") return open(CHAR);
    // An anchor asks for the text's own ends, so no window may be cut out.
    if (char === "^" || char === "$") return open(Infinity);
    if (char === "\\") return this.escape();
    if (char === "*" || char === "+" || char === "?") throw new Unreadable();
    return exactly([this.plain(char)]);
  }

  /**
   * Plain characters up to the next sign; the last one is left where a quantifier follows, which is its own.
   * @param {string} first
   */
  plain(first) {
    let text = first;
    while (this.at < this.chars.length && !SIGNS.has(this.chars[this.at])) {
      const next = this.chars[this.at + 1];
      if (next === "?" || next === "*" || next === "+" || next === "{") break;
      text += this.chars[this.at++];
    }
    return text;
  }

  /** @param {number} depth */
  group(depth) {
    if (this.chars[this.at] === "?") {
      if (this.chars[this.at + 1] !== ":") throw new Unreadable();
      this.at += 2;
    }
    const inner = this.alternatives(depth + 1);
    if (this.chars[this.at++] !== ")") throw new Unreadable();
    return inner;
  }

  /** A class is left open, unless it is one of blanks, digits or a few signs. */
  charClass() {
    const start = this.at;
    if (this.chars[this.at] === "^") this.at++;
    if (this.chars[this.at] === "]") this.at++;
    while (this.at < this.chars.length && this.chars[this.at] !== "]") {
      if (this.chars[this.at] === "[") throw new Unreadable();
      this.at += this.chars[this.at] === "\\" ? 2 : 1;
    }
    if (this.chars[this.at++] !== "]") throw new Unreadable();
    const inside = this.chars.slice(start, this.at - 1).join("");
    if (inside === " \\n" || inside === " \n") return exactly([" "]);
    if (DIGITS.test(inside)) return exactly(["0"]); // where words are looked for, all digits are 0
    const members = membersOf(inside);
    return members.length > 0 && members.length <= SMALL_CLASS ? exactly(members) : open(CHAR, holdsNoBlank(inside));
  }

  /** @returns {Part} */
  escape() {
    const char = this.chars[this.at++];
    if (char === undefined) throw new Unreadable();
    if (char === "b") return exactly([EDGE]);
    if (char === "B") return exactly([""]);
    if (char === "n") return exactly(["\n"]);
    if (char === "t") return exactly(["\t"]);
    if (char === "p" || char === "P") return this.property();
    if ((char >= "0" && char <= "9") || (char >= "a" && char <= "z") || (char >= "A" && char <= "Z"))
      throw new Unreadable();
    return exactly([char]);
  }

  /** A script or category such as `\p{Han}` or `\pL`. */
  property() {
    const end = this.chars[this.at] === "{" ? this.chars.indexOf("}", this.at) : this.at;
    if (end < 0 || end >= this.chars.length) throw new Unreadable();
    this.at = end + 1;
    return open(CHAR);
  }

  /**
   * @param {Part} part the piece before a quantifier, if one follows
   * @returns {Part}
   */
  repeated(part) {
    const counts = this.counts();
    if (counts === null) return part;
    if (this.chars[this.at] === "?") this.at++;
    const [least, most] = counts;
    const ways = waysOf(part, least, most);
    const texts = part.exact;
    if (least === 0 && most === 1 && texts !== null) return { ...exactly([...new Set(["", ...texts])], ways), word: part.word };
    if (texts !== null && Number.isFinite(most) && choices(texts.length, least, most) <= MOST_STRINGS) {
      return { ...exactly(repeatedTexts(texts, least, most), ways), word: part.word };
    }
    const longest = part.longest === 0 || most === 0 ? 0 : part.longest * most;
    const clauses = texts?.length === 1 && least > 1 ? [[texts[0].repeat(Math.min(least, MOST_REPEATED))]] : clausesOf(part);
    return { exact: null, clauses: least > 0 ? clauses : [], longest, ways, word: part.word };
  }

  /** @returns {[number, number] | null} least and most repeats of the quantifier that stands here, null if none does */
  counts() {
    const char = this.chars[this.at];
    if (char === "{") return this.counted();
    if (char !== "?" && char !== "*" && char !== "+") return null;
    this.at++;
    return [char === "+" ? 1 : 0, char === "?" ? 1 : Infinity];
  }

  /** @returns {[number, number]} of `{n}`, `{n,}` or `{n,m}` */
  counted() {
    const end = this.chars.indexOf("}", this.at);
    const inside = this.chars.slice(this.at + 1, end).join("");
    const [least = "", most = least] = inside.split(",");
    const isNumber = Array.from(inside).every((char) => char === "," || (char >= "0" && char <= "9"));
    if (end < 0 || least === "" || !isNumber) throw new Unreadable();
    this.at = end + 1;
    return [Number(least), most === "" ? Infinity : Number(most)];
  }
}
