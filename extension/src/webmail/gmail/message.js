/** One expanded Gmail message as a Reading. Header fields never come from inside the body. */

import { readBody, isAnswer } from "../body.js";
import { addressOf, isInside, pick, pickAll, shortText } from "../dom.js";
import { readAttachments } from "./attachments.js";
import { readDetails } from "./details.js";
import { messageKey } from "./gmail.js";

/**
 * @typedef {object} Reader
 * @property {import("../types.js").Ladders} ladders
 * @property {(element: Element) => boolean} visible
 * @property {string} me
 * @property {number} rung  which rung of the ladder `message` matched
 * @property {Document} document
 */

/**
 * @param {Element} element
 * @param {Reader} reader
 * @returns {import("../types.js").Reading}
 */
export function readGmailMessage(element, reader) {
  const { ladders, visible, me } = reader;
  /** @type {Record<string, number>} */
  const from = { message: reader.rung };
  /** @param {Element} node */
  const outside = (node) => !isInside(node, ladders.inside_body);
  /** @param {Element} node */
  const inHeader = (node) => outside(node) && !isInside(node, ladders.details);

  const sender = readSender(element, ladders, inHeader, from);
  const subject = readSubject(element, reader, outside, from);
  const bodyNode = pick(element, ladders.body, visible);
  if (bodyNode) from.body = bodyNode.rung;
  const answer = isAnswer(subject ?? "") || isLaterInThread(element, reader);
  const body = bodyNode ? readBody(bodyNode.element, ladders.quoted, answer) : null;
  // Gmail puts this note inside the body's frame, behind the mail itself.
  const clipped = pick(element, ladders.clipped, (node) => !node.closest(".a3s")) !== null || Boolean(body?.truncated);
  const recipients = readRecipients(element, ladders, inHeader, from);
  const details = readDetails(element, ladders, outside, sender?.address ?? "", recipients.map((r) => r.address));

  const missing = [
    ...(sender ? [] : ["sender"]),
    ...(subject === null ? ["subject"] : []),
    ...(body?.text ? [] : ["body"]),
    ...(clipped ? ["body_rest"] : []),
  ];
  /** @type {import("../types.js").WebMessage} */
  const message = {
    ...(sender && { sender }),
    ...(subject !== null && { subject }),
    ...(body && { body: { text: body.text }, quoted_text: body.quoted, links: body.links }),
    ...(recipients.length && { recipients }),
    ...(details.replyTo.length && { reply_to: details.replyTo }),
    attachments: readAttachments(element, ladders, outside, from),
    ...dateOf(element, ladders, inHeader),
    ...(details.mailedBy && { context: { mailed_by: details.mailedBy, signed_by: details.signedBy } }),
    ...(missing.length && { missing }),
  };
  const own = Boolean(sender && me && sender.address === me);
  return {
    key: messageKey(element, `${sender?.address}\n${body?.text ?? ""}`, `${sender?.address}\n${subject}`),
    element,
    anchor: anchorOf(element, reader),
    state: own ? "own" : missing.length ? "partial" : "ok",
    missing,
    from,
    me,
    message,
  };
}

/**
 * @param {Element} element
 * @param {import("../types.js").Ladders} ladders
 * @param {(node: Element) => boolean} inHeader
 * @param {Record<string, number>} from
 */
function readSender(element, ladders, inHeader, from) {
  const found = pick(element, ladders.sender, (node) => inHeader(node) && addressOf(node.getAttribute("email")) !== "");
  if (!found) return null;
  from.sender = found.rung;
  const name = found.element.getAttribute("name") ?? shortText(found.element);
  return { address: addressOf(found.element.getAttribute("email")), name: name.slice(0, 300) };
}

/**
 * @param {Element} element
 * @param {import("../types.js").Ladders} ladders
 * @param {(node: Element) => boolean} inHeader
 * @param {Record<string, number>} from
 */
function readRecipients(element, ladders, inHeader, from) {
  const found = pickAll(element, ladders.recipients, inHeader);
  from.recipients = found.rung;
  return found.elements.slice(0, 100)
    .map((node) => ({ address: addressOf(node.getAttribute("email")), name: (node.getAttribute("name") ?? "").slice(0, 300) }))
    .filter((recipient) => recipient.address);
}

/**
 * The nearest visible subject above the message: Gmail keeps older threads in the page, hidden.
 * @param {Element} element
 * @param {Reader} reader
 * @param {(node: Element) => boolean} outside
 * @param {Record<string, number>} from
 * @returns {string | null}
 */
function readSubject(element, { ladders, visible }, outside, from) {
  for (let root = element.parentElement; root; root = root.parentElement) {
    const found = pick(root, ladders.subject, (node) => outside(node) && visible(node));
    if (!found) continue;
    from.subject = found.rung;
    return shortText(found.element).slice(0, 2000);
  }
  return null;
}

/**
 * Whether other messages of the visible thread stand above this one; the subject shown is the first one's.
 * @param {Element} element
 * @param {Reader} reader
 */
function isLaterInThread(element, { ladders, visible }) {
  const thread = element.closest("[role=list]") ?? element.parentElement;
  const rows = [...(thread?.querySelectorAll(ladders.message?.[0] ?? "[data-message-id]") ?? [])];
  return rows.some((row) => row !== element && !isInside(row, ladders.inside_body) && visible(row)
    && Boolean(row.compareDocumentPosition(element) & 4 /* element follows row */));
}

/**
 * @param {Element} element
 * @param {import("../types.js").Ladders} ladders
 * @param {(node: Element) => boolean} inHeader
 */
function dateOf(element, ladders, inHeader) {
  const date = pick(element, ladders.date, inHeader)?.element.getAttribute("title") ?? "";
  return date ? { date: date.slice(0, 100) } : {};
}

/**
 * Before the body's frame, outside of it; else at the head of the message.
 * @param {Element} element
 * @param {Reader} reader
 */
function anchorOf(element, { ladders, visible }) {
  const body = pick(element, ladders.anchor, (node) => visible(node) && !isInside(node, ladders.inside_body));
  const parent = body?.element.parentElement;
  if (body && parent) return { parent, before: body.element };
  return { parent: element, before: element.firstChild };
}
