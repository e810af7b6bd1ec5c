/**
 * A webmail whose page nobody could describe yet (sirius, 外贸通, a company's own): the visible frame of the same origin
 * that holds the mail, the heading before it, and the first address between the two. What is not found is said.
 */

import { readBody, isAnswer, whyEmpty } from "../body.js";
import { addressIn, mark, shortText } from "../dom.js";
import { attr, textOf, typeOf } from "../safe.js";
import { createMemo } from "../memo.js";

/** @typedef {import("../types.js").Reading} Reading */

/** Frames smaller than this are advertisements and counters, in pixels. */
const LEAST = { width: 200, height: 40 };
const MOST_HEADER = 3000;

/**
 * @param {import("../types.js").Page} page
 * @param {import("../types.js").Ladders | undefined} ladders
 * @returns {import("../types.js").Adapter}
 */
export function createGeneric({ document, location, visible }, ladders) {
  const memo = createMemo();
  const headings = ladders?.subject ?? ["h1, h2, h3, h4, h5, h6, [role=heading]"];

  /** @returns {{frame: HTMLIFrameElement, inner: Document} | null} the frame with the most words */
  function bodyFrame() {
    let best = null;
    let most = 0;
    for (const frame of [...document.querySelectorAll("iframe, frame")].slice(0, 50)) {
      const inner = /** @type {HTMLIFrameElement} */ (frame).contentDocument;
      if (!inner?.body || !visible(frame) || !isRoomy(frame) || isEditor(inner)) continue;
      const length = (textOf(inner.body) ?? "").trim().length;
      if (length <= most) continue;
      best = { frame: /** @type {HTMLIFrameElement} */ (frame), inner };
      most = length;
    }
    return best;
  }

  /** @param {Element} frame */
  function headingBefore(frame) {
    /** @type {Element | null} */
    let last = null;
    for (const node of document.querySelectorAll(headings.join(","))) {
      if (!(node.compareDocumentPosition(frame) & 4 /* the frame follows */)) break;
      if (visible(node) && shortText(node)) last = node;
    }
    return last;
  }

  return {
    id: "generic",
    listOpen() {
      if (!isReading(location)) return [];
      const open = bodyFrame();
      if (!open) return [];
      const heading = headingBefore(open.frame);
      const header = headerWords(document, heading, open.frame);
      const extra = `${header}\n${textOf(/** @type {Element} */ (open.inner.body)) ?? ""}`;
      return [memo.read(open.frame, extra, () => readGeneric(open, heading, header, location, ladders))];
    },
    unfinished: () => false,
    expectsMail: () => /\/readMail/i.test(location.pathname + location.hash),
    frames() {
      const open = isReading(location) ? bodyFrame() : null;
      return open ? [open.inner] : [];
    },
    bringsMail: (node) => node.matches("iframe, frame") || node.querySelector("iframe, frame") !== null,
    diagnose() {
      const frames = [...document.querySelectorAll("iframe, frame")];
      return {
        frames: frames.length, frames_readable: frames.filter((frame) => /** @type {HTMLIFrameElement} */ (frame).contentDocument).length,
        headings: document.querySelectorAll(headings.join(",")).length, body_found: bodyFrame() ? 1 : 0,
      };
    },
  };
}

/** NetEase's office hosts serve documents and customers too: there only the mailbox counts. @param {Location | URL} location */
function isReading(location) {
  if (!/(^|\.)office\.163\.com$/.test(location.host)) return true;
  return location.hash.startsWith("#mailbox") || location.pathname.includes("/readMail");
}

/** Without layout (tests) every frame is roomy enough. @param {Element} frame */
function isRoomy(frame) {
  const { width, height } = frame.getBoundingClientRect();
  return (width === 0 && height === 0) || (width >= LEAST.width && height >= LEAST.height);
}

/** A letter being written, not one being read. @param {Document} inner */
function isEditor(inner) {
  return inner.designMode === "on" || inner.querySelector("[contenteditable]:not([contenteditable=false]), textarea") !== null;
}

/**
 * The words between heading and body, one line for each block-like piece.
 * @param {Document} document @param {Element | null} heading @param {Element} frame
 */
function headerWords(document, heading, frame) {
  const walker = document.createTreeWalker(document.body, 5 /* elements and text */);
  if (heading) walker.currentNode = heading;
  let words = "";
  for (let node = walker.nextNode(); node && node !== frame && words.length < MOST_HEADER; node = walker.nextNode()) {
    if (heading?.contains(node)) continue;
    if (typeOf(node) === 3) words += (node.nodeValue ?? "").slice(0, 500);
    else if (!/^(B|I|SPAN|A|EM|STRONG|BDI)$/.test(node.nodeName)) words += "\n";
  }
  return words;
}

/**
 * The words up to the recipients: what comes from there on is not the sender, even where he is shown by name only.
 * @param {string} header
 * @param {readonly string[]} labels
 */
function senderWords(header, labels) {
  const lines = header.split("\n").map((line) => line.trim());
  const end = lines.findIndex((line) => labels.some((label) =>
    line.startsWith(label) && (label > "\u2e80" || /^\s{0,3}([:：]|$)/.test(line.slice(label.length, label.length + 5)))));
  return lines.slice(0, end < 0 ? undefined : end).join(" ");
}

/**
 * @param {{frame: HTMLIFrameElement, inner: Document}} open
 * @param {Element | null} heading
 * @param {string} header
 * @param {Location | URL} location
 * @param {import("../types.js").Ladders | undefined} ladders
 * @returns {Reading}
 */
function readGeneric({ frame, inner }, heading, header, location, ladders) {
  const found = addressIn(senderWords(header, ladders?.labels?.recipients ?? []).replaceAll(/\s{1,200}/g, " "));
  const subject = heading ? shortText(heading).slice(0, 2000) : null;
  const root = inner.body;
  const body = readBody(root, ladders?.quoted, isAnswer(subject ?? ""));
  const gap = body.text ? "" : whyEmpty(root, "");
  const missing = [
    ...(found ? [] : ["sender"]), ...(subject === null ? ["subject"] : []), ...(gap ? ["body"] : []), ...(body.truncated ? ["body_rest"] : []),
  ];
  const core = `${location.host}:${mark(`${subject}\n${found?.address}\n${body.text}`)}`;
  return {
    key: `generic:${core}`,
    core,
    element: frame,
    anchor: anchorOf(frame),
    state: gap && inner.readyState !== "complete" ? "loading" : missing.length ? "partial" : "ok",
    missing,
    from: { body: 0, subject: heading ? 0 : -1, sender: found ? (found.bracketed ? 0 : 1) : -1 },
    me: "",
    headersOf: "",
    message: {
      ...(found && { sender: { address: found.address, name: found.name.slice(0, 300) } }),
      ...(subject !== null && { subject }),
      body: { text: body.text }, quoted_text: body.quoted, links: body.links,
      ...(missing.length && { missing }),
      page: { hints: [...(found ? [] : ["sender_hidden"]), ...(gap ? [gap] : []), ...(body.truncated ? ["rest_long"] : [])] },
    },
  };
}

/**
 * Above the frame, in the nearest ancestor that lays its children out below one another; else the page's corner.
 * @param {Element} frame
 */
function anchorOf(frame) {
  const view = frame.ownerDocument.defaultView;
  for (let node = frame, steps = 0; node.parentElement && steps < 5; node = node.parentElement, steps += 1) {
    const display = view?.getComputedStyle(node.parentElement).display ?? "";
    if (display === "block" && attr(node.parentElement, "contenteditable") === null) return { parent: node.parentElement, before: node };
  }
  return null;
}
