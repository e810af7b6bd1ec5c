/** One open js6 mail as a Reading. The body lies in a frame of the same origin; header fields never come from there. */

import { isAnswer, readBody, whyEmpty } from "../body.js";
import { addressIn, addressOf, mark, pick, pickAll, shortText } from "../dom.js";
import { moduleOf } from "./netease.js";
import { attachmentsOf, dateOf, onBehalf, recipientsOf, rowOf } from "./rows.js";

/** @typedef {import("../types.js").Ladders} Ladders */

/**
 * @param {Element} module
 * @param {import("../types.js").Page} page
 * @param {Ladders} ladders
 * @param {number} rung
 * @returns {import("../types.js").Reading}
 */
export function readNeteaseMail(module, page, ladders, rung) {
  /** @type {Record<string, number>} */
  const from = { message: rung };
  const subjectNode = pick(module, ladders.subject);
  const subject = subjectNode ? shortText(subjectNode.element).slice(0, 2000) : null;
  from.subject = subjectNode?.rung ?? -1;
  const rows = pickAll(module, ladders.header_rows).elements;
  const senderRow = rowOf(rows, ladders, "sender") ?? rows.find((row) => pick(row, ladders.address_email)) ?? null;
  const sender = senderOf(senderRow, rows[0], ladders, from);
  const me = addressOf(pick(page.document, ladders.own_address)?.element.textContent);
  const frameNode = pick(module, ladders.body_frame);
  const frame = /** @type {HTMLIFrameElement | undefined} */ (frameNode?.element);
  from.body_frame = frameNode?.rung ?? -1;
  const root = bodyRoot(frame, ladders, from);
  const body = root && readBody(root, ladders.quoted, isAnswer(subject ?? ""));
  // A frame of another origin stays closed however long we wait.
  const loading = Boolean(frame?.contentDocument) && !body?.text && !bodyIsFinal(frame);

  const gap = body?.text ? "" : !frame || !frame.contentDocument ? "body_frame" : root ? whyEmpty(root, "") : "body_unloaded";
  const missing = [
    ...(sender ? [] : ["sender"]), ...(subject === null ? ["subject"] : []), ...(gap ? ["body"] : []), ...(body?.truncated ? ["body_rest"] : []),
  ];
  const hints = [...(sender ? [] : ["sender_hidden"]), ...(gap ? [gap] : []), ...(body?.truncated ? ["rest_long"] : [])];
  const recipients = recipientsOf(module, rows, ladders, from);
  const attachments = attachmentsOf(module, ladders, from);
  const sentBy = senderRow ? onBehalf(senderRow) : "";
  const date = dateOf(rows, ladders);
  const mid = midOf(frame, page.location);
  const core = `${page.location.host}:${mid.id}:${mark(`${subject}\n${sender?.address}\n${body?.text ?? ""}`)}`;
  return {
    key: `netease:${core}:${mark(JSON.stringify([me, attachments, sentBy]))}`,
    core,
    element: module,
    anchor: anchorOf(module, ladders, from),
    state: loading ? "loading" : isOwn(sender?.address, me, recipients) ? "own" : missing.length ? "partial" : "ok",
    missing,
    from,
    me,
    headersOf: mid.agreed ? mid.id : "",
    message: {
      ...(sender && { sender }),
      ...(sentBy && { sent_by: sentBy }),
      ...(subject !== null && { subject }),
      ...(body && { body: { text: body.text }, quoted_text: body.quoted, links: body.links }),
      ...(recipients.length && { recipients }),
      ...(date && { date }),
      attachments,
      ...(missing.length && { missing }),
      page: { hints },
    },
  };
}

/** Written by the reader himself; what only claims so and was sent to himself is judged like any other. */
/** @param {string | undefined} sender @param {string} me @param {{address: string}[]} recipients */
function isOwn(sender, me, recipients) {
  return Boolean(sender && me && sender === me) && !recipients.some(({ address }) => address === me);
}

/**
 * @param {Element | null} row  the sender's
 * @param {Element | undefined} first  row of the header
 * @param {Ladders} ladders
 * @param {Record<string, number>} from
 */
function senderOf(row, first, ladders, from) {
  from.sender = -1;
  if (row) {
    const shown = pick(row, ladders.address_email, (node) => addressOf(node.textContent) !== "");
    const titled = shown ? null : pick(row, ladders.address, (node) => addressOf(node.getAttribute("title")) !== "");
    const address = addressOf(shown?.element.textContent) || addressOf(titled?.element.getAttribute("title"));
    if (address) {
      from.sender = shown ? shown.rung : 10 + (titled?.rung ?? 0);
      const name = pick(row, ladders.address_name);
      return { address, name: name ? shortText(name.element).slice(0, 300) : "" };
    }
  }
  const line = row ?? first;
  const found = line ? addressIn(shortText(line)) : null;
  if (!found?.bracketed) return null;
  from.sender = 20;
  return { address: found.address, name: found.name.slice(0, 300) };
}

/**
 * @param {HTMLIFrameElement | undefined} frame @param {Ladders} ladders @param {Record<string, number>} from
 * @returns {Element | null}
 */
function bodyRoot(frame, ladders, from) {
  const inner = frame?.contentDocument;
  const found = inner ? pick(inner, ladders.body) : null;
  from.body = found?.rung ?? -1;
  return found?.element ?? null;
}

/**
 * An empty frame may still be filled by script; only a loaded document with the mail's own root is final.
 * @param {HTMLIFrameElement | undefined} frame
 */
function bodyIsFinal(frame) {
  const inner = frame?.contentDocument;
  return Boolean(inner && inner.readyState === "complete" && inner.querySelector("#content"));
}

/**
 * The mail's id, and whether frame and address name the same one: only then its headers are asked for.
 * @param {HTMLIFrameElement | undefined} frame @param {Location | URL} location
 */
function midOf(frame, location) {
  const source = frame?.getAttribute("src") ?? "";
  const query = source.slice(0, 2000).split("?")[1]?.split("&").find((part) => part.startsWith("mid=")) ?? "";
  const inFrame = decoded(query.slice(4));
  const inHash = /"id"\s{0,3}:\s{0,3}"([^"]{1,200})"/.exec(moduleOf(location))?.[1] ?? "";
  return { id: inFrame || inHash, agreed: Boolean(inFrame || inHash) && (!inFrame || !inHash || inFrame === inHash) };
}

/** A `+` in an id is a plus, not a blank. @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text).slice(0, 200);
  } catch (error) {
    if (error instanceof URIError) return text.slice(0, 200);
    throw error;
  }
}

/** @param {Element} module @param {Ladders} ladders @param {Record<string, number>} from */
function anchorOf(module, ladders, from) {
  const found = pick(module, ladders.anchor);
  from.anchor = found?.rung ?? -1;
  const node = found?.element;
  return node?.parentElement ? { parent: node.parentElement, before: node.nextSibling } : null;
}
