/** One open js6 mail as a Reading. The body lies in a frame of the same origin; header fields never come from there. */

import { isAnswer, readBody } from "../body.js";
import { addressOf, mark, pick, pickAll, shortText } from "../dom.js";
import { moduleOf } from "./netease.js";

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
  if (subjectNode) from.subject = subjectNode.rung;
  const rows = pickAll(module, ladders.header_rows).elements;
  const senderRow = rowOf(rows, ladders, "sender") ?? rows.find((row) => pick(row, ladders.address_email)) ?? null;
  const sender = senderRow && senderOf(senderRow, ladders, from);
  const me = addressOf(pick(page.document, ladders.own_address)?.element.textContent);
  const frame = /** @type {HTMLIFrameElement | undefined} */ (pick(module, ladders.body_frame)?.element);
  const root = bodyRoot(frame, ladders, from);
  const body = root && readBody(root, ladders.quoted, isAnswer(subject ?? ""));
  const loading = Boolean(frame) && !body?.text && !bodyIsFinal(frame);

  const missing = [
    ...(sender ? [] : ["sender"]),
    ...(subject === null ? ["subject"] : []),
    ...(body?.text ? [] : ["body"]),
    ...(body?.truncated ? ["body_rest"] : []),
  ];
  const recipients = recipientsOf(module, rows, ladders, from);
  const sentBy = senderRow ? onBehalf(senderRow) : "";
  const date = dateOf(rows, ladders);
  return {
    key: `netease:${page.location.host}:${mailId(frame, page.location)}:${mark(`${subject}\n${sender?.address}\n${body?.text ?? ""}`)}`,
    element: module,
    anchor: anchorOf(module, ladders),
    state: loading ? "loading" : sender && me && sender.address === me ? "own" : missing.length ? "partial" : "ok",
    missing,
    from,
    me,
    message: {
      ...(sender && { sender }),
      ...(sentBy && { sent_by: sentBy }),
      ...(subject !== null && { subject }),
      ...(body && { body: { text: body.text }, quoted_text: body.quoted, links: body.links }),
      ...(recipients.length && { recipients }),
      ...(date && { date }),
      attachments: attachmentsOf(module, ladders, from),
      ...(missing.length && { missing }),
    },
  };
}

/** @param {Element} row */
function rowText(row) {
  return shortText(row).replaceAll(" ", "");
}

/**
 * The header row that begins with one of the page's words for it.
 * @param {Element[]} rows
 * @param {Ladders} ladders
 * @param {"sender" | "recipients" | "copied" | "date"} name
 */
function rowOf(rows, ladders, name) {
  const words = ladders.labels?.[name] ?? [];
  return rows.find((row) => words.some((word) => rowText(row).startsWith(word))) ?? null;
}

/**
 * @param {Element} row
 * @param {Ladders} ladders
 * @param {Record<string, number>} from
 */
function senderOf(row, ladders, from) {
  const shown = pick(row, ladders.address_email, (node) => addressOf(node.textContent) !== "");
  const titled = shown ? null : pick(row, ladders.address, (node) => addressOf(node.getAttribute("title")) !== "");
  const address = addressOf(shown?.element.textContent) || addressOf(titled?.element.getAttribute("title"));
  if (!address) return null;
  from.sender = shown ? shown.rung : 10 + (titled?.rung ?? 0);
  const name = pick(row, ladders.address_name);
  return { address, name: name ? shortText(name.element).slice(0, 300) : "" };
}

/**
 * The other server in `(由 a@b 代发)`, the page's note that somebody sent on behalf of the sender.
 * @param {Element} row
 */
function onBehalf(row) {
  const found = /由\s{0,5}([^\s<>()（）]{3,320})\s{0,5}代发/.exec(shortText(row).slice(0, 1500));
  return addressOf(found?.[1]);
}

/**
 * @param {Element} module @param {Element[]} rows @param {Ladders} ladders @param {Record<string, number>} from
 */
function recipientsOf(module, rows, ladders, from) {
  const named = ["recipients", "copied"].flatMap((name) => {
    const found = pickAll(module, ladders[name]);
    if (found.rung >= 0) from[name] = found.rung;
    const row = found.elements.length ? null : rowOf(rows, ladders, /** @type {"recipients" | "copied"} */ (name));
    return row ? pickAll(row, ladders.address_email).elements : found.elements;
  });
  return named.slice(0, 100).map((node) => {
    const name = pick(node.parentElement ?? node, ladders.address_name);
    return { address: addressOf(node.textContent), name: name ? shortText(name.element).slice(0, 300) : "" };
  }).filter((entry) => entry.address);
}

/** @param {Element[]} rows @param {Ladders} ladders */
function dateOf(rows, ladders) {
  const row = rowOf(rows, ladders, "date");
  const cells = row ? [...row.children].map((cell) => shortText(cell)) : [];
  return (cells.at(-1) ?? "").slice(0, 100);
}

/**
 * @param {HTMLIFrameElement | undefined} frame @param {Ladders} ladders @param {Record<string, number>} from
 * @returns {Element | null}
 */
function bodyRoot(frame, ladders, from) {
  const inner = frame?.contentDocument;
  const found = inner ? pick(inner, ladders.body) : null;
  if (found) from.body = found.rung;
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

/** @param {HTMLIFrameElement | undefined} frame @param {Location | URL} location */
function mailId(frame, location) {
  const source = frame?.getAttribute("src") ?? "";
  const inFrame = new URLSearchParams(source.slice(source.indexOf("?") + 1)).get("mid");
  if (inFrame) return inFrame;
  return /"id"\s{0,3}:\s{0,3}"([^"]{1,200})"/.exec(moduleOf(location))?.[1] ?? "";
}

/**
 * @param {Element} module @param {Ladders} ladders @param {Record<string, number>} from
 */
function attachmentsOf(module, ladders, from) {
  const items = pickAll(module, ladders.attachment);
  from.attachments = items.rung;
  return items.elements.slice(0, 100).flatMap((item) => {
    const name = pick(item, ladders.attachment_name);
    const text = name ? shortText(name.element).slice(0, 500) : "";
    return text ? [{ name: text }] : [];
  });
}

/** @param {Element} module @param {Ladders} ladders */
function anchorOf(module, ladders) {
  const node = pick(module, ladders.anchor)?.element;
  return node?.parentElement ? { parent: node.parentElement, before: node.nextSibling } : null;
}
