/** Facts of the wording as a whole: length, language, how we are greeted. Twin of server/evidence/content.py. */

import { ENOUGH, languageOf } from "./language.js";
import { addresses } from "./mail.js";
import { WHITE, fold, isAlpha, trim } from "./plain.js";
import { isRole } from "./sender.js";

/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./evidence.js").Evidence} Evidence */

const MIN_TEXT = 20;
/** Phrase sets of what a real inquiry names; the rulebook defines them. */
const SUBSTANCE = ["specification", "quantity", "price", "incoterm", "certificate", "hs_code", "item_number"];
const GREETING_LINES = 4;
const GREETING = 1000;
const MAX_LINE = 120;
const BLANKS = new Set(WHITE);
const BEFORE_NAME = new Set(" :，,");
const AROUND_ADDRESS = new Set(`,.:;!?()[]{}<>"'`);
const AROUND_NAME = new Set(`${WHITE}.`);
const AFTER_NAME = Array.from(",，!！:：;");

/**
 * The facts `content.*` but `names_nothing`, and the subject.
 * @param {Mail} mail
 * @param {Evidence} evidence
 */
export function contentFacts(mail, evidence) {
  const { subject } = mail.message;
  if (subject !== undefined) {
    evidence.put("mail.subject", trim(subject));
    evidence.put("mail.subject_address", firstAddress(subject, mail.address));
  }
  if (!mail.hasBody) return;
  const chars = collapsedLength(mail.parts.newest.map((span) => mail.text.slice(...span)));
  const read = mail.newest.map((span) => mail.text.slice(...span)).join("\n");
  const code = languageOf(mail.restore(read.slice(0, ENOUGH)), mail.lexicon);
  evidence.put("content.chars", chars);
  evidence.put("content.has_text", chars >= MIN_TEXT);
  evidence.put("content.language", code);
  evidence.put("content.language_covered", mail.lexicon.languages.has(code) || code === "none");
  greeting(mail, evidence);
}

/**
 * @param {string} subject
 * @param {string} sender
 * @returns {string} the mail address that a subject begins with, unless it is the sender's own
 */
function firstAddress(subject, sender) {
  const start = trim([...subject].slice(0, MAX_LINE).join(""));
  const word = trim(start.toLowerCase().split(" ", 1)[0] ?? "", AROUND_ADDRESS);
  const [name, host, more] = word.split("@");
  return name && host && more === undefined && word !== sender ? word : "";
}

/**
 * @param {string[]} pieces
 * @returns {number} their length with each run of white space as one blank, none at the ends
 */
function collapsedLength(pieces) {
  let total = 0;
  let gap = 0;
  for (const piece of pieces) {
    let inWord = false;
    for (const char of piece) {
      const isBlank = BLANKS.has(char);
      if (!isBlank) total += inWord ? 1 : 1 + gap;
      if (!isBlank) gap = 1;
      inWord = !isBlank;
    }
  }
  return total;
}

/**
 * Greets us by our local part: "Dear sales01", "Dear info@acme.example", not "Dear Amy" for amy@.
 * @param {Mail} mail
 * @param {Evidence} evidence
 */
function greeting(mail, evidence) {
  if (mail.recipients === null && mail.ownAddresses.size === 0) return;
  const given = addresses(mail.recipients).filter((entry) => mail.isOwn(entry) || mail.ownDomains.size === 0);
  const ours = [...new Set([...given, ...mail.ownAddresses])];
  const top = mail.newest
    .slice(0, 1)
    .map(([start, end]) => /** @type {[number, number]} */ ([start, Math.min(end, start + GREETING)]));
  for (const [start, end] of mail.rows(top).slice(0, GREETING_LINES)) {
    const line = trim(fold(mail.text.slice(start, Math.min(end, start + MAX_LINE))));
    const called = calledIn(line, mail.lexicon.nameWords.greetings);
    if (called !== "" && ours.some((entry) => isLocalPart(called, entry, mail))) {
      evidence.put("content.greets_local_part", true, [mail.quote(start, end)]);
      return;
    }
  }
  evidence.put("content.greets_local_part", false);
}

/**
 * @param {string} line
 * @param {Set<string>} greetings
 * @returns {string} whom a greeting line calls: what follows the greeting, up to a comma or the end
 */
function calledIn(line, greetings) {
  for (const word of greetings) {
    if (!line.startsWith(word) || line.length === word.length) continue;
    let start = word.length;
    while (BEFORE_NAME.has(line.charAt(start))) start++;
    const rest = line.slice(start);
    const ends = AFTER_NAME.map((mark) => rest.indexOf(mark)).filter((at) => at >= 0);
    return trim(rest.slice(0, ends.length > 0 ? Math.min(...ends) : rest.length), AROUND_NAME);
  }
  return "";
}

/**
 * @param {string} called
 * @param {string} address
 * @param {Mail} mail
 */
function isLocalPart(called, address, mail) {
  const local = address.split("@", 1)[0] ?? "";
  if ([address, `user ${address}`, `customer ${address}`].includes(called)) return true;
  if (called.startsWith(`${address} `) || called.startsWith(`用户 ${address}`)) return true;
  const isMachine = isRole(local, mail.lexicon.sets.role_locals) || Array.from(local).some((char) => !isAlpha(char));
  return isMachine && called === local;
}

/**
 * The fact `content.names_nothing`, once phrases are known.
 * @param {Evidence} evidence
 * @param {Record<string, string[]>} phrases
 * @param {ReadonlySet<string>} sets the phrase sets that the rulebook has
 */
export function namesNothing(evidence, phrases, sets) {
  const wanted = SUBSTANCE.filter((name) => sets.has(name));
  if (wanted.some((name) => (phrases[name]?.length ?? 0) > 0)) evidence.put("content.names_nothing", false);
  else if (wanted.length === 0) evidence.miss("content.names_nothing", "not_built");
  else if (wanted.every((name) => phrases[name] !== undefined)) evidence.put("content.names_nothing", true);
  else evidence.miss("content.names_nothing", "not_covered");
}
