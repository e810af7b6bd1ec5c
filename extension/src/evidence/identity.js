/** Facts of who the writer says he is, all but those of phone numbers. Twin of server/evidence/identity.py. */

import { brandClaim } from "./claims.js";
import { findCompanies } from "./company.js";
import { findAddresses, findSites } from "./contacts.js";
import { institutionClaim } from "./institutions.js";
import { hostOf } from "./mail.js";
import { areTwins, inList, isAscii, isFree, orgDomain, splitOrg } from "./names.js";
import { findPerson } from "./person.js";
import { countries, hasPhone, hasPostalAddress } from "./places.js";
import { bare, fold, inside, isDigit, lettersOnly, trim, wordList } from "./plain.js";
import { isProse } from "./prose.js";
import { isRole } from "./sender.js";

/** @typedef {import("./company.js").Company} Company */
/** @typedef {import("./contacts.js").Place} Place */
/** @typedef {import("./evidence.js").Evidence} Evidence */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./plain.js").Span} Span */

const MAX_CLOSING_ROWS = 14;
const MAX_ROW = 400;
const MAX_FOUND = 50;
const AFTER_HOST = new Set("/ \n\r\t");

/**
 * The facts `identity.*`.
 * @param {Mail} mail
 * @param {Evidence} evidence
 */
export function identityFacts(mail, evidence) {
  const { lexicon, text } = mail;
  if (mail.host) evidence.put("identity.tld_country", tldCountry(mail.host, lexicon));
  if (!mail.hasBody) return;
  const rows = mail.rows([mail.parts.closing]).slice(0, MAX_CLOSING_ROWS);
  const cut = rows.map(([start, end]) => /** @type {Span} */ ([start, Math.min(end, start + MAX_ROW)]));
  // A sentence below the sign-off tells no name, firm or place of the writer's; the first row is the sign-off itself.
  const closing = cut.filter((row, at) => at === 0 || !isProse(text.slice(...row)));
  const person = findPerson(mail, closing);
  const signed = companyFacts(mail, closing, person.row, evidence);
  evidence.put("identity.person", person.name);
  const brand = brandClaim(mail, closing);
  evidence.put("identity.brand_claim", brand.name, brand.quotes);
  const body = institutionClaim(mail, closing);
  evidence.put("identity.institution_claim", body.name, body.quotes);
  contactFacts(mail, evidence);
  const skipped = [
    ...(person.row ? [person.row] : []),
    ...signed.map((one) => /** @type {Span} */ ([one.start, one.end])),
  ];
  const named = countries(text, closing, lexicon, skipped);
  evidence.put("identity.claimed_country", named.length === 1 ? named[0] : "");
  const ways = [
    hasPhone(text, closing),
    closing.some((row) => findSites(text.slice(...row), lexicon, true, 1).length > 0),
    hasPostalAddress(text, closing, lexicon),
  ];
  evidence.put("identity.complete", person.name !== "" && signed.length > 0 && ways.filter(Boolean).length >= 2);
}

/**
 * Puts the company facts.
 * @param {Mail} mail
 * @param {Span[]} closing
 * @param {Span | null} personRow
 * @param {Evidence} evidence
 * @returns {Company[]} the companies of the signature
 */
function companyFacts(mail, closing, personRow, evidence) {
  const { lexicon, text } = mail;
  const rows = closing.filter((row) => !isSame(row, personRow) || text.slice(...row).includes(","));
  const signed = findCompanies(text, rows, lexicon, true).filter((one) => !isOurs(one, mail));
  const bodyRows = mail.readRows.filter(([start]) => !inside(closing, start));
  const others = findCompanies(text, bodyRows, lexicon, false).filter((one) => !isOurs(one, mail));
  const own = signed[0] ?? ofTheWriter(others, mail);
  const names = new Set([...(own ? [own] : []), ...signed, ...others].map((one) => one.name));
  evidence.put("identity.company", own?.name ?? "", own ? [mail.quote(own.start, own.end)] : []);
  evidence.put("identity.companies", [...names]);
  const tokens = own && mail.host && !isFree(mail.host, lexicon) ? companyTokens(own.name, lexicon) : [];
  // A name in another script cannot be compared with a Latin domain without guessing its romanisation.
  if (tokens.length === 0) evidence.miss("identity.company_in_domain", "not_applicable");
  else evidence.put("identity.company_in_domain", inDomain(tokens, mail.host, lexicon));
  return signed;
}

/** @param {Span} row @param {Span | null} other */
function isSame(row, other) {
  return other !== null && row[0] === other[0] && row[1] === other[1];
}

/**
 * Among companies named in the text: the one introduced as the writer's, or the one that the domain names.
 * @param {Company[]} companies
 * @param {Mail} mail
 * @returns {Company | undefined}
 */
function ofTheWriter(companies, mail) {
  const { lexicon, host } = mail;
  const introduced = companies.find((one) => {
    return lexicon.introduction.search(fold(mail.text.slice(Math.max(0, one.start - 120), one.start))) !== null;
  });
  if (introduced || !host || isFree(host, lexicon)) return introduced;
  return companies.find((one) => inDomain(companyTokens(one.name, lexicon), host, lexicon));
}

/** @param {Company} one @param {Mail} mail */
function isOurs(one, mail) {
  const name = lettersOnly(one.name);
  return [...mail.ownDomains].some((domain) => {
    const label = lettersOnly(splitOrg(domain, mail.lexicon)[0]);
    return label.length >= 4 && (name.startsWith(label) || label.startsWith(name));
  });
}

/**
 * The telling Latin words of a company's name: no legal form, no everyday trade word; accents dropped.
 * @param {string} name
 * @param {Lexicon} lexicon
 */
function companyTokens(name, lexicon) {
  return wordList(bare(name)).filter((word) => {
    return isAscii(word) && !lexicon.formWords.has(word) && !lexicon.nameWords.generic.has(word) && !isDigit(word);
  });
}

/**
 * Whether a word of three letters or more, or the acronym, is in the domain's name. Trade words alone do not count.
 * @param {string[]} tokens
 * @param {string} host
 * @param {Lexicon} lexicon
 */
function inDomain(tokens, host, lexicon) {
  const label = lettersOnly(splitOrg(host, lexicon)[0]);
  const plain = tokens.filter((word) => !lexicon.tradeWords.has(word));
  const telling = plain.length > 0 ? plain : tokens;
  if (telling.some((word) => word.length >= 3 && (label.includes(word) || label.includes(word.replaceAll("ue", "u")))))
    return true;
  const acronym = tokens.map((word) => word.charAt(0)).join("");
  if (acronym.length >= 2 && label.includes(acronym)) return true;
  return label.length >= 4 && tokens.join("").startsWith(label);
}

/** @param {Mail} mail @param {Evidence} evidence */
function contactFacts(mail, evidence) {
  const { lexicon, text } = mail;
  const rows = mail.readRows;
  const closing = [mail.parts.closing];
  const ours = new Set(mail.recipients ?? []);
  const found = rows
    .flatMap((row) => shifted(findAddresses(text.slice(...row)), row[0]))
    .filter(({ value }) => !mail.isOwn(value) && !ours.has(value))
    .slice(0, MAX_FOUND);
  evidence.put("identity.emails", [...new Set(found.map(({ value }) => value))]);
  const person = String(evidence.get("identity.person") ?? "");
  const writer = [...wordList(bare(mail.address.split("@", 1)[0] ?? "")), ...wordList(bare(person))];
  const other = found.find(({ start, value }) => {
    return inside(closing, start) && isForeign(hostOf(value), mail) && isTheWriters(value, writer, mail);
  });
  evidence.put("identity.other_email", other?.value ?? "", other ? [mail.quote(other.start, other.end)] : []);
  const free = found.find(({ value }) => isFree(hostOf(value), lexicon) && value !== mail.address);
  evidence.put("identity.freemail_in_text", free?.value ?? "", free ? [mail.quote(free.start, free.end)] : []);
  const sites = rows
    .flatMap((row) => shifted(findSites(text.slice(...row), lexicon, inside(closing, row[0])), row[0]))
    .filter(({ value }) => !mail.isOwnHost(value))
    .slice(0, MAX_FOUND);
  evidence.put("identity.sites", [...new Set(sites.map(({ value }) => orgDomain(value, lexicon)))]);
  // A page somewhere (a list's archive, an article) is no site of the writer's: only hosts without a path count.
  const site = sites.find(({ start, end, value }) => {
    return inside(closing, start) && trim(text.slice(end, end + 2), AFTER_HOST) === "" && isOtherSite(value, mail);
  });
  evidence.put(
    "identity.site_differs",
    site ? orgDomain(site.value, lexicon) : "",
    site ? [mail.quote(site.start, site.end)] : [],
  );
}

/** @param {Place[]} places @param {number} by @returns {Place[]} */
function shifted(places, by) {
  return places.map((place) => ({ ...place, start: place.start + by, end: place.end + by }));
}

/**
 * A role mailbox or one named like the writer: a list's or a colleague's address below a mail is not his.
 * @param {string} address
 * @param {string[]} writer words of his name and address
 * @param {Mail} mail
 */
function isTheWriters(address, writer, mail) {
  const local = address.split("@", 1)[0] ?? "";
  if (isRole(local, mail.lexicon.sets.role_locals)) return true;
  const plain = lettersOnly(local);
  return writer.some((word) => word.length >= 3 && plain.includes(word));
}

/** @param {string} host @param {Mail} mail */
function isForeign(host, mail) {
  return mail.host !== "" && !areTwins(host, mail.host, mail.lexicon);
}

/**
 * A site of the writer's own that is not his mail's: profiles, platforms and chat links are left out.
 * @param {string} host
 * @param {Mail} mail
 */
function isOtherSite(host, mail) {
  const { lexicon } = mail;
  if (!mail.host || isFree(mail.host, lexicon) || isFree(host, lexicon)) return false;
  if (inList(host, lexicon.nameWords.not_sites) || inList(host, lexicon.sets.mail_relays)) return false;
  return splitOrg(host, lexicon)[0] !== splitOrg(mail.host, lexicon)[0];
}

/**
 * @param {string} host
 * @param {Lexicon} lexicon
 * @returns {string} the country of its TLD, "" for generic ones and for country TLDs in generic use
 */
function tldCountry(host, lexicon) {
  const tld = host.slice(host.lastIndexOf(".") + 1);
  return lexicon.sets.generic_cctlds.has(tld) ? "" : (lexicon.cctlds.get(tld) ?? "");
}
