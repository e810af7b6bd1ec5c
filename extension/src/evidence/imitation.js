/** Whether one host's name imitates another's. Twin of the second half of server/evidence/names.py. */

import { distance } from "./distance.js";
import { MAX_HOST, areTwins, isDigits, isFree, isIp, isNationalOrCom, officialBrand, splitOrg } from "./names.js";
import { bare } from "./plain.js";

/** @typedef {import("./lexicon.js").Brand} Brand */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */

/**
 * @param {string} name
 * @param {Lexicon} lexicon
 * @returns {string} what a hasty reader sees: look-alike characters as one, accents and hyphens gone
 */
export function skeleton(name, lexicon) {
  const look = (/** @type {string} */ text) =>
    Array.from(text, (char) => lexicon.confusables.get(char) ?? char).join("");
  return look(bare(look(name.slice(0, MAX_HOST).toLowerCase()))).replaceAll("-", "");
}

/**
 * @param {string} host
 * @param {string} target
 * @param {Lexicon} lexicon
 * @returns {boolean} whether its organisational domain could be taken for the target's, and is neither it nor a twin
 */
export function imitates(host, target, lexicon) {
  if (!host || !target || areTwins(host, target, lexicon) || isFree(host, lexicon) || isIp(host)) return false;
  const name = splitOrg(host, lexicon)[0];
  const label = splitOrg(target, lexicon)[0];
  if (isDigits(label) || label.length < 3) return false;
  if (name === label) return label.length >= 4;
  return skeleton(name, lexicon) === skeleton(label, lexicon) || isNear(name, label);
}

/**
 * Distance 1, or 2 for names of eight letters and more; names under four letters are too short to compare.
 * @param {string} name
 * @param {string} label
 */
function isNear(name, label) {
  const one = name.replaceAll("-", "");
  const other = label.replaceAll("-", "");
  if (other.length < 4 || isDigits(one.slice(-1)) !== isDigits(other.slice(-1))) return false;
  return distance(one, other, 2) <= (other.length >= 8 ? 2 : 1);
}

/**
 * The brand, and its official domain, that a host imitates. Stricter than `imitates`, because there are many brands and
 * honest firms near them: the first letter stays, names under five letters count only by look or by a doubled letter,
 * other country domains of the name are the brand's.
 * @param {string} host
 * @param {Lexicon} lexicon
 * @returns {[Brand, string] | null}
 */
export function imitatesBrand(host, lexicon) {
  if (!host || officialBrand(host, lexicon) || isFree(host, lexicon) || isIp(host)) return null;
  const [name, suffix] = splitOrg(host, lexicon);
  const look = skeleton(name, lexicon);
  const isNational = isNationalOrCom(suffix, lexicon);
  for (const target of lexicon.targets) {
    if (name === target.name) {
      // Not equal domains (that would be official), so: another TLD of the name, perhaps the brand's own.
      if (name.length >= 5 && !target.brand.everyday && !(isNational && target.isNational))
        return [target.brand, target.domain];
    } else if (look === target.look || isNearBrand(name, target.name)) return [target.brand, target.domain];
  }
  return null;
}

/**
 * @param {string} name
 * @param {string} label
 */
function isNearBrand(name, label) {
  const one = name.replaceAll("-", "");
  const other = label.replaceAll("-", "");
  if (one.charAt(0) !== other.charAt(0) || Math.abs(one.length - other.length) > 2) return false;
  if (other.length < 5) {
    return Array.from(other).some((_, at) => one === other.slice(0, at + 1) + other.slice(at));
  }
  return distance(one, other, 2) <= (other.length >= 8 ? 2 : 1);
}
