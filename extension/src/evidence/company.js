/** Names of companies, found by their legal forms. Twin of server/evidence/company.py. */

import { fit } from "../rulebook/cut.js";
import { isAscii } from "./names.js";
import { WHITE, fold, hasHan, isAlnum, isAlpha, isDigit, isHan, trim, words } from "./plain.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./plain.js").Span} Span */
/** @typedef {{ text: string, start: number, end: number }} Token */
/** @typedef {{ name: string, start: number, end: number }} Company a name as written, and where it stands */

const MAX_LINE = 400;
const MAX_WORDS = 7;
const MAX_FOUND = 20;
/** What may stand between the words of one name. */
const GAPS = new Set(["", "&", ".", "'", "’", "-", "+", "«", "»", '"', ")"]);
const EDGE = new Set(`${WHITE},;:-–—|`);
const HANGUL = /[\uac00-\ud7af]/;
const BRACKETS = new Set("()（）·&-");
const NOT_INSIDE = new Set("的了");

/**
 * The companies in these lines, in order, at most twenty.
 * @param {string} text
 * @param {Span[]} rows
 * @param {Lexicon} lexicon
 * @param {boolean} signature also takes weak endings (Trading, Group)
 * @returns {Company[]}
 */
export function findCompanies(text, rows, lexicon, signature) {
  /** @type {Company[]} */
  const found = [];
  for (const [start, end] of rows) {
    // Half of CONTACT is no company's CO.
    const first = end <= start + MAX_LINE ? end - start : fit(Array.from(text.slice(start, start + MAX_LINE + 1)), MAX_LINE);
    const line = text.slice(start, start + first);
    for (const [low, high] of inLine(line, lexicon, signature)) {
      const isNew = !found.some((place) => place.start < start + high && start + low < place.end);
      if (isNew) found.push({ name: trim(line.slice(low, high), EDGE), start: start + low, end: start + high });
      if (found.length >= MAX_FOUND) return found;
    }
  }
  return found;
}

/**
 * @param {string} line
 * @param {Lexicon} lexicon
 * @param {boolean} signature
 * @returns {Span[]}
 */
function inLine(line, lexicon, signature) {
  const folded = fold(line);
  const tokens = words(folded);
  return [
    ...withFormAfter(line, tokens, lexicon, signature),
    ...withFormBefore(line, tokens, lexicon),
    ...joined(folded, lexicon, signature),
    ...(signature ? withTradeWord(line, tokens, lexicon) : []),
  ];
}

/**
 * @param {Token[]} tokens
 * @param {number} at
 * @param {string[][]} forms the longest first
 * @returns {number} how many words of the legal form stand at this word, 0 if none does
 */
function formAt(tokens, at, forms) {
  const form = forms.find((words) => {
    return (
      words[0] === tokens[at].text &&
      words.length <= tokens.length - at &&
      words.every((w, i) => tokens[at + i].text === w)
    );
  });
  return form?.length ?? 0;
}

/** @param {string} line @param {Token} before @param {Token} after @returns {string} what stands between two words */
function gapOf(line, before, after) {
  return trim(line.slice(before.end, after.start));
}

/**
 * @param {string} line
 * @param {Token[]} tokens
 * @param {Lexicon} lexicon
 * @param {boolean} signature
 * @returns {Span[]}
 */
function withFormAfter(line, tokens, lexicon, signature) {
  const forms = lexicon.legal.get("after") ?? [];
  /** @type {Span[]} */
  const found = [];
  for (let at = 1; at < tokens.length;) {
    const size = formAt(tokens, at, forms);
    const end = size > 0 ? tokens[at + size - 1].end : 0;
    const written = size > 0 ? line.slice(tokens[at].start, end) : "";
    // Short forms are words too (as, sa, ag, kg): they count only as written on a letterhead.
    if (size === 0 || (written.length <= 3 && written === written.toLowerCase() && written !== "ltd")) {
      at++;
      continue;
    }
    const first = nameStart(line, tokens, at, lexicon, signature);
    if (first < at) found.push([tokens[first].start, end + (line[end] === "." ? 1 : 0)]);
    at += size;
  }
  return found;
}

/**
 * @param {string} line
 * @param {Token[]} tokens
 * @param {number} at
 * @param {Lexicon} lexicon
 * @param {boolean} signature
 * @returns {number} the first word of the name that ends before word `at`; `at` itself if no name stands there
 */
function nameStart(line, tokens, at, lexicon, signature) {
  const { connectors, not_first: notFirst } = lexicon.nameWords;
  const isLoose = signature && tokens.length <= MAX_WORDS;
  let first = at;
  let bracket = false;
  while (first > 0 && at - first < MAX_WORDS) {
    const token = tokens[first - 1];
    const gap = gapOf(line, token, tokens[first]);
    bracket ||= gap.startsWith(")");
    const isComma = [",", ",.", "),"].includes(gap) && first === at && tokens[at].text !== "company";
    if (!GAPS.has(gap) && !(gap === "(" && bracket) && !isComma) break;
    const char = line.charAt(token.start);
    const isProper = char !== char.toLowerCase() || isDigit(char) || isHan(char);
    if (!isProper && !connectors.has(token.text) && !isLoose) break;
    first--;
  }
  while (first < at && (notFirst.has(tokens[first].text) || connectors.has(tokens[first].text))) first++;
  return tokens.slice(first, at).some((token) => isAlpha(token.text)) ? first : at;
}

/**
 * @param {string} line
 * @param {Token[]} tokens
 * @param {Lexicon} lexicon
 * @returns {Span[]}
 */
function withFormBefore(line, tokens, lexicon) {
  const forms = lexicon.legal.get("before") ?? [];
  const ends = lexicon.nameWords.name_ends;
  /** @type {Span[]} */
  const found = [];
  for (let at = 0; at < tokens.length - 1; at++) {
    const size = formAt(tokens, at, forms);
    if (size === 0 || at + size >= tokens.length || (line[tokens[at].start] === "m" && size === 1)) continue;
    const written = line.slice(tokens[at].start, tokens[at + size - 1].end);
    if (isAscii(written) && written.length <= 4 && written !== written.toUpperCase()) continue;
    const begin = at + size;
    let last = begin;
    while (last < tokens.length && last < begin + MAX_WORDS && isProper(line, tokens[last])) {
      if (ends.has(tokens[last].text)) break;
      if (last > begin && !["", "&", "-", "."].includes(gapOf(line, tokens[last - 1], tokens[last]))) break;
      last++;
    }
    if (last === begin) continue;
    const end = tokens[last - 1].end;
    found.push([tokens[at].start, end + (["»", '"', "”"].includes(line.charAt(end)) ? 1 : 0)]);
  }
  return found;
}

/** @param {string} line @param {Token} token */
function isProper(line, token) {
  const char = line.charAt(token.start);
  const lower = char.toLowerCase();
  return char !== lower || lower === char.toUpperCase() || isDigit(char);
}

/**
 * @param {string} folded
 * @param {Lexicon} lexicon
 * @param {boolean} signature
 * @returns {Span[]}
 */
function joined(folded, lexicon, signature) {
  if (!hasHan(folded) && !HANGUL.test(folded)) return [];
  /** @type {Span[]} */
  const found = [];
  let taken = 0;
  const sorted = (lexicon.legal.get("joined") ?? []).map((form) => form[0] ?? "").sort((a, b) => b.length - a.length);
  for (const form of sorted) {
    const at = folded.indexOf(form, taken);
    // Weak endings end ordinary sentences too (我们公司), so they count in the signature only.
    if (at < 0 || (lexicon.nameWords.weak_endings.has(form) && !signature)) continue;
    let start = at;
    while (start > taken && at - start < 30 && isNameChar(folded.charAt(start - 1))) start--;
    start = pastOpeners(folded, start, at, lexicon);
    if (Array.from(folded.slice(start, at)).filter(isAlnum).length < 2) continue;
    found.push([start, at + form.length]);
    taken = at + form.length;
  }
  return found;
}

/** @param {string} char */
function isNameChar(char) {
  return (isAlnum(char) && !NOT_INSIDE.has(char)) || BRACKETS.has(char);
}

/** @param {string} folded @param {number} start @param {number} at @param {Lexicon} lexicon */
function pastOpeners(folded, start, at, lexicon) {
  for (let count = 0; count < 3; count++) {
    const opener = lexicon.hanOpeners.find((word) => folded.startsWith(word, start) && start + word.length <= at);
    if (opener === undefined) break;
    start += opener.length;
  }
  return start;
}

/**
 * A whole segment of the line that ends in a trade word and is written like a name: "Imran Brothers, Karachi".
 * @param {string} line
 * @param {Token[]} tokens
 * @param {Lexicon} lexicon
 * @returns {Span[]}
 */
function withTradeWord(line, tokens, lexicon) {
  const forms = lexicon.legal.get("trade") ?? [];
  /** @type {Span[]} */
  const found = [];
  let begin = 0;
  for (let at = 0; at < tokens.length; at++) {
    if (at > 0 && !["", "&", "-", ".", "'"].includes(gapOf(line, tokens[at - 1], tokens[at]))) begin = at;
    const size = formAt(tokens, at, forms);
    if (size === 0) continue;
    const stop = at + size;
    const isClosed = stop === tokens.length || !["", "&", "-"].includes(gapOf(line, tokens[stop - 1], tokens[stop]));
    if (!isClosed || at === begin || lexicon.nameWords.roles.has(tokens[begin].text)) continue;
    const named = tokens.slice(begin, stop);
    if (
      named.length > MAX_WORDS ||
      !named.every((one) => isProper(line, one) || lexicon.nameWords.connectors.has(one.text))
    )
      continue;
    found.push([tokens[begin].start, tokens[stop - 1].end]);
  }
  return found;
}
