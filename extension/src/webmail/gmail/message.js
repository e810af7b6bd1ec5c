/** One expanded Gmail message as a Reading. Header fields never come from inside the body. */

import { readBody, isAnswer, whyEmpty } from "../body.js";
import { addressOf, isInside, mark, pick, pickAll, shortText } from "../dom.js";
import { attr, closestOf } from "../safe.js";
import { readAttachments } from "./attachments.js";
import { readDetails } from "./details.js";
import { asQuoted } from "./thread.js";

/** @typedef {import("../types.js").Ladders} Ladders */

/**
 * @typedef {object} Reader
 * @property {Ladders} ladders
 * @property {(element: Element) => boolean} visible
 * @property {string} me
 * @property {number} rung  which rung of the ladder `message` matched
 * @property {import("./subject.js").Subject | null} subject
 * @property {import("./thread.js").Before} before  what stands above in the thread
 */

/** A frame or picture that takes the place of the text leaves less than this beside it. */
const SCANT = 20;

/**
 * @param {Element} element
 * @param {Reader} reader
 * @returns {import("../types.js").Reading}
 */
export function readGmailMessage(element, reader) {
  const { ladders, me, subject, before } = reader;
  /** @type {Record<string, number>} */
  const from = { message: reader.rung, subject: subject?.rung ?? -1 };
  /** @param {Element} node */
  const outside = (node) => !isInside(node, ladders.inside_body);
  /** @param {Element} node */
  const inHeader = (node) => outside(node) && !isInside(node, ladders.details);

  const sender = readSender(element, ladders, inHeader, from);
  const { body, gap } = readText(element, reader, from);
  const clipped = isClipped(element, ladders, from);
  const recipients = readRecipients(element, ladders, inHeader, from);
  const details = readDetails(element, ladders, outside, sender?.address ?? "", recipients.map((r) => r.address));
  from.details_values = details.rung;
  const { attachments, links } = readAttachments(element, ladders, outside, from);

  const quoted = [body?.quoted, asQuoted(before.people)].filter(Boolean).join("\n\n");
  const cut = clipped ? "rest_clipped" : body?.truncated ? "rest_long" : "";
  const missing = [
    ...(sender ? [] : ["sender"]), ...(subject ? [] : ["subject"]), ...(gap ? ["body"] : []), ...(cut ? ["body_rest"] : []),
  ];
  const hints = [...(sender ? [] : ["sender_hidden"]), ...(gap ? [gap] : []), ...(cut ? [cut] : [])];
  /** @type {import("../types.js").WebMessage} */
  const message = {
    ...(sender && { sender }),
    ...(details.via && { sent_by: details.via }),
    ...(subject && { subject: subject.text }),
    ...(body && { body: { text: body.text }, quoted_text: quoted, links: [...body.links, ...links] }),
    ...(recipients.length && { recipients }),
    ...(details.replyTo.length && { reply_to: details.replyTo }),
    attachments,
    ...dateOf(element, ladders, inHeader, from),
    ...(before.exchanged && { context: { thread_length: before.exchanged } }),
    ...(missing.length && { missing }),
    page: { hints },
  };
  const core = `${idOf(element, `${sender?.address}\n${subject?.text}`)}:${mark(`${sender?.address}\n${body?.text ?? ""}`)}`;
  return {
    key: `gmail:${core}:${mark(JSON.stringify([me, subject?.text, attachments, details.replyTo, details.via, before]))}`,
    core,
    element,
    anchor: anchorOf(element, reader, from),
    state: isOwn(element, me, sender?.address, recipients) ? "own" : missing.length ? "partial" : "ok",
    missing,
    from,
    me,
    headersOf: headersId(element),
    message,
  };
}

/**
 * The body's text, and what keeps it from being one.
 * @param {Element} element
 * @param {Reader} reader
 * @param {Record<string, number>} from
 */
function readText(element, { ladders, visible, subject, before }, from) {
  const node = pick(element, ladders.body, visible);
  from.body = node?.rung ?? -1;
  const body = node ? readBody(node.element, ladders.quoted, before.any || isAnswer(subject?.text ?? "")) : null;
  if (!node || !body) return { body, gap: "body_empty" };
  // A frame or picture beside a few words may hold the mail itself.
  return { body, gap: body.text.length < SCANT ? whyEmpty(node.element, body.text) : "" };
}

/** Gmail puts this note inside the body's frame, behind the mail itself; in the mail's own text it would be the sender's. */
/** @param {Element} element @param {Ladders} ladders @param {Record<string, number>} from */
function isClipped(element, ladders, from) {
  const found = pick(element, ladders.clipped, (node) => !closestOf(node, ".a3s"));
  from.clipped = found?.rung ?? -1;
  return found !== null;
}

/**
 * Mail that the reader wrote. What only claims to come from himself and was sent to himself is judged like any other.
 * @param {Element} element @param {string} me @param {string | undefined} sender @param {{address: string}[]} recipients
 */
function isOwn(element, me, sender, recipients) {
  if (/^#?msg-a:/.test(attr(element, "data-message-id") ?? "")) return true;
  return Boolean(sender && me && sender === me) && !recipients.some(({ address }) => address === me);
}

/** @param {Element} element @param {string} fallback  used where the page gives no id */
function idOf(element, fallback) {
  const id = attr(element, "data-message-id") || attr(element, "data-legacy-message-id") || mark(fallback);
  return id.replace(/^#/, "").slice(0, 100);
}

/** A mail that was sent a moment ago has no number yet under which its headers could be asked for. @param {Element} element */
function headersId(element) {
  const legacy = attr(element, "data-legacy-message-id") ?? "";
  if (/^[0-9a-f]{10,20}$/.test(legacy)) return legacy;
  const decimal = /^#?msg-f:([0-9]{10,25})$/.exec(attr(element, "data-message-id") ?? "")?.[1];
  return decimal ? BigInt(decimal).toString(16) : "";
}

/**
 * @param {Element} element
 * @param {Ladders} ladders
 * @param {(node: Element) => boolean} inHeader
 * @param {Record<string, number>} from
 */
function readSender(element, ladders, inHeader, from) {
  const found = pick(element, ladders.sender, (node) => inHeader(node) && addressOf(attr(node, "email")) !== "");
  from.sender = found?.rung ?? -1;
  if (!found) return null;
  const name = attr(found.element, "name") ?? shortText(found.element);
  return { address: addressOf(attr(found.element, "email")), name: name.slice(0, 300) };
}

/**
 * @param {Element} element
 * @param {Ladders} ladders
 * @param {(node: Element) => boolean} inHeader
 * @param {Record<string, number>} from
 */
function readRecipients(element, ladders, inHeader, from) {
  const found = pickAll(element, ladders.recipients, inHeader);
  from.recipients = found.rung;
  return found.elements.slice(0, 100)
    .map((node) => ({ address: addressOf(attr(node, "email")), name: (attr(node, "name") ?? "").slice(0, 300) }))
    .filter((recipient) => recipient.address);
}

/**
 * @param {Element} element
 * @param {Ladders} ladders
 * @param {(node: Element) => boolean} inHeader
 * @param {Record<string, number>} from
 */
function dateOf(element, ladders, inHeader, from) {
  const found = pick(element, ladders.date, inHeader);
  from.date = found?.rung ?? -1;
  const date = found ? attr(found.element, "title") ?? "" : "";
  return date ? { date: date.slice(0, 100) } : {};
}

/**
 * Before the body's frame, outside of it; else at the head of the message.
 * @param {Element} element
 * @param {Reader} reader
 * @param {Record<string, number>} from
 */
function anchorOf(element, { ladders, visible }, from) {
  const body = pick(element, ladders.anchor, (node) => visible(node) && !isInside(node, ladders.inside_body));
  from.anchor = body?.rung ?? -1;
  const parent = body?.element.parentElement;
  if (body && parent) return { parent, before: body.element };
  return { parent: element, before: element.firstChild };
}
