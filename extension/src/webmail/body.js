/** A mail's body in parts: its own text, the quoted older text, and its links. */

import { shortText } from "./dom.js";
import { attr, holds, nextOf, typeOf } from "./safe.js";
import { readText } from "./text.js";

/** Links told at most, and link nodes looked at. The rest of the mail is read even where decoys fill the beginning. */
const MOST_LINKS = 400;
const MOST_LINK_NODES = 5000;
const MOST_QUOTES = 200;
const MOST_QUOTED = 100000;

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
  let quoted = "";
  let isCut = false;
  for (const node of quotes) {
    if (quoted.length > MOST_QUOTED) break;
    if (typeOf(node) !== 1) continue;
    const one = readText(/** @type {Element} */ (node), { hidden: true });
    quoted += `${one.text}\n\n`;
    isCut ||= one.truncated;
  }
  isCut ||= quoted.length > MOST_QUOTED;
  quoted = quoted.slice(0, MOST_QUOTED).trim();
  if ([...own.text.slice(0, 200)].length >= 20) return { text: own.text, quoted, links, truncated: own.truncated };
  return { text: [own.text, quoted].filter(Boolean).join("\n\n"), quoted: "", links, truncated: own.truncated || isCut };
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
  /** @type {Element | null} the last one taken; what it holds follows it at once, in the order of the mail */
  let outer = null;
  for (const element of root.querySelectorAll(selectors.join(","))) {
    if (outer && holds(outer, element)) continue;
    outer = element;
    found.add(element);
    if (attr(element, "id") === "divRplyFwdMsg") {
      for (let next = nextOf(element); next; next = nextOf(next)) found.add(next);
      break;
    }
    if (found.size >= MOST_QUOTES) break;
  }
  return found;
}

/**
 * Links, image maps and form targets with the words shown, each pair once, in the order of the mail. Of very many those
 * to another host each come first, so that three hundred decoys do not push the one that matters out.
 * @param {Element} root
 * @returns {{text: string, href: string}[]}
 */
export function readLinks(root) {
  /** @type {Map<string, {text: string, href: string}>} */
  const links = new Map();
  let seen = 0;
  for (const element of root.querySelectorAll("a[href], area[href], form[action], [formaction]")) {
    seen += 1;
    if (seen > MOST_LINK_NODES) break;
    const raw = attr(element, "href") ?? attr(element, "action") ?? attr(element, "formaction") ?? "";
    const href = unwrap(raw.slice(0, 4000).trim().slice(0, 2000));
    if (!href || /^(mailto|tel|cid|sms):|^#/i.test(href)) continue;
    const text = shortText(element).slice(0, 300);
    links.set(`${href}\n${text}`, { text, href });
  }
  return fewest([...links.values()]);
}

/** @param {{text: string, href: string}[]} links */
function fewest(links) {
  if (links.length <= MOST_LINKS) return links;
  const hosts = new Set();
  const firsts = new Set(links.filter(({ href }) => {
    const host = /^[a-z]{1,10}:\/\/([^/?#]{0,300})/i.exec(href)?.[1]?.toLowerCase() ?? href;
    return !hosts.has(host) && Boolean(hosts.add(host));
  }).slice(0, MOST_LINKS));
  const room = MOST_LINKS - firsts.size;
  const others = links.filter((link) => !firsts.has(link));
  // Of the rest the beginning and the end: both are where a mail's own links stand.
  const kept = new Set([...firsts, ...others.slice(0, Math.ceil(room / 2)), ...(room > 1 ? others.slice(-Math.floor(room / 2)) : [])]);
  return links.filter((link) => kept.has(link));
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

/** Pixels from which on a picture may hold the mail itself; a logo below a short note does not. */
const LARGE = 60000;

/**
 * Why a body has no text or almost none, as far as its nodes tell: a frame that cannot be read, pictures, nothing at all.
 * @param {Element} root
 * @param {string} text  what was read
 * @returns {"body_frame" | "body_image" | "body_empty" | ""}  empty where the few words seem to be the whole mail
 */
export function whyEmpty(root, text) {
  if (root.querySelector("iframe, embed, object")) return "body_frame";
  const pictures = [...root.querySelectorAll("img:not([data-emoji])")].slice(0, 200);
  const counts = text ? pictures.some((picture) => areaOf(picture) >= LARGE) : pictures.length > 0 || root.querySelector("[background]");
  if (counts) return "body_image";
  return text ? "" : "body_empty";
}

/** @param {Element} picture */
function areaOf(picture) {
  const { width, height } = picture.getBoundingClientRect();
  return width * height;
}
