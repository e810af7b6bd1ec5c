/** A mail as read from the page, made ready for the API. */

/** @typedef {import("../shared/types.js").Message} Message */

/** Below the server's cap of 1 MiB, counted in UTF-16 units with room for wide characters. */
const MOST_UNITS = 330000;

/**
 * Takes only the fields that the API knows, states whose mailbox it is, and keeps the request below the cap.
 * @param {Message} mail
 * @param {string} me  the reader's address, empty if unknown
 * @param {ReadonlySet<string>} freemail
 * @returns {Message}
 */
export function requestOf(mail, me, freemail) {
  /** @type {Message} */
  const request = {};
  for (const name of /** @type {const} */ ([
    "sender", "sent_by", "reply_to", "recipients", "subject", "date", "body", "quoted_text", "links", "attachments", "headers",
    "context", "missing",
  ])) {
    if (mail[name] !== undefined) Object.assign(request, { [name]: mail[name] });
  }
  const host = me.slice(me.lastIndexOf("@") + 1);
  // On freemail only the address is ours; the domain belongs to everybody.
  if (host) request.own_domains = [freemail.has(host) ? me : host];
  return fit(request);
}

/** @param {Message} request */
function fit(request) {
  const tooLarge = () => JSON.stringify(request).length > MOST_UNITS;
  if (tooLarge() && request.links) request.links = request.links.map(({ text, href }) => ({ text: text.slice(0, 100), href: href.slice(0, 300) }));
  if (tooLarge() && request.quoted_text) request.quoted_text = request.quoted_text.slice(0, 20000);
  if (tooLarge() && request.body?.text) request.body = { text: request.body.text.slice(0, 60000) };
  return request;
}
