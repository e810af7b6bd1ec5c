/** Whose mailbox this is. */

import { addressOf, pick } from "../dom.js";
import { attr } from "../safe.js";

/**
 * The reader's address: from the account button, else from the tab title, which ends in `… - a@b.example - Gmail` or with
 * the company's name for its mail. The title begins with the subject, which the sender chose, so the search goes from its
 * end and takes no more than four parts.
 * @param {Document} document
 * @param {import("../types.js").Ladders} ladders
 * @returns {string}  empty if unknown
 */
export function ownAddress(document, ladders) {
  const button = pick(document, ladders.account, (node) => inLabel(node) !== "");
  if (button) return inLabel(button.element);
  const parts = document.title.slice(-600).split(" - ");
  for (const part of parts.slice(1).slice(-4).reverse()) {
    const address = addressOf(part);
    if (address) return address;
  }
  return "";
}

/** The address in `Google Account: Ann Lee (a@b.example)`. @param {Element} node */
function inLabel(node) {
  const words = (attr(node, "aria-label") ?? "").slice(-400).split(/[\s()（）]/);
  return words.map(addressOf).filter(Boolean).at(-1) ?? "";
}
