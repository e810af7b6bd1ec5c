/** What the panel knows of its mail, and when that changes. Firefox keeps the session store from embedded pages: there the worker is asked. */

import { FROM_PANEL } from "../shared/messages.js";
import { SEARCHES, withSearches } from "../shared/searches.js";

/** @typedef {import("../shared/standing.js").Standing} Standing */
/** @typedef {{standing: Standing | null, notes: import("../shared/notes.js").Notes, news: {features: string[], extension: string}}} Known */

const SOON_MS = 1000;

/** @returns {Omit<Known, "standing">} */
export function nothingKnown() {
  return { notes: {}, news: { features: [], extension: "" } };
}

/**
 * @param {string} id  of the mail
 * @param {(type: string, payload: Record<string, unknown>) => Promise<any>} ask
 * @returns {Promise<Known>}
 */
export async function readKnown(id, ask) {
  if (!chrome.storage.session) {
    const { standing = null, notes = {}, news } = (await ask(FROM_PANEL.read, { id })) ?? {};
    return { standing, notes, news: news ?? nothingKnown().news };
  }
  const slot = `mail:${id}`;
  const [session, local] = await Promise.all([chrome.storage.session.get([slot, "server", SEARCHES]), chrome.storage.local.get("counterparts")]);
  const kept = /** @type {{standing: Standing} | undefined} */ (session[slot])?.standing;
  const standing = kept ? withSearches(kept, session[SEARCHES]) : null;
  const book = /** @type {Record<string, {notes: Known["notes"]}>} */ (local.counterparts ?? {});
  const name = standing?.sender?.toLowerCase() ?? "";
  const news = /** @type {Known["news"] | undefined} */ (session.server) ?? nothingKnown().news;
  return { standing, notes: name && Object.hasOwn(book, name) ? book[name].notes : {}, news };
}

/**
 * Calls back when something of the mail may have changed.
 * @param {() => string} shown  id of the mail, empty for none
 * @param {(slot: string) => void} tell  with the name of what changed
 */
export function onChange(shown, tell) {
  chrome.storage.onChanged.addListener((changes, area) => {
    for (const slot of Object.keys(changes)) {
      const ours = area === "local" ? slot === "counterparts" : area === "session" && (slot === "server" || slot === SEARCHES || slot === `mail:${shown()}` || slot.startsWith("side:"));
      if (ours) tell(slot);
    }
  });
  if (chrome.storage.session) return;
  setInterval(() => {
    if (shown() && document.visibilityState === "visible") tell("");
  }, SOON_MS);
}
