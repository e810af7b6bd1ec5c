/** What the display name and the local part pretend: another address, a brand. Twin of server/evidence/sender_name.py. */

import { brandAndWords, brandPlaces } from "./brands.js";
import { findAddresses } from "./contacts.js";
import { hostOf } from "./mail.js";
import { isFree, officialBrand, orgDomain } from "./names.js";
import { DIGITS, fold, isAlpha, isHan, rstrip, wordList } from "./plain.js";

/** @typedef {import("./brands.js").BrandPlace} BrandPlace */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./mail.js").Mail} Mail */

const MAX_NAME = 300;

/**
 * A mail address inside the display name whose organisational domain differs from the sender's, "" if none.
 * `someone@x.example via List` is how lists and ticket systems rewrite the sender, so it does not count.
 * @param {string} name
 * @param {Mail} mail
 */
export function nameAddress(name, mail) {
  if (` ${fold(name)} `.includes(" via ")) return "";
  const found = findAddresses(name.slice(0, MAX_NAME)).find(({ value }) => {
    return orgDomain(hostOf(value), mail.lexicon) !== mail.org && !mail.isOwn(value);
  });
  return found?.value ?? "";
}

/**
 * The brand that the display name shows while the sender's domain is not one of that brand's, "" if none. Silent for
 * dealers ("Bosch dealer Nairobi"), and for people who are called like a brand ("Mercedes Ruiz").
 * @param {string} name
 * @param {Mail} mail
 */
export function nameBrand(name, mail) {
  const folded = fold(name.slice(0, MAX_NAME));
  const official = isFree(mail.host, mail.lexicon) ? null : officialBrand(mail.host, mail.lexicon);
  for (const place of brandPlaces(folded, mail.lexicon)) {
    if (official?.name === place.brand.name) continue;
    if (namesTheBrand(folded, place, mail.lexicon)) return place.brand.name;
  }
  return "";
}

/**
 * @param {string} folded
 * @param {BrandPlace} place
 * @param {Lexicon} lexicon
 */
function namesTheBrand(folded, { start, end, brand }, lexicon) {
  const around = [...wordList(folded.slice(0, start)), ...wordList(folded.slice(end))];
  if (around.some((word) => lexicon.nameWords.reseller.has(word)) || folded[end] === "@") return false;
  if (around.some((word) => speaksForAFirm(word, lexicon))) return true;
  // One word beside the brand and no firm's word: a person's name. An everyday word alone says nothing either.
  const others = around.filter(isAlpha);
  return !brand.everyday && (others.length === 0 || (others.length > 1 && start === 0));
}

/**
 * @param {string} word
 * @param {Lexicon} lexicon
 */
function speaksForAFirm(word, lexicon) {
  const { nameWords } = lexicon;
  if (isHan(word.charAt(0))) {
    return [...nameWords.roles, ...nameWords.han_firms].some((role) => isHan(role.charAt(0)) && word.includes(role));
  }
  return word === "com" || nameWords.domain_words.has(word) || nameWords.roles.has(word) || lexicon.isLegalForm(word);
}

/**
 * @param {string} local
 * @param {Lexicon} lexicon
 * @returns {string} the brand in the local part of a freemail address: alone, or beside procurement or place words
 */
export function localBrand(local, lexicon) {
  const name = local.split("+", 1)[0] ?? "";
  const joined = wordList(fold(name)).join("");
  const letters = rstrip(joined, DIGITS);
  for (const brand of lexicon.brands) {
    const isExact = brand.aliases.some((alias) => lexicon.formsOf(alias).join("") === letters);
    if (isExact && joined.length >= 4 && !brand.everyday) return brand.name;
  }
  return brandAndWords(name, lexicon)?.name ?? "";
}
