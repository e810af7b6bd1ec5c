/**
 * A Gmail message's headers, asked for on a click: the raw mail, else the page "Show original". Both are undocumented,
 * use the reader's own login, and may stop working any day; without them everything else goes on.
 */

import { headersOf, isWhole, plainOf } from "../headers.js";

/** Google's servers sign their results with this name; results under another name came with the mail. */
const AUTHORITY = "mx.google.com";

/**
 * @param {string} id  hexadecimal, `data-legacy-message-id`
 * @param {Location | URL} location
 * @param {Document} document
 * @param {import("../types.js").Get} get
 * @returns {Promise<import("../headers.js").Headers | null>}
 */
export async function fetchGmailHeaders(id, location, document, get) {
  if (!/^[0-9a-f]{10,20}$/.test(id)) return null;
  const base = accountPath(location);
  // A kept redirect of an earlier request would be refused, so that each address is new.
  const raw = await get(`${base}?view=att&th=${id}&attid=0&disp=comp&safe=1&zw&cacheCounter=${Date.now()}`, isWhole);
  const found = headersOf(raw, AUTHORITY);
  if (found) return found;
  const ik = keyOf(document);
  if (!ik) return null;
  const page = await get(`${base}?ik=${ik}&view=om&permmsgid=msg-f:${BigInt(`0x${id}`)}`, (text) => isWhole(originalIn(text)));
  return headersOf(originalIn(page), AUTHORITY);
}

/**
 * The path of the account that is open, also of a delegated one (`/mail/b/…/u/1/`).
 * @param {Location | URL} location
 */
export function accountPath(location) {
  return /^\/mail\/(?:b\/[\w%.-]{1,100}\/)?u\/[0-9]{1,3}\//.exec(location.pathname)?.[0] ?? "/mail/u/0/";
}

/** The account's key as the page's own links carry it. @param {Document} document */
function keyOf(document) {
  for (const link of document.querySelectorAll('a[href*="ik="]')) {
    const found = /[?&]ik=([0-9a-f]{6,20})(?:&|$)/.exec((link.getAttribute("href") ?? "").slice(0, 2000));
    // Links of a mail name a key of their own choosing, if any.
    if (found && !link.closest(".a3s")) return found[1];
  }
  for (const { name } of performance.getEntriesByType("resource").slice(-500)) {
    const found = /^https:\/\/mail\.google\.com\/[^#]{0,2000}[?&]ik=([0-9a-f]{6,20})(?:&|$)/.exec(name.slice(0, 3000));
    if (found) return found[1];
  }
  return "";
}

/** The raw text that "Show original" holds. @param {string} page */
function originalIn(page) {
  const at = page.indexOf('id="raw_message_text"');
  const start = at < 0 ? -1 : page.indexOf(">", at);
  if (start < 0) return "";
  const end = page.indexOf("</pre>", start);
  return plainOf(page.slice(start + 1, end < 0 ? undefined : end));
}
