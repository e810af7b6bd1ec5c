/** All facts that the browser can know of a mail, with the phrases found in it. Twin of server/evidence/collect.py. */

import { Ruler } from "../rulebook/codepoints.js";
import { contextOf } from "../rulebook/signals.js";
import { wording } from "../rulebook/wording.js";
import { attachmentFacts } from "./attachments.js";
import { contentFacts, namesNothing } from "./content.js";
import { Evidence } from "./evidence.js";
import { Flattener } from "./flat.js";
import { identityFacts } from "./identity.js";
import { incoherentFacts } from "./incoherent.js";
import { kindOf } from "./kind.js";
import { linkFacts } from "./links.js";
import { Mail } from "./mail.js";
import { senderFacts } from "./sender.js";
import { threadFacts } from "./thread.js";

/** @typedef {import("../rulebook/engine.js").Engine} Engine */
/** @typedef {import("../shared/types.js").Why} Why */
/** @typedef {import("../shared/types.js").Message} Message */

/**
 * @param {Message} message
 * @param {Engine} engine
 * @returns {{ evidence: Evidence, phrases: Record<string, string[]> }} wordings by phrase set, [] where none was found
 */
export function collect(message, engine) {
  const flattener = new Flattener(message);
  const mail = new Mail(flattener.flatten(message), engine.lexicon, [], (text) => flattener.restore(text));
  const evidence = new Evidence();
  senderFacts(mail, evidence);
  contentFacts(mail, evidence);
  linkFacts(mail, evidence);
  attachmentFacts(mail, evidence);
  incoherentFacts(mail, evidence);
  threadFacts(mail, evidence);
  identityFacts(mail, evidence);
  evidence.known = flattener.restore(evidence.known);
  evidence.quotes = new Map([...evidence.quotes].map(([fact, quotes]) => [fact, flattener.restore(quotes)]));
  const phrases = phraseFacts(message, mail, evidence, engine);
  if (mail.hasBody) namesNothing(evidence, phrases, engine.setNames);
  evidence.put("mail.kind", kindOf(engine.kinds, contextOf(engine.groups, evidence.known, phrases)));
  for (const [fact, { preview }] of Object.entries(engine.facts))
    evidence.miss(fact, preview ? whyMissing(fact, mail) : "pending");
  return { evidence, phrases };
}

/**
 * @param {string} fact
 * @param {Mail} mail
 * @returns {Why}
 */
function whyMissing(fact, mail) {
  const group = fact.slice(0, fact.indexOf("."));
  if (group === "reply_to" && mail.replyTo !== null) return mail.why("sender");
  if (group === "sender" && fact !== "sender.self_addressed" && mail.host) return "not_built";
  if (fact === "content.greets_local_part" && !mail.hasBody) return mail.why("body");
  const { fields } = mail.lexicon;
  return mail.why(fields.get(fact) ?? fields.get(group) ?? group);
}

/**
 * @param {Message} message as given: quotes and offsets are the original's
 * @param {Mail} mail
 * @param {Evidence} evidence
 * @param {Engine} engine
 */
function phraseFacts(message, mail, evidence, engine) {
  const subject = message.subject === undefined ? null : new Ruler(message.subject);
  const text = mail.hasBody ? new Ruler(message.body?.text ?? "") : null;
  const found = engine.scanner.find(subject, text, mail.original(mail.newest));
  const { known, unknown } = wording(engine.sets, found, String(evidence.get("content.language") ?? "none"));
  for (const [name, quotes] of found.quotes) evidence.quotes.set(`phrases.${name}`, quotes);
  for (const [name, why] of Object.entries(unknown)) {
    evidence.unknown.set(`phrases.${name}`, why === "not_given" ? mail.why("body") : why);
  }
  return known;
}
