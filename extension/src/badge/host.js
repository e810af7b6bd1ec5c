/** A host of ours in a webmail's page: a plain div whose closed shadow root the page can neither read nor restyle. */

import { BADGE_STYLE } from "./style.js";

/** Marks our hosts for ourselves; a page that copies it gains nothing. */
export const MARK = "data-backtone";

/** @type {CSSStyleSheet | null} one sheet for all badges of a page, where the browser lets us share it */
let shared = null;

/**
 * Many badges share one sheet. The panel has rules of its own that must come behind these, so it gets an element.
 * @param {ShadowRoot} shadow @param {Document} document @param {string} kind
 */
function dress(shadow, document, kind) {
  try {
    if (kind === "badge") {
      shared ??= new CSSStyleSheet();
      if (!shared.cssRules.length) shared.replaceSync(BADGE_STYLE);
      shadow.adoptedStyleSheets = [shared];
      return;
    }
  } catch {
    // Firefox does not share a sheet between an extension's script and the page's document; what it throws varies.
  }
  const style = document.createElement("style");
  style.textContent = BADGE_STYLE;
  shadow.append(style);
}

/** Keys and clicks stay with us: Gmail would take single keys as commands. */
const STOPPED = ["keydown", "keypress", "keyup", "click", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup", "contextmenu"];

/**
 * @param {Document} document
 * @param {string} kind  value of the mark
 * @returns {{host: HTMLElement, root: HTMLElement}}
 */
export function createHost(document, kind) {
  const host = document.createElement("div");
  host.setAttribute(MARK, kind);
  const shadow = host.attachShadow({ mode: __E2E__ ? "open" : "closed" });
  dress(shadow, document, kind);
  const root = document.createElement("div");
  root.className = "root";
  shadow.append(root);
  for (const type of STOPPED) host.addEventListener(type, (event) => event.stopPropagation());
  return { host, root };
}

/**
 * @param {Node} node
 * @returns {boolean}  whether a node is one of our hosts
 */
export function isOurs(node) {
  return node.nodeType === 1 && /** @type {Element} */ (node).hasAttribute(MARK);
}
