/** Whether transport headers, where given, tell of a list or a mailing. Twin of server/evidence/headers.py. */

import { strip } from "./plain.js";

/** @typedef {[string, string][] | undefined} Headers */

const BULK = ["list", "bulk", "junk"];

/**
 * @param {Headers} headers
 * @param {string} name
 * @returns {string[]} the values of a header, topmost first, names compared without case
 */
function values(headers, name) {
  return (headers ?? []).filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

/**
 * @param {Headers} headers
 * @returns {boolean} List-Id, List-Post, or List-Unsubscribe with a bulk precedence or a feedback id
 */
export function isMailingList(headers) {
  const names = new Set((headers ?? []).map(([key]) => key.toLowerCase()));
  if (names.has("list-id") || names.has("list-post") || names.has("mailing-list")) return true;
  const bulk = values(headers, "precedence").some((value) => BULK.includes(strip(value).toLowerCase()));
  return names.has("list-unsubscribe") && (bulk || names.has("feedback-id") || names.has("list-unsubscribe-post"));
}

/**
 * @param {Headers} headers
 * @param {string} org
 * @returns {boolean} whether the list's own headers name this domain
 */
export function namesListHost(headers, org) {
  return ["list-id", "list-post"].some((name) =>
    values(headers, name).some((value) => value.toLowerCase().includes(org)),
  );
}
