/** Mail addresses and web sites named in text. Scanned by hand: linear on any input. Twin of server/evidence/contacts.py. */

import { cleanHost, isIp, orgDomain, suffixLabels } from "./names.js";
import { isAlpha } from "./plain.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {{ start: number, end: number, value: string }} Place */

const MAX_FOUND = 50;
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const LOCAL = new Set(`${LETTERS}.!#$%&'*+/=?^_\`{|}~-`);
const HOST = new Set(`${LETTERS}.-`);
const LOCAL_EDGE = new Set(".'*=/`|");
const HOST_EDGE = new Set(".-");
const MAX_LOCAL = 64;
const MAX_HOST = 253;
const HOST_RUN = /[A-Za-z0-9.-]+/g;

/**
 * @param {string} text
 * @param {number} [limit]
 * @returns {Place[]} addresses in lower case; a full stop after one is left out
 */
export function findAddresses(text, limit = MAX_FOUND) {
  /** @type {Place[]} */
  const found = [];
  let at = text.indexOf("@");
  while (at >= 0 && found.length < limit) {
    let start = at;
    let end = at + 1;
    while (start > 0 && at - start < MAX_LOCAL && LOCAL.has(text.charAt(start - 1))) start--;
    while (end < text.length && end - at < MAX_HOST && HOST.has(text.charAt(end))) end++;
    while (start < at && LOCAL_EDGE.has(text.charAt(start))) start++;
    let stop = end;
    while (stop > at + 1 && HOST_EDGE.has(text.charAt(stop - 1))) stop--;
    const local = text.slice(start, at);
    const host = text.slice(at + 1, stop);
    if (local !== "" && isHost(host)) found.push({ start, end: stop, value: `${local}@${host}`.toLowerCase() });
    at = text.indexOf("@", Math.max(end, at + 1));
  }
  return found;
}

/** @param {string} host */
function isHost(host) {
  return host.includes(".") && !HOST_EDGE.has(host.charAt(0)) && !host.includes("..") && isAlpha(host.slice(-1));
}

/**
 * Web sites named in text. `loose` also takes bare names under country domains (signatures). A bare name counts only
 * under .com, .net, .org or a two-part suffix such as .com.cn: in running text, a missing space after a full stop makes
 * hosts of ordinary words ("valves.in our").
 * @param {string} text
 * @param {Lexicon} lexicon
 * @param {boolean} loose
 * @param {number} [limit]
 * @returns {Place[]}
 */
export function findSites(text, lexicon, loose, limit = MAX_FOUND) {
  /** @type {Place[]} */
  const found = [];
  for (const match of text.matchAll(HOST_RUN)) {
    if (found.length >= limit) break;
    const raw = match[0];
    if (!raw.includes(".") || raw.length > MAX_HOST) continue;
    let skipped = 0;
    while (HOST_EDGE.has(raw.charAt(skipped))) skipped++;
    let length = raw.length;
    while (length > skipped && HOST_EDGE.has(raw.charAt(length - 1))) length--;
    const start = match.index + skipped;
    const host = cleanHost(raw.slice(skipped, length));
    const before = text.slice(Math.max(0, start - 8), start);
    if (before.endsWith("@") || text[match.index + raw.length] === "@" || !isSite(host, before, lexicon, loose))
      continue;
    found.push({ start, end: start + host.length, value: host });
  }
  return found;
}

/**
 * @param {string} host
 * @param {string} before
 * @param {Lexicon} lexicon
 * @param {boolean} loose
 */
function isSite(host, before, lexicon, loose) {
  const labels = host.split(".");
  const last = labels[labels.length - 1] ?? "";
  if (labels.length < 2 || isIp(host) || !isAlpha(last) || host.includes("..")) return false;
  const org = orgDomain(host, lexicon).split(".");
  if (before.toLowerCase().endsWith("://") || labels[0] === "www") return org.length > 1;
  if (before.endsWith("/") || (org[0] ?? "").length < 3) return false;
  const suffix = suffixLabels(host, lexicon);
  if (suffix >= labels.length) return false;
  return lexicon.sets.common_tlds.has(last) || (lexicon.cctlds.has(last) && (loose || suffix > 1));
}
