/** The words of a mail's body as the reader sees them: line ends at blocks, nothing that is hidden. */

import { attr, documentOf, tagOf, typeOf } from "./safe.js";

const PARAGRAPHS = new Set(["P", "H1", "H2", "H3", "H4", "H5", "H6", "TABLE", "UL", "OL", "PRE", "BLOCKQUOTE", "HR"]);
const LINES = new Set([
  "ADDRESS", "ARTICLE", "ASIDE", "CAPTION", "CENTER", "DD", "DIV", "DL", "DT", "FIELDSET", "FIGURE", "FOOTER", "FORM",
  "HEADER", "LI", "MAIN", "NAV", "SECTION", "TBODY", "TFOOT", "THEAD", "TR",
]);
const SKIPPED = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "TITLE", "IFRAME", "OBJECT", "SVG", "SELECT"]);

/** Nodes and characters read at most; the server scans less than this. */
const MAX_NODES = 12000;
const MAX_CHARS = 100000;

/**
 * @param {Element} element
 * @returns {boolean}
 */
function isHidden(element) {
  if (attr(element, "hidden") !== null) return true;
  const style = documentOf(element).defaultView?.getComputedStyle(element);
  if (!style) return false;
  return style.display === "none" || style.visibility === "hidden" || style.opacity === "0" || style.fontSize === "0px";
}

/** Collects text; white space of the source folds, breaks of blocks do not add up. */
class Lines {
  text = "";
  breaks = 0;
  space = false;

  /** @param {number} count */
  end(count) {
    this.breaks = Math.max(this.breaks, count);
    this.space = false;
  }

  /** A `<br>`: each one counts. */
  br() {
    this.breaks = Math.min(this.breaks + 1, 2);
    this.space = false;
  }

  /** @param {string} words @param {boolean} kept */
  add(words, kept) {
    if (kept) {
      this.word(words);
      return;
    }
    const folded = words.replaceAll(/[ \t\r\n\f]{1,5000}/g, " ");
    const inner = folded.replaceAll(/^ | $/g, "");
    if (folded.startsWith(" ")) this.space = true;
    if (!inner) return;
    this.word(inner);
    this.space = folded.endsWith(" ");
  }

  /** @param {string} word */
  word(word) {
    if (!word) return;
    if (this.text && this.breaks) this.text += "\n".repeat(this.breaks);
    else if (this.text && this.space) this.text += " ";
    this.breaks = 0;
    this.space = false;
    this.text += word;
  }
}

/**
 * Text of a live node. Walks without recursion, so depth costs nothing, and by a walker, which no shadowed property leads
 * astray.
 * @param {Element} root
 * @param {{skip?: ReadonlySet<Node>, hidden?: boolean}} [how]  `skip`: subtrees left out; `hidden`: read hidden text too
 * @returns {{text: string, truncated: boolean}}
 */
export function readText(root, { skip = new Set(), hidden = false } = {}) {
  const lines = new Lines();
  const walker = documentOf(root).createTreeWalker(root, 5 /* elements and text */);
  for (let seen = 1, enter = open(root, lines, skip, hidden); ; seen += 1) {
    if (seen > MAX_NODES || lines.text.length > MAX_CHARS) return { text: lines.text.slice(0, MAX_CHARS), truncated: true };
    if (!(enter && walker.firstChild())) {
      while (walker.currentNode !== root && !walker.nextSibling()) {
        walker.parentNode();
        close(walker.currentNode, lines);
      }
      if (walker.currentNode === root) break;
    }
    enter = open(walker.currentNode, lines, skip, hidden);
  }
  return { text: lines.text.trim(), truncated: false };
}

/**
 * Takes one node in; tells whether its children are to be read.
 * @param {Node} node @param {Lines} lines @param {ReadonlySet<Node>} skip @param {boolean} hidden
 * @returns {boolean}
 */
function open(node, lines, skip, hidden) {
  if (skip.has(node)) return false;
  if (typeOf(node) === 3) {
    const left = MAX_CHARS + 1 - lines.text.length;
    const parent = node.parentNode;
    lines.add((node.nodeValue ?? "").slice(0, 4 * left), parent !== null && tagOf(parent) === "PRE");
    return false;
  }
  const element = /** @type {Element} */ (node);
  const tag = tagOf(element);
  if (SKIPPED.has(tag) || (!hidden && isHidden(element))) return false;
  if (tag === "BR") lines.br();
  else if (tag === "TD" || tag === "TH") lines.space = true;
  else if (tag === "IMG") lines.add(attr(element, "data-emoji") ?? "", false);
  else breakAt(tag, lines);
  return true;
}

/** @param {Node} node @param {Lines} lines */
function close(node, lines) {
  breakAt(tagOf(node), lines);
}

/** @param {string} tag @param {Lines} lines */
function breakAt(tag, lines) {
  if (PARAGRAPHS.has(tag)) lines.end(2);
  else if (LINES.has(tag)) lines.end(1);
}
