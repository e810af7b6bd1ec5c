/** Finding nodes by selector ladders, best rung first. */

import { attr, closestOf, documentOf, parentOf, textOf, typeOf } from "./safe.js";

/**
 * The first rung that finds a node accepted by `accept`.
 * @param {ParentNode} root
 * @param {readonly string[] | undefined} ladder
 * @param {(element: Element) => boolean} [accept]
 * @returns {{element: Element, rung: number} | null}
 */
export function pick(root, ladder, accept = () => true) {
  for (const [rung, selector] of (ladder ?? []).entries()) {
    for (const element of root.querySelectorAll(selector)) {
      if (accept(element)) return { element, rung };
    }
  }
  return null;
}

/**
 * All accepted nodes of the first rung that finds any.
 * @param {ParentNode} root
 * @param {readonly string[] | undefined} ladder
 * @param {(element: Element) => boolean} [accept]
 * @returns {{elements: Element[], rung: number}}  rung -1 if nothing was found
 */
export function pickAll(root, ladder, accept = () => true) {
  for (const [rung, selector] of (ladder ?? []).entries()) {
    const elements = [...root.querySelectorAll(selector)].filter(accept);
    if (elements.length) return { elements, rung };
  }
  return { elements: [], rung: -1 };
}

/**
 * Whether any ancestor of the node matches one of the selectors.
 * @param {Element} element
 * @param {readonly string[] | undefined} selectors
 */
export function isInside(element, selectors) {
  const parent = parentOf(element);
  return Boolean(selectors?.length && parent && closestOf(parent, selectors.join(",")));
}

const MOST_SHORT = 2000;

/**
 * Text of a short node such as a subject; emoji stand there as pictures.
 * @param {Element} element
 * @returns {string}
 */
export function shortText(element) {
  let text = "";
  const walker = documentOf(element).createTreeWalker(element, 5 /* elements and text */);
  for (let node = walker.nextNode(); node && text.length <= MOST_SHORT; node = walker.nextNode()) {
    text += typeOf(node) === 3 ? (node.nodeValue ?? "").slice(0, MOST_SHORT) : attr(/** @type {Element} */ (node), "data-emoji") ?? "";
  }
  return text.replaceAll(/[\s\u00a0]{1,200}/g, " ").trim();
}

/** One mail address and nothing else; the bounds keep a hostile header cheap. */
const ADDRESS = /^[^\s<>@"'(),:;]{1,128}@[^\s<>@"'(),:;]{1,253}$/;

/**
 * An address out of `a@b` or `<a@b>`; empty if it is none. Never used on a display name.
 * @param {string | null | undefined} text
 * @returns {string}
 */
export function addressOf(text) {
  const bare = (text ?? "").trim().slice(0, 400).replace(/^</, "").replace(/>$/, "").trim();
  return ADDRESS.test(bare) ? bare.toLowerCase() : "";
}

/**
 * The first address in angle brackets in a line of the page, else the first bare one; what stands in quotes is a name.
 * @param {string} line
 * @returns {{address: string, name: string, bracketed: boolean} | null}
 */
export function addressIn(line) {
  const text = line.slice(0, 4000);
  const names = text.replaceAll(/"[^"]{0,300}"/g, (quoted) => " ".repeat(quoted.length));
  for (const { 0: whole, 1: inner, index } of names.matchAll(/<\s{0,3}([^<>\s]{3,390})\s{0,3}>/g)) {
    const address = addressOf(inner);
    if (address) return { address, name: nameBefore(text, index), bracketed: whole !== "" };
  }
  let at = 0;
  for (const word of names.split(/[\s<>()（）,，;；：:]/)) {
    const address = word.includes("@") ? addressOf(word) : "";
    if (address) return { address, name: nameBefore(text, at), bracketed: false };
    at += word.length + 1;
  }
  return null;
}

/** The words before an address, without the row's label. @param {string} text @param {number} at */
function nameBefore(text, at) {
  const before = text.slice(Math.max(0, at - 300), at);
  return before.slice(Math.max(before.lastIndexOf("："), before.lastIndexOf(": ")) + 1).trim().replace(/[\s(（<]{1,9}$/, "");
}

/** Of a long text only its beginning and end are marked, and its length. */
const MARKED = 120000;

/**
 * A short stable mark of a text, to tell two versions of a mail apart. Not for security.
 * @param {string} text
 */
export function mark(text) {
  const seen = text.length > MARKED ? `${text.slice(0, MARKED - 20000)}${text.slice(-20000)}` : text;
  let sum = 0x811c9dc5;
  for (let at = 0; at < seen.length; at += 1) sum = Math.imul(sum ^ seen.charCodeAt(at), 0x01000193);
  return `${(sum >>> 0).toString(36)}${text.length.toString(36)}`;
}

/**
 * What changes when a node's shown words, addresses or attachments do.
 * @param {Element} element
 */
export function stampOf(element) {
  return `${element.querySelectorAll("[email]").length}.${element.querySelectorAll("[download_url]").length}.${mark(textOf(element) ?? "")}`;
}
