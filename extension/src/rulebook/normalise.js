/**
 * Text as the phrases see it: lower case, plain quotes, Simplified Chinese, one space, lines that end paragraphs.
 * The algorithm is written out in shared_rules/README.md; server/rulebook/normalise.py does the same step by step.
 */

import { codePoints } from "./codepoints.js";
import { oneScript } from "./onescript.js";

/** More marks on one letter than any script uses; without a limit, canonical ordering is quadratic (UAX 15, 13.1). */
const MOST_MARKS = 30;
const WRAP_WIDTH = 45;
const MEMO_SIZE = 20_000;
const LIST_START = new Set(Array.from("-*•·–0123456789", (char) => char.codePointAt(0)));
const MARK = /^\p{M}/u;

/**
 * @typedef {object} Normal
 * @property {string} text
 * @property {number[]} starts for each code point of `text`, where it starts in the original (code points)
 * @property {number[]} ends for each code point of `text`, where it ends there
 */

/** @typedef {{ fold: Map<string, string>, t2s: Map<string, string>, memo: Map<string, string> }} Folder */

/**
 * @param {{ fold: Record<string, string>, t2s: { from: string, to: string } }} tables of the rulebook
 * @returns {(text: string) => Normal}
 */
export function prepare(tables) {
  const from = Array.from(tables.t2s.from);
  const to = Array.from(tables.t2s.to);
  /** @type {Folder} */
  const folder = {
    fold: new Map(Object.entries(tables.fold)),
    t2s: new Map(from.map((char, index) => [char, to[index]])),
    memo: new Map(),
  };
  return (text) => walk(text, folder);
}

/**
 * @param {string} text
 * @param {Folder} folder
 * @returns {Normal}
 */
function walk(text, folder) {
  const { points, places } = keep(codePoints(text));
  oneScript(points);
  /** @type {string[]} */
  const out = [];
  /** @type {number[]} */
  const starts = [];
  /** @type {number[]} */
  const ends = [];
  let line = 0;
  let position = 0;
  /** @param {string} piece @param {number} start @param {number} end */
  const emit = (piece, start, end) => {
    out.push(piece);
    for (let i = 0; i < piece.length; i++) {
      if (/** @type {number} */ (piece.codePointAt(i)) > 0xffff) i++;
      starts.push(places[start]);
      ends.push(places[end - 1] + 1);
    }
  };
  while (position < points.length) {
    const start = position;
    if (isBlank(points[start]) || isBreak(points[start])) {
      const breaks = spaceRun(points, start);
      position = breaks.end;
      const replacement = out.length > 0 && position < points.length ? spaceFor(points, start, breaks, line) : "";
      if (replacement !== "") emit(replacement, start, position);
      if (breaks.count > 0 || replacement !== " ") line = position;
      continue;
    }
    position = clusterEnd(points, start);
    emit(clusterText(points, start, position, folder), start, position);
  }
  return { text: out.join(""), starts, ends };
}

/**
 * Drops zero-width and control characters.
 * @param {number[]} all
 */
function keep(all) {
  /** @type {number[]} */
  const points = [];
  /** @type {number[]} */
  const places = [];
  for (let i = 0; i < all.length; i++) {
    if (isDropped(all[i])) continue;
    points.push(all[i]);
    places.push(i);
  }
  return { points, places };
}

/** @param {number} c @returns {boolean} whether no reader sees it: of zero width, or a control character */
export function isDropped(c) {
  if (c < 0x300) return c <= 8 || (c >= 0xe && c <= 0x1f) || (c >= 0x7f && c <= 0x9f && c !== 0x85) || c === 0xad;
  if (c < 0x2000) return c === 0x34f || c === 0x61c || c === 0x180e;
  if (c > 0x2069) return c === 0xfeff;
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c !== 0x2065);
}

/** @param {number} c */
function isBlank(c) {
  if (c < 0x1680) return c === 0x20 || c === 9 || c === 0xa0;
  return c === 0x1680 || (c >= 0x2000 && c <= 0x200a) || c === 0x202f || c === 0x205f || c === 0x3000;
}

/** @param {number} c */
function isBreak(c) {
  return (c >= 0xa && c <= 0xd) || c === 0x85 || c === 0x2028 || c === 0x2029;
}

/**
 * @param {number[]} points
 * @param {number} start
 * @returns {{ end: number, count: number }} CR LF counts as one break
 */
function spaceRun(points, start) {
  let end = start;
  let count = 0;
  for (; end < points.length; end++) {
    if (isBreak(points[end])) {
      if (!(points[end] === 0xa && end > start && points[end - 1] === 0xd)) count++;
    } else if (!isBlank(points[end])) break;
  }
  return { end, count };
}

/**
 * What a run of white space becomes: a space, the end of a paragraph, or nothing inside a wrapped Chinese line.
 * @param {number[]} points
 * @param {number} start
 * @param {{ end: number, count: number }} run
 * @param {number} line where the line before the run starts
 */
function spaceFor(points, start, run, line) {
  if (run.count === 0) return " ";
  const next = points[run.end];
  if (run.count > 1 || LIST_START.has(next) || !isWide(points, line, start)) return "\n";
  return isCjk(points[start - 1]) && isCjk(next) ? "" : " ";
}

/**
 * Whether a line is so wide that the break behind it is the mailer's, not the writer's.
 * @param {number[]} points
 * @param {number} start
 * @param {number} end
 */
function isWide(points, start, end) {
  let width = 0;
  for (let i = start; i < end; i++) width += points[i] >= 0x1100 ? 2 : 1;
  return width >= WRAP_WIDTH;
}

/** @param {number} c */
function isCjk(c) {
  return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff);
}

/** @param {number} c */
function isMark(c) {
  return c >= 0x300 && !(c >= 0x3400 && c <= 0x9fff) && MARK.test(String.fromCodePoint(c));
}

/**
 * @param {number[]} points
 * @param {number} start
 */
function clusterEnd(points, start) {
  let end = start + 1;
  while (end < points.length && end - start <= MOST_MARKS && isMark(points[end])) end++;
  return end;
}

/**
 * @param {number[]} points
 * @param {number} start
 * @param {number} end
 * @param {Folder} folder
 */
function clusterText(points, start, end, folder) {
  const cluster =
    end === start + 1 ? String.fromCodePoint(points[start]) : String.fromCodePoint(...points.slice(start, end));
  const known = folder.memo.get(cluster);
  if (known !== undefined) return known;
  const result = fold(cluster, folder);
  if (end - start <= 2 && folder.memo.size < MEMO_SIZE) folder.memo.set(cluster, result);
  return result;
}

/**
 * Normal form of one character with its marks. Folds come first: NFKC would turn ´ into a space and a mark.
 * @param {string} cluster
 * @param {Folder} folder
 */
function fold(cluster, folder) {
  const plain = trimSpaces((folder.fold.get(cluster) ?? cluster).normalize("NFKC").toLowerCase());
  let out = "";
  for (const char of plain) {
    for (const folded of folder.fold.get(char) ?? char) out += folder.t2s.get(folded) ?? folded;
  }
  return out;
}

/** @param {string} text */
function trimSpaces(text) {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === " ") start++;
  while (end > start && text[end - 1] === " ") end--;
  return text.slice(start, end);
}
