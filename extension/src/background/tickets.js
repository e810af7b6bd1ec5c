/** One-time tickets: a panel shows a mail only if our content script asked for it. A panel that a page opens has none. */

const PREFIX = "ticket:";
const LIFE_MS = 30000;

/**
 * @param {string} id  of the standing that may be shown
 * @param {number} tab
 * @returns {Promise<string>}
 */
export async function issueTicket(id, tab) {
  const ticket = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  await chrome.storage.session.set({ [PREFIX + ticket]: { id, tab, at: Date.now() } });
  return ticket;
}

/**
 * The mail behind a ticket; the ticket is void afterwards.
 * @param {unknown} ticket
 * @param {number | undefined} tab
 * @returns {Promise<string | null>}
 */
export async function redeemTicket(ticket, tab) {
  if (typeof ticket !== "string" || !/^[0-9a-f]{32}$/.test(ticket)) return null;
  const name = PREFIX + ticket;
  const found = /** @type {{id: string, tab: number, at: number} | undefined} */ ((await chrome.storage.session.get(name))[name]);
  await chrome.storage.session.remove(name);
  if (!found || found.tab !== tab || Date.now() - found.at > LIFE_MS) return null;
  return found.id;
}
