/** Finding nodes by selector ladders, best rung first. */

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
 * Whether any ancestor of the node below `top` matches one of the selectors.
 * @param {Element} element
 * @param {readonly string[] | undefined} selectors
 */
export function isInside(element, selectors) {
  return Boolean(selectors?.length && element.parentElement?.closest(selectors.join(",")));
}

/**
 * A node has a box, so the reader can see it. Webmails keep old mails in the page with `display: none`.
 * @param {Element} element
 */
export function hasBox(element) {
  return element.getClientRects().length > 0;
}

/**
 * Text of a short node such as a subject; emoji stand there as pictures.
 * @param {Element} element
 * @returns {string}
 */
export function shortText(element) {
  let text = "";
  const walker = element.ownerDocument.createTreeWalker(element, 5 /* elements and text */);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === 3) text += node.nodeValue ?? "";
    else text += /** @type {Element} */ (node).getAttribute("data-emoji") ?? "";
    if (text.length > 2000) break;
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
 * A short stable mark of a text, to tell two versions of a mail apart. Not for security.
 * @param {string} text
 */
export function mark(text) {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(36);
}
