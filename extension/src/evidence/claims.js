/**
 * Claims to be a well-known brand or an institution: in the signature or in a self-introduction, not by mere mention.
 * "We supply Walmart", "like Bosch" and "Bosch valves" claim nothing. Twin of server/evidence/claims.py.
 */

import { brandPlaces } from "./brands.js";
import { isFree, officialBrand } from "./names.js";
import { fold, isAlpha, isHan, strip, trim, wordList } from "./plain.js";

/** @typedef {import("../shared/types.js").Quote} Quote */
/** @typedef {import("./brands.js").BrandPlace} BrandPlace */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./plain.js").Span} Span */
/** @typedef {{ name: string, quotes: Quote[] }} Claim */

const BEFORE = 140;
const AFTER = 80;
const MAX_NAME = 80;
const MAX_HITS = 40;
const STOPS = Array.from(".!?。！？\n");
const SEPARATORS = new Set(",;|()（），；：:\n\t。.!?");
const SOCIAL_KINDS = new Set(["platform", "service", "tech"]);
const CLAUSE_ENDS = new Set(",.;，。)（(");
const NAME_MARKS = new Set("&'’.-");
/** @type {Claim} */
const NOTHING = { name: "", quotes: [] };

/**
 * @param {Mail} mail
 * @param {Span[]} closing
 * @returns {Claim} the brand claimed while the sender's domain is not that brand's
 */
export function brandClaim(mail, closing) {
  const { lexicon, text } = mail;
  const official = isFree(mail.host, lexicon) ? null : officialBrand(mail.host, lexicon);
  if (mail.isOwn(mail.address)) return NOTHING;
  for (const [start, end] of mail.read) {
    const folded = fold(text.slice(start, end));
    for (const place of brandPlaces(folded, lexicon)) {
      if (official?.name === place.brand.name || !introduces(folded, place, lexicon)) continue;
      return { name: place.brand.name, quotes: [mail.quote(start + Math.max(0, place.start - 40), start + place.end)] };
    }
  }
  for (const [start, end] of closing) {
    const folded = fold(text.slice(start, end)).slice(0, 200);
    for (const place of brandPlaces(folded, lexicon)) {
      if (official?.name === place.brand.name || !signs(folded, place, lexicon)) continue;
      return { name: place.brand.name, quotes: [mail.quote(start, end)] };
    }
  }
  return NOTHING;
}

/** @param {string} before @returns {string} what stands there since the last end of a sentence */
function sinceStop(before) {
  return trim(before.slice(Math.max(...STOPS.map((stop) => before.lastIndexOf(stop))) + 1));
}

/** @param {string} folded @param {BrandPlace} place @param {Lexicon} lexicon */
function introduces(folded, { start, end, brand }, lexicon) {
  const before = folded.slice(Math.max(0, start - BEFORE), start);
  const after = folded.slice(end, end + AFTER);
  const follows = wordList(after).slice(0, 2);
  if (["@", "/", "-"].includes(after.charAt(0))) return false;
  // "Bosch distributor", "Bosch authorised dealer": the writer deals in the brand.
  if (follows.some((word) => lexicon.nameWords.reseller.has(word))) return false;
  const isFirm = lexicon.brandAfter.search(after) !== null;
  if (lexicon.introduction.search(before) !== null) return !brand.everyday || isFirm || firmFollows(after, lexicon);
  // "Walmart Procurement Department" at the start of a line or sentence speaks for itself.
  return isFirm && sinceStop(before) === "";
}

/**
 * After an everyday name: a legal form, a firm's word, or the end of the clause.
 * @param {string} after
 * @param {Lexicon} lexicon
 */
function firmFollows(after, lexicon) {
  const first = wordList(after)[0];
  if (first === undefined || CLAUSE_ENDS.has(trim(after).charAt(0))) return true;
  return lexicon.nameWords.domain_words.has(first) || lexicon.isLegalForm(first) || first.startsWith("公司");
}

/**
 * Whether a signature line names the brand as the writer's firm.
 * @param {string} folded
 * @param {BrandPlace} place
 * @param {Lexicon} lexicon
 */
function signs(folded, { start, end, brand }, lexicon) {
  if (start > 0 && ["@", "/", ".", "_"].includes(folded.charAt(start - 1))) return false;
  if (["@", "/", "_"].includes(folded.charAt(end))) return false;
  const around = [...wordList(folded.slice(0, start)), ...wordList(folded.slice(end))];
  const { reseller, roles, domain_words: known } = lexicon.nameWords;
  if (around.some((word) => reseller.has(word) && !roles.has(word)) || around.includes("sent")) return false;
  if (around.some((word) => roles.has(word) || hasHanRole(word, roles))) return true;
  const isFirm = around.every((word) => known.has(word) || lexicon.isLegalForm(word));
  // A line that is only "LinkedIn" or "Alibaba" is a link to a shop or profile.
  return isFirm && (around.length > 0 || !(brand.everyday || SOCIAL_KINDS.has(brand.kind)));
}

/** @param {string} word @param {Set<string>} roles */
function hasHanRole(word, roles) {
  return isHan(word.charAt(0)) && [...roles].some((role) => isHan(role.charAt(0)) && word.includes(role));
}

/**
 * @param {Mail} mail
 * @param {Span[]} closing
 * @returns {Claim} the institution's name as written, if sender's name, signature or self-introduction claims to be it
 */
export function institutionClaim(mail, closing) {
  const { lexicon } = mail;
  const shown = (mail.sender?.name ?? "").slice(0, 200);
  const inName = namedBody(shown, lexicon);
  if (inName !== null) return { name: inName, quotes: [] };
  for (const [start, end] of closing) {
    const name = namedBody(mail.text.slice(start, Math.min(end, start + 200)), lexicon);
    if (name !== null) return { name, quotes: [mail.quote(start, end)] };
  }
  for (const span of mail.read) {
    const found = introducedBody(mail, span);
    if (found.name !== "") return found;
  }
  return NOTHING;
}

/** @param {string} line @param {Lexicon} lexicon */
function namedBody(line, lexicon) {
  const folded = fold(line);
  for (const [low, high] of lexicon.institution.places(folded, 3)) {
    const name = fullName(line, low, high);
    if (isBody(folded, high, name, lexicon)) return name;
  }
  return null;
}

/** @param {Mail} mail @param {Span} span @returns {Claim} */
function introducedBody(mail, [start, end]) {
  const text = mail.text.slice(start, end);
  const folded = fold(text);
  for (const [low, high] of mail.lexicon.institution.places(folded, MAX_HITS)) {
    const first = nameStart(text, low);
    const name = fullName(text, low, high);
    if (!isBody(folded, high, name, mail.lexicon)) continue;
    const isSpoken = isHan(folded.charAt(low))
      ? [...mail.lexicon.nameWords.han_self].some((word) => folded.slice(Math.max(0, low - 24), high).includes(word))
      : speaks(folded, first, high, mail.lexicon);
    if (isSpoken) return { name, quotes: [mail.quote(start + first, start + high)] };
  }
  return NOTHING;
}

/** @param {string} folded @param {number} first @param {number} high @param {Lexicon} lexicon */
function speaks(folded, first, high, lexicon) {
  const before = folded.slice(Math.max(0, first - BEFORE), first);
  if (lexicon.introduction.search(before) !== null) return true;
  const after = folded.slice(high, high + 120);
  const rest = after.slice(after.length - strip(`${after}.`).length + 1);
  const isAtStart = ["", "the"].includes(sinceStop(before));
  return isAtStart && lexicon.claimAfter.search(rest === after ? rest : ` ${rest}`) !== null;
}

/**
 * The start of the name: capitalised words right before the place belong to it, six at most.
 * @param {string} text
 * @param {number} low
 */
function nameStart(text, low) {
  let first = low;
  for (let count = 0; count < 6; count++) {
    const least = Math.max(0, first - 12);
    let stop = first;
    while (stop > least && text[stop - 1] === " ") stop--;
    let begin = stop;
    while (begin > 0 && stop - begin < 30 && (isAlpha(text.charAt(begin - 1)) || NAME_MARKS.has(text.charAt(begin - 1)))) begin--;
    const word = text.slice(begin, stop);
    const lower = word.toLowerCase();
    if (word === "" || (word === lower && !["of", "and", "for", "&"].includes(word)) || lower === "the" || lower === "from") break;
    first = begin;
  }
  return first;
}

/**
 * The name as written: from its first capitalised word to the next separator, at most 80 places.
 * @param {string} text
 * @param {number} low
 * @param {number} high
 */
function fullName(text, low, high) {
  const first = isHan(text.charAt(low)) ? low : nameStart(text, low);
  let end = high;
  while (end < text.length && end - first < MAX_NAME && !SEPARATORS.has(text.charAt(end))) end++;
  const stop = end - high > 30 ? high : Math.min(end, Math.max(high, first + MAX_NAME));
  return trim(text.slice(first, stop)).slice(0, MAX_NAME);
}

/**
 * Not a street, a product or a firm that only carries the word: "University Road", "Hospital Supplies Ltd".
 * @param {string} folded
 * @param {number} high
 * @param {string} name
 * @param {Lexicon} lexicon
 */
function isBody(folded, high, name, lexicon) {
  const follows = wordList(folded.slice(high, high + 40)).slice(0, 2);
  const tokens = wordList(fold(name));
  if ([...follows.slice(0, 1), ...tokens].some((word) => lexicon.nameWords.not_bodies.has(word))) return false;
  return ![...tokens.slice(1), ...follows].some((word) => lexicon.isLegalForm(word));
}
