/** What was pasted or dropped, as the API takes it. */

/**
 * @param {string} sender  an address, or empty
 * @param {string} subject
 * @param {string} body
 * @returns {import("../shared/types.js").Message}  empty boxes are left out: they are unknown, not empty
 */
export function mailOf(sender, subject, body) {
  const missing = [...(sender ? [] : ["sender"]), ...(body.trim() ? [] : ["body"])];
  return {
    ...(sender && { sender: { address: sender } }),
    ...(subject && { subject: subject.slice(0, 2000) }),
    ...(body.trim() && { body: { text: body.slice(0, 300000) } }),
    ...(missing.length && { missing }),
  };
}

/**
 * Whether a file begins with mail headers.
 * @param {Uint8Array} bytes
 */
export function looksLikeMail(bytes) {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 16384));
  return /^(from|to|subject|date|received|return-path|message-id|delivered-to|mime-version|x-[a-z-]{1,60}):/im.test(head);
}

/**
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function base64Of(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
