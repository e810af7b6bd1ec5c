/** Facts of the sender's and the Reply-To address, and of the recipients. Twin of server/evidence/sender.py. */

import { domainBrandWord } from "./brands.js";
import { isMailingList, namesListHost } from "./headers.js";
import { isGarbled, isMachineHost, isRandom } from "./machine_made.js";
import { addresses, hostOf } from "./mail.js";
import { imitates, imitatesBrand, skeleton } from "./imitation.js";
import {
  areTwins,
  inList,
  isAscii,
  isDisposable,
  isFree,
  isIp,
  officialBrand,
  orgDomain,
  unicodeHost,
} from "./names.js";
import { DIGITS, isAlpha, isHan, rstrip, trim, wordList } from "./plain.js";
import { localBrand, nameAddress, nameBrand } from "./sender_name.js";

/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./evidence.js").Evidence} Evidence */

/** @type {[string, number, number][]} */
const SCRIPTS = [
  ["latin", 0x41, 0x24f],
  ["latin", 0x1e00, 0x1eff],
  ["greek", 0x370, 0x3ff],
  ["cyrillic", 0x400, 0x52f],
  ["armenian", 0x530, 0x58f],
  ["cherokee", 0x13a0, 0x13ff],
];

/**
 * The facts `sender.*`, `recipients.*` and `reply_to.*`.
 * @param {Mail} mail
 * @param {Evidence} evidence
 */
export function senderFacts(mail, evidence) {
  addressFacts(mail, evidence);
  recipientFacts(mail, evidence);
  replyToFacts(mail, evidence);
}

/** @param {string} text */
function afterLastDot(text) {
  return text.slice(text.lastIndexOf(".") + 1);
}

/** @param {Mail} mail @param {Evidence} evidence */
function addressFacts(mail, evidence) {
  if (mail.sender) evidence.put("sender.name", trim(mail.sender.name));
  if (!mail.host || !mail.sender) return;
  const { lexicon, host } = mail;
  const local = mail.address.slice(0, mail.address.lastIndexOf("@"));
  const name = trim(mail.sender.name);
  const free = isFree(host, lexicon);
  evidence.put("sender.address", mail.address);
  evidence.put("sender.local", local);
  evidence.put("sender.domain", host);
  evidence.put("sender.org_domain", mail.org);
  evidence.put("sender.tld", afterLastDot(host));
  evidence.put("sender.free_provider", free);
  evidence.put("sender.disposable", isDisposable(host, lexicon));
  evidence.put("sender.alias_provider", inList(host, lexicon.sets.alias_providers));
  evidence.put("sender.vanity_provider", inList(host, lexicon.sets.vanity_providers));
  evidence.put("sender.role_local", isRole(local, lexicon.sets.role_locals));
  evidence.put("sender.random_local", isRandom(local, host, free, lexicon));
  evidence.put("sender.machine_host", isMachineHost(host));
  evidence.put("sender.name_garbled", isGarbled(name));
  evidence.put("sender.suspicious_tld", lexicon.sets.suspicious_tlds.has(afterLastDot(host)));
  evidence.put("sender.own_domain", mail.isOwn(mail.address));
  evidence.put("sender.name_address", nameAddress(name, mail));
  evidence.put("sender.gov_edu_domain", isOfficialBody(host, lexicon.sets));
  evidence.put("sender.homoglyph", isHomoglyph(host, mail));
  brandFacts(mail, evidence, name, local, free);
}

/**
 * @param {Mail} mail
 * @param {Evidence} evidence
 * @param {string} name
 * @param {string} local
 * @param {boolean} free
 */
function brandFacts(mail, evidence, name, local, free) {
  const { lexicon, host } = mail;
  const ours = mail.isOwn(mail.address);
  const official = free ? null : officialBrand(host, lexicon);
  const worded = free || ours ? null : domainBrandWord(host, lexicon);
  const near = free || ours ? null : imitatesBrand(host, lexicon);
  evidence.put("sender.official_brand", official?.name ?? "");
  evidence.put("sender.domain_brand_word", worded?.name ?? "");
  evidence.put("sender.lookalike_brand", near?.[1] ?? "");
  const own = ours ? [] : [...mail.ownDomains].sort();
  evidence.put("sender.lookalike_own", own.find((target) => imitates(host, target, lexicon)) ?? "");
  evidence.put("sender.name_brand", ours ? "" : nameBrand(name, mail));
  evidence.put("sender.local_brand", free ? localBrand(local, lexicon) : "");
}

/**
 * @param {string} local
 * @param {Set<string>} roles
 * @returns {boolean} a role mailbox, by its first word or as a whole: `sales`, `sales01`, `export-sales`, `info.de`
 */
export function isRole(local, roles) {
  if (roles.has(local)) return true;
  const parts = wordList(local.split("+", 1)[0] ?? "");
  const first = parts[0];
  if (first === undefined || parts.length > 2) return false;
  return roles.has(rstrip(first, DIGITS));
}

/**
 * A host under a government, army, university or treaty-body suffix (.gov, .edu, .ac.uk, .gob.mx, .gouv.fr …).
 * @param {string} host
 * @param {import("./lexicon.js").Lexicon["sets"]} sets
 */
function isOfficialBody(host, sets) {
  const labels = host.split(".");
  const last = labels[labels.length - 1] ?? "";
  if (labels.length < 2 || isIp(host)) return false;
  if (sets.official_tlds.has(last)) return true;
  return last.length === 2 && labels.length > 2 && sets.official_labels.has(labels[labels.length - 2] ?? "");
}

/**
 * The host mixes Latin with look-alike scripts in one label, or a whole label only looks Latin.
 * @param {string} host
 * @param {Mail} mail
 */
function isHomoglyph(host, mail) {
  const seen = unicodeHost(host);
  if (isAscii(seen)) return false;
  const plainTld = isAscii(afterLastDot(seen));
  return seen.split(".").some((label) => {
    const scripts = new Set(Array.from(label).filter(isAlpha).map(script));
    const isMixed = ["greek", "cyrillic", "armenian", "cherokee"].some((name) => scripts.has(name));
    if (scripts.has("latin") && isMixed) return true;
    const isForeign =
      scripts.size > 0 && [...scripts].every((name) => ["greek", "cyrillic", "armenian"].includes(name));
    return isForeign && plainTld && isAscii(skeleton(label, mail.lexicon));
  });
}

/** @param {string} char */
function script(char) {
  const code = char.codePointAt(0) ?? 0;
  if (isHan(char)) return "han";
  return SCRIPTS.find(([, low, high]) => low <= code && code <= high)?.[0] ?? "other";
}

/** @param {Mail} mail @param {Evidence} evidence */
function recipientFacts(mail, evidence) {
  if (mail.recipients === null) return;
  const given = addresses(mail.recipients);
  const knowsOwn = mail.ownDomains.size > 0 || mail.ownAddresses.size > 0;
  const noneIsOwn = knowsOwn && !given.some((entry) => mail.isOwn(entry));
  evidence.put("recipients.count", given.length);
  evidence.put("recipients.undisclosed", given.length === 0 || noneIsOwn);
  if (mail.address) {
    evidence.put("sender.self_addressed", given.length > 0 && given.every((entry) => entry === mail.address));
  }
}

/** @param {Mail} mail @param {Evidence} evidence */
function replyToFacts(mail, evidence) {
  if (mail.replyTo === null) return;
  const { lexicon } = mail;
  const given = addresses(mail.replyTo);
  const relays = lexicon.sets.mail_relays;
  evidence.put("reply_to.addresses", given);
  evidence.put(
    "reply_to.relay",
    given.some((entry) => inList(hostOf(entry), relays)),
  );
  if (!mail.host) return;
  const others = inList(mail.host, relays) ? [] : given.filter((entry) => isElsewhere(entry, mail));
  const isFromFree = isFree(mail.host, lexicon);
  const isOtherFree = given.some(
    (entry) => entry !== mail.address && isFree(hostOf(entry), lexicon) && !mail.isOwn(entry),
  );
  const isNear = others.some((entry) => imitates(hostOf(entry), mail.host, lexicon));
  evidence.put("reply_to.differs", others.length > 0);
  evidence.put(
    "reply_to.free_provider",
    others.some((entry) => isFree(hostOf(entry), lexicon)),
  );
  evidence.put("reply_to.other_free", isFromFree && isOtherFree);
  evidence.put("reply_to.lookalike", isNear && !isFromFree ? mail.org : "");
}

/** @param {string} entry @param {Mail} mail */
function isElsewhere(entry, mail) {
  const host = hostOf(entry);
  const org = orgDomain(host, mail.lexicon);
  const { headers } = mail.message;
  if (areTwins(host, mail.host, mail.lexicon) || inList(host, mail.lexicon.sets.mail_relays)) return false;
  // A list or a form that answers to its readers.
  if (mail.isOwn(entry) || addresses(mail.recipients).includes(entry)) return false;
  if (isMailingList(headers) && namesListHost(headers, org)) return false;
  return org !== mail.org;
}
