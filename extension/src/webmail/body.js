/** A mail's body in parts: its own text, the quoted older text, and its links. */

import { shortText } from "./dom.js";
import { readText } from "./text.js";

const MAX_LINKS = 500;

/** Subjects of answers and forwards, as mail programs write them. */
const ANSWER = /^\s{0,9}(re|aw|sv|antw|res|rv|fw|fwd|wg|tr|enc|回复|回覆|答复|答覆|转发|轉發|轉寄)\s{0,3}[:：]/i;

/**
 * Whether a subject says that the mail answers or forwards another.
 * @param {string} subject
 */
export function isAnswer(subject) {
  return ANSWER.test(subject);
}

/**
 * Reads a body. Quote markup is the sender's own: it is set apart only in answers, and never when little else is left,
 * so that wrapping a whole letter in a quote hides nothing.
 * @param {Element} root
 * @param {readonly string[] | undefined} quoteSelectors
 * @param {boolean} answer
 * @returns {{text: string, quoted: string, links: {text: string, href: string}[], truncated: boolean}}
 */
export function readBody(root, quoteSelectors, answer) {
  const links = readLinks(root);
  const quotes = answer ? quotedNodes(root, quoteSelectors ?? []) : new Set();
  const own = readText(root, { skip: quotes });
  if (!quotes.size) return { text: own.text, quoted: "", links, truncated: own.truncated };
  const quoted = [...quotes].map((node) => (node.nodeType === 1 ? readText(/** @type {Element} */ (node), { hidden: true }).text : ""))
    .filter(Boolean).join("\n\n").slice(0, 100000);
  if ([...own.text].length >= 20) return { text: own.text, quoted, links, truncated: own.truncated };
  return { text: [own.text, quoted].filter(Boolean).join("\n\n"), quoted: "", links, truncated: own.truncated };
}

/**
 * Outermost quoted nodes; Outlook's `#divRplyFwdMsg` opens a quote that runs to the end.
 * @param {Element} root
 * @param {readonly string[]} selectors
 * @returns {Set<Node>}
 */
function quotedNodes(root, selectors) {
  /** @type {Set<Node>} */
  const found = new Set();
  if (!selectors.length) return found;
  for (const element of root.querySelectorAll(selectors.join(","))) {
    if ([...found].some((outer) => outer.contains(element))) continue;
    found.add(element);
    if (element.id !== "divRplyFwdMsg") continue;
    for (let next = element.nextSibling; next; next = next.nextSibling) found.add(next);
  }
  return found;
}

/**
 * Links, image maps and form targets with the words shown, each pair once, in the order of the mail.
 * @param {Element} root
 * @returns {{text: string, href: string}[]}
 */
export function readLinks(root) {
  /** @type {Map<string, {text: string, href: string}>} */
  const links = new Map();
  for (const element of root.querySelectorAll("a[href], area[href], form[action], [formaction]")) {
    const raw = element.getAttribute("href") ?? element.getAttribute("action") ?? element.getAttribute("formaction") ?? "";
    const href = unwrap(raw.trim().slice(0, 2000));
    if (!href || /^(mailto|tel|cid|sms):|^#/i.test(href)) continue;
    const text = shortText(element).slice(0, 300);
    links.set(`${href}\n${text}`, { text, href });
    if (links.size >= MAX_LINKS) break;
  }
  return [...links.values()];
}

/**
 * The target behind Google's redirect, else the address itself.
 * @param {string} href
 */
export function unwrap(href) {
  if (!/^https?:\/\/www\.google\.com\/url\?/i.test(href)) return href;
  const query = new URLSearchParams(href.slice(href.indexOf("?") + 1));
  const target = query.get("q") ?? query.get("url") ?? "";
  return /^https?:\/\//i.test(target) ? target : href;
}
