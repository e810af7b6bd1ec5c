/** Facts of the web links: where they really lead, and what they carry. Twin of server/evidence/links.py. */

import { domainBrandWord } from "./brands.js";
import { findSites } from "./contacts.js";
import { addresses } from "./mail.js";
import { imitates, imitatesBrand } from "./imitation.js";
import { areTwins, cleanHost, inList, isIp, officialBrand } from "./names.js";
import { DIGITS, fold, rstrip, trim } from "./plain.js";
import { findUrls, parseUrl, prefilledAddress, unwrap } from "./urls.js";

/** @typedef {import("../shared/types.js").Link} Link */
/** @typedef {import("./evidence.js").Evidence} Evidence */
/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./urls.js").Url} Url */

const MAX_LINKS = 2000;
const MAX_LISTED = 20;
const SLASH = new Set("/");

/**
 * The facts `links.*`. The first 2,000 links are read; the count tells of all.
 * @param {Mail} mail
 * @param {Evidence} evidence
 */
export function linkFacts(mail, evidence) {
  if (mail.message.links === undefined && !mail.hasBody) return;
  const { sets, nameWords } = mail.lexicon;
  const given = allLinks(mail);
  const pairs = given.slice(0, MAX_LINKS).flatMap((link) => {
    const url = target(link.href, mail);
    return url ? [{ link, url }] : [];
  });
  const hosts = pairs.map(({ url }) => url.host);
  const recipients = addresses(mail.recipients).filter((entry) => mail.isOwn(entry) || mail.ownDomains.size === 0);
  const ours = [...new Set([...recipients, ...mail.ownAddresses])].sort();
  evidence.put("links.count", pairs.length + Math.max(0, given.length - MAX_LINKS));
  evidence.put(
    "links.mismatched",
    listed(pairs.map(({ link, url }) => mismatch(link, url, mail)).filter((text) => text !== "")),
  );
  evidence.put("links.shorteners", listed(hosts.filter((host) => inList(host, sets.url_shorteners))));
  evidence.put("links.free_hosts", listed(hosts.filter((host) => inList(host, sets.free_hosts))));
  evidence.put("links.lookalikes", listed([...new Set(hosts)].filter((host) => isLookalike(host, mail))));
  evidence.put(
    "links.numeric",
    listed(pairs.filter(({ url }) => isIp(url.host) || url.user !== "").map(({ url }) => url.host)),
  );
  const prefilled = pairs.filter(({ link, url }) => isPrefilled(link, url, ours, nameWords.opt_out));
  evidence.put("links.prefilled", listed(prefilled.map(({ url }) => url.host)));
}

/**
 * @param {Mail} mail
 * @returns {Link[]} those given, and the web addresses that the newest text shows as plain words: both can be clicked
 */
function allLinks(mail) {
  const given = (mail.message.links ?? []).map((link) => ({ text: link.text ?? "", href: link.href }));
  const known = new Set(given.flatMap((link) => [rstrip(link.href, SLASH), rstrip(link.text, SLASH)]));
  const shown = new Set(mail.read.flatMap((span) => findUrls(mail.text.slice(...span))));
  const added = [...shown].filter((address) => !known.has(rstrip(address, SLASH)));
  return [...given, ...added.map((address) => ({ text: address, href: address }))];
}

/**
 * @param {string} href
 * @param {Mail} mail
 * @returns {Url | null} where a link leads once search and safe-link wrappers are taken off; null for mailto and the like
 */
function target(href, mail) {
  const url = parseUrl(unwrap(href, mail.lexicon));
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
  if (!shown || areTwins(shown, url.host, lexicon) || isTracked(shown, url, mail)) return "";
  // The words are a site's name only if little else stands there: "see our offer at acme.com and reply" is prose.
  if (text.length > shown.length + 80) return "";
  const brand = officialBrand(shown, lexicon);
  return brand && brand.name === officialBrand(url.host, lexicon)?.name ? "" : `${shown} -> ${url.host}`;
}

/**
 * A click counter of a mailing service; or one of any name, where what is shown is the sender's own site.
 * @param {string} shown
 * @param {Url} url
 * @param {Mail} mail
 */
function isTracked(shown, url, mail) {
  const { lexicon } = mail;
  if (inList(url.host, lexicon.sets.tracking_hosts)) return true;
  const label = url.host.split(".", 1)[0] ?? "";
  return lexicon.nameWords.counters.has(rstrip(label, DIGITS)) && mail.host !== "" && areTwins(shown, mail.host, lexicon);
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
  return labels
    .slice(0, -2)
    .some((label) => label.includes("-") && domainBrandWord(`${label}.com`, mail.lexicon) !== null);
}

/**
 * @param {Link} link
 * @param {Url} url
 * @param {string[]} ours
 * @param {Set<string>} optOut
 */
function isPrefilled(link, url, ours, optOut) {
  const shown = `${link.text.slice(0, 200)} ${url.path.slice(0, 200)}`.toLowerCase();
  return ![...optOut].some((mark) => shown.includes(mark)) && prefilledAddress(url, ours) !== "";
}

/**
 * Without repeats, in the mail's order, twenty at most.
 * @param {string[]} found
 */
function listed(found) {
  return [...new Set(found.map((entry) => (entry.includes(" ") ? entry : cleanHost(entry))))].slice(0, MAX_LISTED);
}
