/**
 * Claims to be a well-known brand: in the signature or in a self-introduction, not by mere mention.
 * "We supply Walmart", "like Bosch" and "Bosch valves" claim nothing. Twin of server/evidence/claims.py.
 */

import { brandPlaces } from "./brands.js";
import { isFree, officialBrand } from "./names.js";
import { fold, isHan, trim, wordList } from "./plain.js";

/** @typedef {import("../shared/types.js").Quote} Quote */
/** @typedef {import("./brands.js").BrandPlace} BrandPlace */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./plain.js").Span} Span */
/** @typedef {{ name: string, quotes: Quote[] }} Claim */

export const BEFORE = 140;
const AFTER = 80;
const STOPS = Array.from(".!?。！？\n");
const SOCIAL_KINDS = new Set(["platform", "service", "tech"]);
const CLAUSE_ENDS = new Set(",.;，。)（(");
/** @type {Claim} */
export const NOTHING = { name: "", quotes: [] };

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
      if (official?.name === place.brand.name || !introduces(mail, folded, place)) continue;
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
export function sinceStop(before) {
  return trim(before.slice(Math.max(...STOPS.map((stop) => before.lastIndexOf(stop))) + 1));
}

/** @param {Mail} mail @param {string} folded @param {BrandPlace} place */
function introduces(mail, folded, { start, end, brand }) {
  const { lexicon } = mail;
  const before = folded.slice(Math.max(0, start - BEFORE), start);
  const after = folded.slice(end, end + AFTER);
  const follows = wordList(after).slice(0, 2);
  if (["@", "/", "-"].includes(after.charAt(0))) return false;
  // "Bosch distributor", "Bosch authorised dealer": the writer deals in the brand.
  if (follows.some((word) => lexicon.nameWords.reseller.has(word)) || isMention(before, after, lexicon)) return false;
  const isFirm = lexicon.brandAfter.search(after) !== null;
  if (lexicon.introduction.search(before) !== null) {
    if (isMailbox(brand, mail)) return isFirm || follows.some((word) => lexicon.nameWords.roles.has(word));
    return !brand.everyday || isFirm || firmFollows(after, lexicon);
  }
  // "Walmart Procurement Department" at the start of a line or sentence speaks for itself.
  return isFirm && sinceStop(before) === "";
}

/**
 * @param {string} before
 * @param {string} after
 * @param {Lexicon} lexicon
 * @returns {boolean} whether a name is only spoken of: where a paper comes from, what stands near by, whose supplier
 *   somebody is
 */
export function isMention(before, after, lexicon) {
  return lexicon.mentioned.search(before) !== null || lexicon.papers.search(after) !== null;
}

/**
 * "I am writing from Gmail" names a mailbox: the sender's provider, or a brand by which a provider is called.
 * @param {BrandPlace["brand"]} brand
 * @param {Mail} mail
 */
function isMailbox(brand, mail) {
  const boxes = brand.domains.filter((domain) => isFree(domain, mail.lexicon));
  return boxes.includes(mail.host) || boxes.some((domain) => brand.aliases.includes(domain.slice(0, domain.indexOf("."))));
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
  if (["@", "/", "_"].includes(folded.charAt(end)) || isMention(folded.slice(0, start), "", lexicon)) return false;
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
