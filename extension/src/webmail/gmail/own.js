/** Whose mailbox this is. */

import { addressOf } from "../dom.js";

/**
 * The reader's address from the tab title, which ends in `… - a@b.example - Gmail`. Only the last two parts count: what
 * stands before them is the subject, which the sender chose.
 * @param {Document} document
 * @returns {string}  empty if unknown
 */
export function ownAddress(document) {
  const parts = document.title.split(" - ");
  return parts.length >= 2 ? addressOf(parts.at(-2)) : "";
}
