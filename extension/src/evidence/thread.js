/** Facts of the thread: what is quoted, and whether the sender imitates someone in it. Twin of server/evidence/thread.py. */

import { findAddresses } from "./contacts.js";
import { addresses, hostOf, isReply } from "./mail.js";
import { imitates } from "./imitation.js";
import { isFree, orgDomain } from "./names.js";
import { headAndTail, strip } from "./plain.js";

/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./evidence.js").Evidence} Evidence */

const MAX_DOMAINS = 20;
const MAX_QUOTED = 32_768;

/**
 * The facts `thread.*`, `mail.is_reply` and `sender.lookalike_seen`. The company's known counterparts are the server's.
 * @param {Mail} mail
 * @param {Evidence} evidence
 */
export function threadFacts(mail, evidence) {
  const { subject, quoted_text: given, thread, context } = mail.message;
  if (subject !== undefined) evidence.put("mail.is_reply", isReply(subject, mail.lexicon));
  const quoted = quotedDomains(mail);
  if (mail.hasBody || given !== undefined) {
    evidence.put("thread.quoted_domains", quoted.slice(0, MAX_DOMAINS));
    evidence.put("thread.has_quote", mail.parts.quoted.length > 0 || strip(given ?? "") !== "");
  }
  const length = context?.thread_length;
  if (thread !== undefined) evidence.put("thread.length", thread.length);
  else if (typeof length === "number" && Number.isInteger(length)) evidence.put("thread.length", Math.max(0, length));
  if (mail.host) evidence.put("sender.lookalike_seen", imitated(mail, quoted));
}

/**
 * @param {Mail} mail
 * @returns {string[]} organisational domains of the addresses in the quoted part, ours and public providers left out
 */
function quotedDomains(mail) {
  const pieces = headAndTail(mail.parts.quoted).map((span) => mail.text.slice(...span));
  pieces.push((mail.message.quoted_text ?? "").slice(0, MAX_QUOTED));
  const found = new Set();
  for (const { value } of pieces.flatMap((piece) => findAddresses(piece))) {
    const host = hostOf(value);
    if (host && !mail.isOwn(value) && !isFree(host, mail.lexicon)) found.add(orgDomain(host, mail.lexicon));
  }
  return [...found];
}

/**
 * @param {Mail} mail
 * @param {string[]} quoted
 * @returns {string} the domain in sight that the sender's, or the Reply-To's, domain imitates; "" if none
 */
function imitated(mail, quoted) {
  if (mail.isOwn(mail.address)) return "";
  const others = addresses(mail.recipients)
    .map(hostOf)
    .filter((host) => !mail.isOwnHost(host));
  const replies = addresses(mail.replyTo)
    .filter((entry) => !mail.isOwn(entry))
    .map(hostOf);
  for (const target of new Set([...quoted, ...others])) {
    if ([mail.host, ...replies].some((host) => imitates(host, target, mail.lexicon)))
      return orgDomain(target, mail.lexicon);
  }
  return "";
}
