/** Facts of the web links: where they really lead, and what they carry. Twin of server/evidence/links.py. */

import { domainBrandWord } from "./brands.js";
import { findSites } from "./contacts.js";
import { addresses } from "./mail.js";
import { areTwins, cleanHost, imitates, imitatesBrand, inList, isIp, officialBrand } from "./names.js";
import { fold, trim } from "./plain.js";
import { parseUrl, prefilledAddress, unwrap } from "./urls.js";

/** @typedef {import("../shared/types.js").Link} Link */
/** @typedef {import("./evidence.js").Evidence} Evidence */
/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./urls.js").Url} Url */

const MAX_LINKS = 2000;
const MAX_LISTED = 20;
const OPT_OUT = ["unsubscribe", "optout", "opt-out", "退订", "desuscri", "désabonn", "abmelden", "отписат", "preferences"];

/**
 * The facts `links.*`. The first 2,000 links are read; the count tells of all.
 * @param {Mail} mail
 * @param {Evidence} evidence
 */
export function linkFacts(mail, evidence) {
  const given = mail.message.links;
  if (given === undefined) return;
  const { sets } = mail.lexicon;
  const pairs = given.slice(0, MAX_LINKS).flatMap((link) => {
    const url = target(link.href, mail);
    return url ? [{ link: { text: link.text ?? "", href: link.href }, url }] : [];
  });
  const hosts = pairs.map(({ url }) => url.host);
  const recipients = addresses(mail.recipients).filter((entry) => mail.isOwn(entry) || mail.ownDomains.size === 0);
  const ours = [...new Set([...recipients, ...mail.ownAddresses])].sort();
  evidence.put("links.count", pairs.length + given.length - Math.min(given.length, MAX_LINKS));
  evidence.put("links.mismatched", listed(pairs.map(({ link, url }) => mismatch(link, url, mail)).filter((text) => text !== "")));
  evidence.put("links.shorteners", listed(hosts.filter((host) => inList(host, sets.url_shorteners))));
  evidence.put("links.free_hosts", listed(hosts.filter((host) => inList(host, sets.free_hosts))));
  evidence.put("links.lookalikes", listed([...new Set(hosts)].filter((host) => isLookalike(host, mail))));
  evidence.put("links.numeric", listed(pairs.filter(({ url }) => isIp(url.host) || url.user !== "").map(({ url }) => url.host)));
  evidence.put("links.prefilled", listed(pairs.filter(({ link, url }) => isPrefilled(link, url, ours)).map(({ url }) => url.host)));
}

/**
 * @param {string} href
 * @param {Mail} mail
 * @returns {Url | null} where a link leads once search and safe-link wrappers are taken off; null for mailto and the like
 */
function target(href, mail) {
  const url = parseUrl(unwrap(href));
  return url && mail.isOwnHost(url.host) && isIp(url.host) ? null : url;
}

/**
 * @param {Link} link
 * @param {Url} url
 * @param {Mail} mail
 * @returns {string} `shown -> real` where the words shown name another organisation's site than the link's, "" if not
 */
function mismatch(link, url, mail) {
  const text = trim(link.text);
  const { lexicon } = mail;
  if (text === "" || text.length > 500 || !text.includes(".")) return "";
  const shown = findSites(fold(text), lexicon, true, 1)[0]?.value ?? "";
  if (!shown || inList(url.host, lexicon.sets.tracking_hosts) || areTwins(shown, url.host, lexicon)) return "";
  // The words are a site's name only if little else stands there: "see our offer at acme.com and reply" is prose.
  if (text.length > shown.length + 80) return "";
  const brand = officialBrand(shown, lexicon);
  return brand && brand.name === officialBrand(url.host, lexicon)?.name ? "" : `${shown} -> ${url.host}`;
}

/**
 * A link host that imitates a brand, one of our domains or the sender's, or carries a brand's domain in front.
 * @param {string} host
 * @param {Mail} mail
 */
function isLookalike(host, mail) {
  const { lexicon } = mail;
  if (mail.isOwnHost(host) || officialBrand(host, lexicon)) return false;
  if (imitatesBrand(host, lexicon) || domainBrandWord(host, lexicon)) return true;
  const targets = [...mail.ownDomains].sort();
  if (mail.org && !mail.isOwnHost(mail.host)) targets.push(mail.org);
  return targets.some((known) => imitates(host, known, lexicon)) || carriesDomain(host, targets, mail);
}

/**
 * `apple.com.login.example`, or `alibaba-login.example.top`: another's name before the real domain.
 * @param {string} host
 * @param {string[]} targets
 * @param {Mail} mail
 */
function carriesDomain(host, targets, mail) {
  const labels = host.split(".");
  for (const size of [2, 3]) {
    for (let at = 0; at + size < labels.length; at++) {
      const front = labels.slice(at, at + size).join(".");
      if (mail.lexicon.official.has(front) || targets.includes(front)) return true;
    }
  }
  return labels.slice(0, -2).some((label) => label.includes("-") && domainBrandWord(`${label}.com`, mail.lexicon) !== null);
}

/**
 * @param {Link} link
 * @param {Url} url
 * @param {string[]} ours
 */
function isPrefilled(link, url, ours) {
  const shown = `${link.text.slice(0, 200)} ${url.path.slice(0, 200)}`.toLowerCase();
  return !OPT_OUT.some((mark) => shown.includes(mark)) && prefilledAddress(url, ours) !== "";
}

/**
 * Without repeats, in the mail's order, twenty at most.
 * @param {string[]} found
 */
function listed(found) {
  return [...new Set(found.map((entry) => (entry.includes(" ") ? entry : cleanHost(entry))))].slice(0, MAX_LISTED);
}
