/** A mail's raw header block, read in the page: only named fields leave it, and of claims only the mailbox's own. */

import { addressOf } from "./dom.js";

/** @typedef {{headers: [string, string][], replyTo: {address: string, name: string}[]}} Headers */

/** What the server judges by. Everything else (routes inside the company, tracking marks, keys) stays in the page. */
const WANTED = new Set([
  "date", "message-id", "in-reply-to", "references", "reply-to", "return-path", "authentication-results", "arc-seal",
  "arc-authentication-results", "list-id", "list-post", "mailing-list", "list-unsubscribe", "list-unsubscribe-post", "precedence", "feedback-id",
  "x-forwarded-to", "x-forwarded-for", "x-forwarded-encrypted", "resent-from", "resent-sender", "resent-to", "resent-date",
  "x-original-to-forwarded", "x-auto-forward", "x-qq-forward",
]);
/** Results that anybody may write: they count only where the mailbox's own server put them, on top. */
const CLAIMS = new Set(["authentication-results", "arc-seal", "arc-authentication-results"]);
const MOST_FIELDS = 300;
const MOST_VALUE = 2000;

/**
 * Whether a text holds a whole header block.
 * @param {string} text
 */
export const isWhole = (text) => /\r?\n\r?\n/.test(text);

/**
 * @param {string} raw  a mail or the beginning of one
 * @param {string} authority  the name under which the mailbox's server writes its results; empty if it is not known
 * @returns {Headers | null}  null if this is no header block, or not a whole one
 */
export function headersOf(raw, authority) {
  const text = raw.replace(/^\s{1,200}/, "");
  const end = text.search(/\r?\n\r?\n/);
  if (end < 0 || text.startsWith("<") || !/^(delivered-to|received|from|message-id|return-path):/im.test(text.slice(0, end))) return null;
  const lines = text.slice(0, end).replaceAll(/\r?\n[ \t]{1,200}/g, " ").split(/\r?\n/).slice(0, 2000);
  const fields = /** @type {[string, string][]} */ (lines.map(fieldOf).filter(Boolean));
  const trusted = trustedOf(fields, authority);
  const replies = fields.filter(([name]) => name.toLowerCase() === "reply-to").map(([, value]) => value);
  return { headers: trusted.slice(0, MOST_FIELDS), replyTo: addressesIn(replies[0] ?? "") };
}

/** @param {string} line @returns {[string, string] | null} */
function fieldOf(line) {
  const at = line.indexOf(":");
  const name = line.slice(0, at);
  return at > 0 && /^[!-9;-~]{1,80}$/.test(name) ? [name, line.slice(at + 1, at + 1 + MOST_VALUE).trim()] : null;
}

/**
 * @param {[string, string][]} fields
 * @param {string} authority
 * @returns {[string, string][]}
 */
function trustedOf(fields, authority) {
  const names = fields.map(([name]) => name.toLowerCase());
  const results = fields[names.indexOf("authentication-results")]?.[1] ?? "";
  const isOwn = authority !== "" && results.toLowerCase().split(/[\s;]/)[0] === authority;
  // Below the first Received stands what came with the mail.
  const firstHop = names.indexOf("received");
  return fields.filter(([, ], at) => {
    const name = names[at] ?? "";
    if (!WANTED.has(name)) return false;
    if (CLAIMS.has(name)) return isOwn && names.indexOf(name) === at;
    if (name === "return-path") return names.indexOf(name) === at && (isOwn || firstHop < 0 || at < firstHop);
    return true;
  });
}

/** @param {string} value @returns {{address: string, name: string}[]} */
function addressesIn(value) {
  return value.slice(0, MOST_VALUE).split(/,(?=[^"]{0,500}(?:"[^"]{0,500}"[^"]{0,500}){0,20}$)/).slice(0, 10).flatMap((part) => {
    const open = part.lastIndexOf("<");
    const address = addressOf(open < 0 ? part : part.slice(open));
    const name = open > 0 ? decodedWords(part.slice(0, open)).trim().replaceAll(/^"|"$/g, "") : "";
    return address ? [{ address, name: name.slice(0, 300) }] : [];
  });
}

/**
 * RFC 2047 words as text; a charset that the browser does not know leaves the word as it stands.
 * @param {string} text
 */
export function decodedWords(text) {
  const joined = text.slice(0, MOST_VALUE).replaceAll(/\?=\s{1,20}=\?/g, "?==?");
  return joined.replaceAll(/=\?([^?\s]{1,40})\?([bq])\?([^?\s]{0,500})\?=/gi, (whole, charset, kind, coded) => {
    try {
      const binary = kind.toLowerCase() === "b" ? atob(coded)
        : coded.replaceAll("_", " ").replaceAll(/=([0-9a-f]{2})/gi, (/** @type {string} */ _whole, /** @type {string} */ hex) => String.fromCharCode(parseInt(hex, 16)));
      return new TextDecoder(charset.split("*")[0]).decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
    } catch (error) {
      if (error instanceof RangeError || error instanceof DOMException || error instanceof TypeError) return whole;
      throw error;
    }
  });
}

const ENTITIES = /** @type {Record<string, string>} */ ({ amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'", nbsp: "\u00a0" });

/**
 * Plain text out of the inside of an element in markup: entities only, no tags are expected there.
 * @param {string} markup
 */
export function plainOf(markup) {
  return markup.replaceAll(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,6});/gi, (whole, name) => {
    if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = name[1] === "x" || name[1] === "X" ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
  });
}
