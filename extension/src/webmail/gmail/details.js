/** Gmail's details popup, present once the reader has opened it. Its labels are translated, so values go by shape. */

import { addressOf, pickAll, shortText } from "../dom.js";

const DOMAIN = /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}$/i;

/**
 * Reply-To is an address before the recipients that is not the sender; bare domains are mailed-by, then signed-by.
 * @param {Element} message
 * @param {import("../types.js").Ladders} ladders
 * @param {(node: Element) => boolean} outside  not inside the mail's body
 * @param {string} sender
 * @param {readonly string[]} recipients
 * @returns {{replyTo: {address: string, name: string}[], mailedBy: string, signedBy: string}}
 */
export function readDetails(message, ladders, outside, sender, recipients) {
  const values = pickAll(message, ladders.details_values, outside).elements;
  /** @type {{address: string, name: string}[]} */
  const replyTo = [];
  const domains = [];
  let atRecipients = false;
  for (const value of values) {
    const addresses = [...value.querySelectorAll("[email]")]
      .map((node) => ({ address: addressOf(node.getAttribute("email")), name: node.getAttribute("name") ?? "" }))
      .filter((entry) => entry.address);
    if (addresses.some((entry) => recipients.includes(entry.address))) atRecipients = true;
    if (!atRecipients) replyTo.push(...addresses.filter((entry) => entry.address !== sender));
    const text = shortText(value);
    if (!addresses.length && DOMAIN.test(text)) domains.push(text.toLowerCase());
  }
  // Without a known recipient row the end of the Reply-To row cannot be told.
  return { replyTo: atRecipients ? replyTo.slice(0, 10) : [], mailedBy: domains[0] ?? "", signedBy: domains[1] ?? "" };
}
