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
 * @returns {{replyTo: {address: string, name: string}[], mailedBy: string, signedBy: string, via: string, rung: number}}
 *   via: who sent it in the sender's stead; empty if nobody or unknown
 */
export function readDetails(message, ladders, outside, sender, recipients) {
  const { elements: values, rung } = pickAll(message, ladders.details_values, outside);
  /** @type {{address: string, name: string}[]} */
  const replyTo = [];
  /** @type {string[]} */
  const domains = [];
  let atRecipients = false;
  for (const value of values.slice(0, 60)) {
    const addresses = [...value.querySelectorAll("[email]")].slice(0, 100)
      .map((node) => ({ address: addressOf(node.getAttribute("email")), name: (node.getAttribute("name") ?? "").slice(0, 300) }))
      .filter((entry) => entry.address);
    if (addresses.some((entry) => recipients.includes(entry.address))) atRecipients = true;
    if (!atRecipients) replyTo.push(...addresses.filter((entry) => entry.address !== sender));
    const text = shortText(value);
    if (!addresses.length && DOMAIN.test(text)) domains.push(text.toLowerCase());
  }
  const [mailedBy = "", signedBy = ""] = domains;
  // Without a known recipient row the end of the Reply-To row cannot be told.
  return { replyTo: atRecipients ? replyTo.slice(0, 10) : [], mailedBy, signedBy, via: viaOf(sender, mailedBy, signedBy), rung };
}

/** Neither path nor signature of the sender's own domain: another one sent it. */
/** @param {string} sender @param {string} mailedBy @param {string} signedBy */
function viaOf(sender, mailedBy, signedBy) {
  const host = sender.slice(sender.lastIndexOf("@") + 1);
  const isOwn = (/** @type {string} */ domain) => domain === host || domain.endsWith(`.${host}`) || host.endsWith(`.${domain}`);
  if (!host || !mailedBy || isOwn(mailedBy) || (signedBy && isOwn(signedBy))) return "";
  return signedBy || mailedBy;
}
