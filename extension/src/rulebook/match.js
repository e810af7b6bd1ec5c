/** Finds the phrases of all sets in the newest part of a mail, and shows each in its original wording. */

import { meet } from "./meeting.js";
import { Patterns } from "./patterns.js";
import { Piece } from "./piece.js";

/** @typedef {import("./codepoints.js").Ruler} Ruler */
/** @typedef {import("./piece.js").Hit} Hit */
/** @typedef {import("./meeting.js").Meeting} Meeting */
/** @typedef {import("../shared/types.js").Quote} Quote */
/** @typedef {[number, number]} Span half-open range of code points */

/** Code points that are scanned: first and last of the newest part, and of the subject. The cap bounds the worst case. */
const HEAD = 32_768;
const TAIL = 16_384;
const SUBJECT = 1024;
const HITS = 8;

const OTHER_SCRIPT = /(?![a-zA-Z\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])[\p{L}\p{Nl}\p{No}]/u;
const CJK = /[\u3400-\u9fff]/;
const ASCII = /[a-zA-Z]/;

/**
 * What was found: the quotes of every set that was hit. `scanned`: a body was there to be read (the subject alone can
 * show a phrase, but not that there is none). `scripts`: the writing seen (latin, cjk, other).
 * @typedef {{ quotes: Map<string, Quote[]>, scanned: boolean, scripts: Set<string> }} Found
 */

export class Scanner {
  /**
   * @param {{ set: string, re: string }[]} phrases
   * @param {Meeting[]} meetings in an order in which each comes after the sets that it is made of
   * @param {(text: string) => import("./normalise.js").Normal} normalise
   * @param {readonly import("./literals.js").Needs[]} [needs] of each phrase, where they are known
   */
  constructor(phrases, meetings, normalise, needs) {
    this.owners = phrases.map((row) => row.set);
    this.patterns = new Patterns(phrases.map((row) => row.re), needs);
    this.meetings = meetings;
    this.normalise = normalise;
  }

  /**
   * The phrases in the subject and in `spans` (the newest part) of the text. Spans are joined as if a blank line stood
   * between them. Meeting sets are evaluated too.
   * @param {Ruler | null} subject
   * @param {Ruler | null} text
   * @param {Span[]} spans
   * @returns {Found}
   */
  find(subject, text, spans) {
    /** @type {Piece[]} */
    const pieces = [];
    if (subject?.text)
      pieces.push(new Piece("subject", subject, [[0, Math.min(subject.length, SUBJECT)]], this.normalise));
    const kept = text?.text ? capped(spans) : [];
    if (text?.text && kept.length > 0) pieces.push(new Piece("body", text, kept, this.normalise));
    /** @type {Map<string, Hit[]>} */
    const hits = new Map();
    pieces.forEach((piece, number) => this.#scan(number, piece, hits));
    for (const [name, found] of hits) hits.set(name, merged(found));
    for (const meeting of this.meetings) {
      const together = meet(meeting, hits, pieces);
      if (together.length > 0) hits.set(meeting.id, merged(together).slice(0, HITS));
    }
    /** @type {Map<string, Quote[]>} */
    const quotes = new Map();
    for (const [name, found] of hits) {
      quotes.set(
        name,
        found.map((hit) => /** @type {Piece} */ (pieces[hit.piece]).quote(hit)),
      );
    }
    const body = text ? kept.map(([start, end]) => text.slice(start, end)).join("") : "";
    return { quotes, scanned: text !== null, scripts: scripts(body) };
  }

  /**
   * @param {number} number
   * @param {Piece} piece
   * @param {Map<string, Hit[]>} hits
   */
  #scan(number, piece, hits) {
    const text = piece.normal.text;
    for (const { index, start, end } of this.patterns.search(text, HITS)) {
      const owner = /** @type {string} */ (this.owners[index]);
      const hit = { piece: number, start: piece.ruler.point(start), end: piece.ruler.point(end) };
      const list = hits.get(owner);
      if (list) list.push(hit);
      else hits.set(owner, [hit]);
    }
  }
}

/**
 * The spans' first HEAD and last TAIL code points, in order; all of them if they are no more than both.
 * @param {Span[]} spans
 * @returns {Span[]}
 */
function capped(spans) {
  const kept = spans.filter(([start, end]) => end > start);
  if (kept.reduce((sum, [start, end]) => sum + end - start, 0) <= HEAD + TAIL) return kept;
  /** @type {Span[]} */
  const head = [];
  let room = HEAD;
  for (const [start, end] of kept) {
    if (room <= 0) break;
    head.push([start, Math.min(end, start + room)]);
    room -= end - start;
  }
  /** @type {Span[]} */
  const tail = [];
  room = TAIL;
  for (const [start, end] of [...kept].reverse()) {
    if (room <= 0) break;
    tail.unshift([Math.max(start, end - room), end]);
    room -= end - start;
  }
  return [...head, ...tail];
}

/**
 * In order of place; of hits that overlap, the earliest (of two that start together, the longer).
 * @param {Hit[]} hits
 * @returns {Hit[]}
 */
function merged(hits) {
  /** @type {Hit[]} */
  const kept = [];
  const sorted = [...hits].sort((a, b) => a.piece - b.piece || a.start - b.start || b.end - a.end);
  for (const hit of sorted) {
    const last = kept[kept.length - 1];
    if (last === undefined || last.piece !== hit.piece || hit.start >= last.end) kept.push(hit);
  }
  return kept;
}

/** @param {string} text */
function scripts(text) {
  const seen = new Set();
  if (CJK.test(text)) seen.add("cjk");
  if (ASCII.test(text)) seen.add("latin");
  if (OTHER_SCRIPT.test(text)) seen.add("other");
  return seen;
}
