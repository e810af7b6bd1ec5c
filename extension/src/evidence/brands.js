/**
 * Finds protected brands in text, names and domains, and tells a brand's name from a word that only contains it.
 * Twin of server/evidence/brands.py.
 */

import { isAscii, isIp, officialBrand, splitOrg } from "./names.js";
import { fold, hasHan, isAlnum, isDigit, isHan, wordList, words } from "./plain.js";

/** @typedef {import("./lexicon.js").Brand} Brand */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {{ start: number, end: number, brand: Brand }} BrandPlace */

const MAX_HITS = 100;
/** Shorter names are taken as part of a longer word only beside a hyphen: `abb` stands in `abbey`. */
const MIN_JOINED = 5;

/**
 * @param {string} folded
 * @param {Lexicon} lexicon
 * @returns {BrandPlace[]} brand names as whole words; Chinese names anywhere; at most 100 of the former
 */
export function brandPlaces(folded, lexicon) {
  /** @type {BrandPlace[]} */
  const found = [];
  let past = 0;
  for (const word of words(folded)) {
    if (word.start < past) continue;
    for (const [alias, brand] of lexicon.byWord.get(word.text) ?? []) {
      const end = word.start + alias.length;
      if (!folded.startsWith(alias, word.start) || !endsThere(folded, end)) continue;
      found.push({ start: word.start, end, brand });
      past = end;
      break;
    }
    if (found.length >= MAX_HITS) return found;
  }
  if (!hasHan(folded)) return found;
  for (const [alias, brand] of lexicon.hanAliases) {
    const start = folded.indexOf(alias);
    if (start >= 0) found.push({ start, end: start + alias.length, brand });
  }
  return found;
}

/** @param {string} folded @param {number} end */
function endsThere(folded, end) {
  const next = folded.charAt(end);
  return next === "" || !isAlnum(next) || isHan(next);
}

/**
 * The brand whose name plus procurement or place words makes up the host's organisational name:
 * `apple-procurement.com`, `tesla-usa.org`, `walmartsupply.com`; not `appleton.com`, nor any brand's official domain.
 * @param {string} host
 * @param {Lexicon} lexicon
 * @returns {Brand | null}
 */
export function domainBrandWord(host, lexicon) {
  if (!host || isIp(host) || officialBrand(host, lexicon)) return null;
  return brandAndWords(splitOrg(host, lexicon)[0], lexicon);
}

/**
 * @param {string} name
 * @param {Lexicon} lexicon
 * @returns {Brand | null} the brand in a name made of it and at least one known word, with or without hyphens between
 */
export function brandAndWords(name, lexicon) {
  const parts = wordList(fold(name));
  const known = lexicon.nameWords.domain_words;
  for (const brand of lexicon.brands) {
    for (const alias of brand.aliases) {
      const forms = lexicon.formsOf(alias);
      if (forms.length === 0 || !isAscii(alias)) continue;
      if (isBrandAndWords(parts, forms, known, !brand.everyday)) return brand;
    }
  }
  return null;
}

/**
 * @param {string[]} parts
 * @param {string[]} forms
 * @param {Set<string>} known
 * @param {boolean} joins whether the brand's name may be grown together with a known word
 */
function isBrandAndWords(parts, forms, known, joins) {
  const name = forms.join("");
  const apart = without(parts, forms);
  const rest = apart.length > 0 ? apart : without(parts, [name]);
  if (rest.length > 0) return allKnown(rest, known);
  return (
    joins &&
    parts.some((part, at) => {
      return isJoinedRest(part, name, known) && allKnown([...parts.slice(0, at), ...parts.slice(at + 1)], known);
    })
  );
}

/**
 * @param {string[]} parts
 * @param {string[]} forms
 * @returns {string[]} the parts beside the brand's own; none if the brand is not among them or nothing else is there
 */
function without(parts, forms) {
  for (let at = 0; at + forms.length <= parts.length; at++) {
    if (forms.every((form, index) => parts[at + index] === form)) {
      return [...parts.slice(0, at), ...parts.slice(at + forms.length)];
    }
  }
  return [];
}

/** @param {string[]} rest @param {Set<string>} known */
function allKnown(rest, known) {
  return rest.every((part) => known.has(part) || isDigit(part) || isTwoWords(part, known));
}

/** @param {string} part @param {Set<string>} known */
function isTwoWords(part, known) {
  for (let at = 2; at < Math.min(part.length, 30) - 1; at++) {
    if (known.has(part.slice(0, at)) && known.has(part.slice(at))) return true;
  }
  return false;
}

/** @param {string} part @param {string} name @param {Set<string>} known */
function isJoinedRest(part, name, known) {
  if (name.length < MIN_JOINED || part === name) return false;
  let rest;
  if (part.startsWith(name)) rest = part.slice(name.length);
  else if (part.endsWith(name) && part.length - name.length > 2) rest = part.slice(0, -name.length);
  else return false;
  return rest.length > 1 && (known.has(rest) || isTwoWords(rest, known));
}
