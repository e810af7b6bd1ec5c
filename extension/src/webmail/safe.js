/**
 * Reading nodes whose properties the mail's author may have shadowed: an input named `tagName` hides its form's own.
 * The prototypes' own accessors cannot be shadowed. Where there are none (tests without a browser) plain access serves.
 */

const NODE = globalThis.Node?.prototype;
const ELEMENT = globalThis.Element?.prototype;

/**
 * @template T
 * @param {object | undefined} prototype
 * @param {string} name
 * @returns {(node: Node) => T}
 */
function getter(prototype, name) {
  const own = prototype && Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return own ? (node) => own.call(node) : (node) => /** @type {any} */ (node)[name];
}

/** @type {(node: Node) => Element | null} */
export const parentOf = getter(NODE, "parentElement");
/** @type {(node: Node) => string | null} */
export const textOf = getter(NODE, "textContent");
/** @type {(node: Node) => number} */
export const typeOf = getter(NODE, "nodeType");
/** @type {(node: Node) => Node | null} */
export const nextOf = getter(NODE, "nextSibling");
/** @type {(node: Node) => Document} */
export const documentOf = getter(NODE, "ownerDocument");
/** @type {(node: Node) => string} */
const nameOf = getter(NODE, "nodeName");

/**
 * An element's name in capitals.
 * @param {Node} node
 */
export const tagOf = (node) => nameOf(node).toUpperCase();

/**
 * @param {Element} element
 * @param {string} name
 * @returns {string | null}
 */
export function attr(element, name) {
  return ELEMENT ? ELEMENT.getAttribute.call(element, name) : element.getAttribute(name);
}

/**
 * The nearest of the element and its ancestors that matches.
 * @param {Element} element
 * @param {string} selector
 * @returns {Element | null}
 */
export function closestOf(element, selector) {
  return ELEMENT ? ELEMENT.closest.call(element, selector) : element.closest(selector);
}

/**
 * @param {Node} outer
 * @param {Node} inner
 */
export function holds(outer, inner) {
  return NODE ? NODE.contains.call(outer, inner) : outer.contains(inner);
}

/**
 * Whether a node has a box, so that the reader can see it. Webmails keep old mails in the page with `display: none`.
 * @param {Element} element
 */
export function hasBox(element) {
  return (ELEMENT ? ELEMENT.getClientRects.call(element) : element.getClientRects()).length > 0;
}
