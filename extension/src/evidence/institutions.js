/**
 * Claims to be a ministry, university, hospital or the like. "We supply hospitals" and "opposite the University" claim
 * nothing: the name must stand in the sender's name, in the signature, or in a self-introduction.
 * Twin of server/evidence/institutions.py.
 */

import { BEFORE, isMention, NOTHING, sinceStop } from "./claims.js";
import { isFree } from "./names.js";
import { fold, isHan, trim, wordList, words } from "./plain.js";

/** @typedef {import("./claims.js").Claim} Claim */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./plain.js").Span} Span */

const MAX_NAME = 80;
const MAX_HITS = 40;
const AFTER = 160;
const WORDS_BEFORE = 5;
const WORDS_BEHIND = 7;
const MAX_BEFORE = 12;
const MAX_UNITS = 24;
const NEAR = 8;
const PARTICLES = new Set("是的在向给由到与和跟被受让请送了过您你我们做供卖装把往找替帮为对有等");
/** A Chinese name does not go on before these, nor before a particle. */
const OPENERS = ["代表", "来自", "这里", "这边", "本人"];
const ARTICLE = "ال";
const OURS = ["我校", "我院"];
const BARE = ["我们", "我", "本"];
const OUR_OWN = ["医院", "卫生院", "大学", "学院", "中学", "小学", "部队", "市", "省", "县", "区", "院"];
const CHARGES = ["委托", "授权", "之托", "指派"];
const OFFICES = ["处", "部", "科", "局", "办", "系", "室", "队"];
const WORK = ["工作", "上班", "任职"];
const GAPS = new Set(["", "&", "-", "'", "’", "."]);
const LINKS = ["of", "and", "&"];
const BLANK = new Set(" ");

/**
 * @param {Mail} mail
 * @param {Span[]} closing
 * @returns {Claim} the institution's name as written
 */
export function institutionClaim(mail, closing) {
  const { lexicon, text } = mail;
  const shown = (mail.sender?.name ?? "").slice(0, 200);
  const inName = placesIn(shown, lexicon, 3)[0];
  if (inName) return { name: shown.slice(...inName), quotes: [] };
  if (mail.host && isFree(mail.host, lexicon)) {
    // dmp.ministere.equipement@ says who he is just as a display name would.
    const local = wordList(mail.address.slice(0, mail.address.lastIndexOf("@"))).join(" ");
    const inLocal = placesIn(local, lexicon, 1)[0];
    if (inLocal) return { name: local.slice(...inLocal), quotes: [] };
  }
  for (const [start, end] of closing) {
    const line = text.slice(start, Math.min(end, start + 200));
    const folded = fold(line);
    const inLine = placesIn(line, lexicon, 3).find(([low, high]) => {
      return !isMention(folded.slice(0, low), folded.slice(high), lexicon);
    });
    if (inLine) return { name: line.slice(...inLine), quotes: [mail.quote(start, end)] };
  }
  for (const span of mail.read) {
    const found = introduced(mail, span);
    if (found.name !== "") return found;
  }
  return NOTHING;
}

/**
 * @param {string} text
 * @param {Lexicon} lexicon
 * @param {number} limit
 * @returns {Span[]} ranges of whole names of institutions
 */
function placesIn(text, lexicon, limit) {
  const folded = fold(text);
  const found = lexicon.institution.places(folded, limit).map(([low, high]) => wholeName(text, low, high, lexicon));
  return found.filter((place) => isBody(folded, place, lexicon));
}

/** @param {Mail} mail @param {Span} span @returns {Claim} */
function introduced(mail, [start, end]) {
  const { lexicon } = mail;
  const text = mail.text.slice(start, end);
  const folded = fold(text);
  for (const [low, high] of placesIn(text, lexicon, MAX_HITS)) {
    const before = folded.slice(Math.max(0, low - BEFORE), low);
    const after = folded.slice(high, high + AFTER);
    if (isMention(before, after, lexicon)) continue;
    const name = text.slice(low, high);
    const isSpoken = isHan(text.charAt(low))
      ? OURS.some((word) => name.startsWith(word)) || isHanClaim(before, after, name, lexicon)
      : speaks(text, folded, low, high, lexicon);
    if (isSpoken) return { name, quotes: [mail.quote(start + low, start + high)] };
  }
  return NOTHING;
}

/**
 * "I am of", "this is"; "we" right before the kind; "I am at" an office; "charged by" with a charge behind.
 * @param {string} before
 * @param {string} after
 * @param {string} name
 * @param {Lexicon} lexicon
 */
function isHanClaim(before, after, name, lexicon) {
  const found = lexicon.hanClaim.search(before);
  if (found === null) return false;
  const opener = before.slice(found[0]);
  const near = after.slice(0, NEAR);
  if (opener === "受") return CHARGES.some((word) => near.includes(word));
  if (opener.endsWith("在")) {
    return OFFICES.some((word) => name.endsWith(word)) || WORK.some((word) => near.includes(word));
  }
  return !BARE.includes(opener) || OUR_OWN.some((word) => name.startsWith(word));
}

/**
 * @param {string} text
 * @param {string} folded
 * @param {number} low
 * @param {number} high
 * @param {Lexicon} lexicon
 */
function speaks(text, folded, low, high, lexicon) {
  const begin = Math.max(0, low - BEFORE);
  const opening = sinceStop(text.slice(begin, low)).toLowerCase();
  const isOpening = opening === "" || opening === "the";
  if (isOpening && lexicon.claimAfter.search(folded.slice(high, high + AFTER)) !== null) return true;
  return lexicon.introduction.search(folded.slice(begin, low)) !== null;
}

/**
 * The name around the telling word: the capitalised words beside it; Chinese up to the next mark or blank.
 * @param {string} text
 * @param {number} low
 * @param {number} high
 * @param {Lexicon} lexicon
 * @returns {Span}
 */
function wholeName(text, low, high, lexicon) {
  const char = text.charAt(low);
  if (isHan(char) || char.toLowerCase() === char.toUpperCase()) return unspacedName(text, low, high, lexicon);
  const first = Math.max(0, low - MAX_NAME);
  const tokens = words(text.slice(first, high + MAX_NAME)).map((word) => {
    return { text: word.text, start: first + word.start, end: first + word.end };
  });
  const start = nameStart(text, tokens.filter((token) => token.end <= low).slice(-WORDS_BEFORE), low, lexicon);
  const end = nameEnd(text, tokens.filter((token) => token.start >= high).slice(0, WORDS_BEHIND), high, lexicon);
  const last = Math.min(end, start + MAX_NAME);
  return [start, text.charAt(last - 1) === " " ? last - 1 : last];
}

/**
 * @param {string} text
 * @param {{ text: string, start: number, end: number }[]} tokens the words before
 * @param {number} low
 * @param {Lexicon} lexicon
 */
function nameStart(text, tokens, low, lexicon) {
  const { connectors, not_first: notFirst } = lexicon.nameWords;
  let start = low;
  for (const token of tokens.reverse()) {
    const isProper = isCapital(token.text) && !notFirst.has(token.text.toLowerCase());
    const gap = trim(text.slice(token.end, start), BLANK);
    if (!GAPS.has(gap) || !(isProper || connectors.has(token.text))) break;
    if (isProper) start = token.start;
    else if (start === low && !LINKS.includes(token.text)) break;
  }
  return start;
}

/**
 * @param {string} text
 * @param {{ text: string, start: number, end: number }[]} tokens the words behind
 * @param {number} high
 * @param {Lexicon} lexicon
 */
function nameEnd(text, tokens, high, lexicon) {
  const { connectors } = lexicon.nameWords;
  let end = high;
  for (const token of tokens) {
    const gap = trim(text.slice(end, token.start), BLANK);
    const isLink = connectors.has(token.text);
    if (!GAPS.has(gap) && !connectors.has(gap) && !isLink) break;
    if (isCapital(token.text) && token.text !== "I") end = token.end;
    else if (!isLink) break;
  }
  return end;
}

/** @param {string} word */
function isCapital(word) {
  return word.charAt(0) !== word.charAt(0).toLowerCase();
}

/**
 * Chinese: back to the last particle or opening word, on over names of offices. Arabic: a word more, or two.
 * @param {string} text
 * @param {number} low
 * @param {number} high
 * @param {Lexicon} lexicon
 * @returns {Span}
 */
function unspacedName(text, low, high, lexicon) {
  const behind = text.slice(high, high + MAX_UNITS);
  if (!isHan(text.charAt(low))) {
    let end = 0;
    for (const [count, word] of words(behind).slice(0, 2).entries()) {
      if (trim(behind.slice(end, word.start), BLANK) !== "" || (count > 0 && !word.text.startsWith(ARTICLE))) break;
      end = word.end;
    }
    return [low, high + end];
  }
  let first = low;
  while (first < high - 2 && PARTICLES.has(text.charAt(first))) first++;
  let start = first;
  const least = Math.max(first - MAX_BEFORE, 0);
  while (start > least && isHan(text.charAt(start - 1)) && !isOpened(text, start)) start--;
  return [start, high + (lexicon.hanUnits.search(behind)?.[1] ?? 0)];
}

/** @param {string} text @param {number} at */
function isOpened(text, at) {
  return PARTICLES.has(text.charAt(at - 1)) || OPENERS.some((word) => text.endsWith(word, at));
}

/**
 * Not a street, a product or a firm that only carries the word: "University Road", "Hospital Supplies Ltd".
 * @param {string} folded
 * @param {Span} place
 * @param {Lexicon} lexicon
 */
function isBody(folded, [low, high], lexicon) {
  const tokens = wordList(folded.slice(low, high));
  const follows = wordList(folded.slice(high, high + 40)).slice(0, 2);
  const kinds = lexicon.nameWords.not_bodies;
  if ([...follows.slice(0, 1), ...tokens].some((word) => kinds.has(word))) return false;
  const inHan = [...kinds].filter((kind) => isHan(kind.charAt(0)));
  if (tokens.some((word) => isHan(word.charAt(0)) && inHan.some((kind) => word.includes(kind)))) return false;
  return ![...tokens.slice(1), ...follows].some((word) => lexicon.isLegalForm(word));
}
