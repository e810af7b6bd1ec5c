/** Standings of mails in `storage.session`: the worker may end at any time, and the panel watches them there. */

/** @typedef {import("../shared/standing.js").Standing} Standing */
/** @typedef {{standing: Standing, pollKey: string, lang: string, at: number}} Kept */

/** Mails kept; with 20 the store stays below the megabyte that old browsers grant it. */
const MOST = 20;
const PREFIX = "mail:";

/** @param {string} id */
export const slotOf = (id) => PREFIX + id;

/**
 * @param {string} id
 * @returns {Promise<Kept | null>}
 */
export async function readKept(id) {
  const found = await chrome.storage.session.get(slotOf(id));
  return /** @type {Kept | undefined} */ (found[slotOf(id)]) ?? null;
}

/**
 * @param {string} id
 * @param {Standing} standing
 * @param {{pollKey?: string, lang: string}} about  `pollKey`: under which the server gives the newer verdict
 */
export async function keep(id, standing, { pollKey = "", lang }) {
  await chrome.storage.session.set({ [slotOf(id)]: { standing, pollKey, lang, at: Date.now() } });
  await dropOldest();
}

async function dropOldest() {
  const all = /** @type {[string, Kept][]} */ (Object.entries(await chrome.storage.session.get(null))).filter(([name]) => name.startsWith(PREFIX));
  if (all.length <= MOST) return;
  const oldest = all.sort(([, a], [, b]) => a.at - b.at).slice(0, all.length - MOST);
  await chrome.storage.session.remove(oldest.map(([name]) => name));
}
