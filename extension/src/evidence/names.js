/**
 * Host names: organisational domain, what a reader sees in them, whose they are. Twin of server/evidence/names.py,
 * together with imitation.js.
 */

import { trim } from "./plain.js";
import { decodePunycode } from "./punycode.js";

/** @typedef {import("./lexicon.js").Brand} Brand */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */

export const MAX_HOST = 253;
const DOT = new Set(".");
const DIGITS = /^[0-9]+$/;

/**
 * @param {string} host
 * @returns {string} as compared everywhere: lower case, no port, no dots around it ("" if longer than 253)
 */
export function cleanHost(host) {
  let text = trim(trim(host).toLowerCase(), DOT);
  if (!text.startsWith("[")) text = trim(text.split(":", 1)[0] ?? "", DOT);
  return text.length <= MAX_HOST ? text : "";
}

/**
 * @param {string} host
 * @returns {string} as a reader sees it: punycode labels decoded, broken ones left as they are
 */
export function unicodeHost(host) {
  if (!host.includes("xn--")) return host;
  return host.split(".").map(decoded).join(".");
}

/** @param {string} label */
function decoded(label) {
  if (!label.startsWith("xn--") || label.length > 63 || !isAscii(label)) return label;
  return decodePunycode(label.slice(4)) ?? label;
}

/**
 * @param {string} text
 * @returns {boolean}
 */
export function isAscii(text) {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/**
 * @param {string} text
 * @returns {boolean} ASCII digits only, at least one
 */
export function isDigits(text) {
  return DIGITS.test(text);
}

/**
 * @param {string} host
 * @returns {boolean} an IPv6 literal, or labels that are all digits
 */
export function isIp(host) {
  return host.startsWith("[") || (host !== "" && host.split(".").every(isDigits));
}

/**
 * @param {string} host
 * @param {Lexicon} lexicon
 * @returns {number} how many labels at the end are a public suffix (publicsuffix.org's algorithm; 1 where no rule matches)
 */
export function suffixLabels(host, lexicon) {
  const labels = unicodeHost(host).split(".");
  for (let index = 0; index < labels.length; index++) {
    const tail = labels.slice(index).join(".");
    if (lexicon.psl.has(`!${tail}`)) return labels.length - index - 1;
    if (lexicon.psl.has(tail)) return labels.length - index;
    if (index + 1 < labels.length && lexicon.psl.has(`*.${labels.slice(index + 1).join(".")}`))
      return labels.length - index;
  }
  return 1;
}

/**
 * @param {string} host
 * @param {Lexicon} lexicon
 * @returns {string} public suffix plus one label; a numeric host or a bare suffix is returned as it is
 */
export function orgDomain(host, lexicon) {
  const cleaned = cleanHost(host);
  if (cleaned === "" || isIp(cleaned)) return cleaned;
  const known = lexicon.orgDomains.get(cleaned);
  if (known !== undefined) return known;
  const org = cleaned
    .split(".")
    .slice(-(suffixLabels(cleaned, lexicon) + 1))
    .join(".");
  if (lexicon.orgDomains.size < 4096) lexicon.orgDomains.set(cleaned, org);
  return org;
}

/**
 * @param {string} host
 * @param {Lexicon} lexicon
 * @returns {[string, string]} name and public suffix of its organisational domain: `shop.acme.co.uk` is acme, co.uk
 */
export function splitOrg(host, lexicon) {
  const org = orgDomain(host, lexicon);
  const dot = org.indexOf(".");
  return dot < 0 ? [unicodeHost(org), ""] : [unicodeHost(org.slice(0, dot)), org.slice(dot + 1)];
}

/**
 * The host and the domains above it, the top-level one left out unless it stands alone.
 * @param {string} host
 * @returns {string[]}
 */
function above(host) {
  const labels = host.split(".");
  const count = Math.max(labels.length - 1, 1);
  return Array.from({ length: count }, (_, index) => labels.slice(index).join("."));
}

/**
 * @param {string} host
 * @param {ReadonlySet<string>} hosts
 * @returns {boolean} whether the host or a domain above it is listed
 */
export function inList(host, hosts) {
  return above(host).some((domain) => hosts.has(domain));
}

/**
 * @param {string} host
 * @param {Lexicon} lexicon
 * @returns {boolean} a public mailbox provider, by exact host or by its organisational domain; disposable ones are not
 */
export function isFree(host, lexicon) {
  return !isDisposable(host, lexicon) && inList(host, lexicon.sets.free_providers);
}

/**
 * @param {string} host
 * @param {Lexicon} lexicon
 * @returns {boolean} a throw-away mail provider; forwarding aliases are lasting and do not count
 */
export function isDisposable(host, lexicon) {
  return inList(host, lexicon.sets.disposable) && !inList(host, lexicon.sets.alias_providers);
}

/**
 * @param {string} host
 * @param {Lexicon} lexicon
 * @returns {Brand | null} the brand whose official domain this host is or lies under
 */
export function officialBrand(host, lexicon) {
  for (const domain of above(host)) {
    const brand = lexicon.official.get(domain);
    if (brand) return brand;
  }
  return null;
}

/**
 * The same organisation by its name: equal domains, or `acme.com` beside `acme.com.cn`, `acme.cn`, `acme.co.uk`.
 * Generic-use country TLDs (.co, .cc, .io) make no twins: whoever wants to imitate registers there.
 * @param {string} one
 * @param {string} other
 * @param {Lexicon} lexicon
 */
export function areTwins(one, other, lexicon) {
  const [name, suffix] = splitOrg(one, lexicon);
  const [otherName, otherSuffix] = splitOrg(other, lexicon);
  if (name !== otherName) return false;
  return suffix === otherSuffix || (isNationalOrCom(suffix, lexicon) && isNationalOrCom(otherSuffix, lexicon));
}

/**
 * @param {string} suffix
 * @param {Lexicon} lexicon
 */
export function isNationalOrCom(suffix, lexicon) {
  const last = suffix.slice(suffix.lastIndexOf(".") + 1);
  return suffix === "com" || (lexicon.cctlds.has(last) && !lexicon.sets.generic_cctlds.has(last));
}
