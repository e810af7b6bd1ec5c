/** What the server offers and which extension it ships: asked now and then, kept for the session. */

import { readSettings } from "../shared/settings.js";
import { ask } from "./api.js";

/** @typedef {{address: string, features: string[], extension: string, at: number}} News */

const SLOT = "server";
const FRESH_MS = 10 * 60 * 1000;

/** After a failure the server is left alone this long. */
const RETRY_MS = 30 * 1000;

/**
 * The last answer, renewed when it is old. Without one nothing is offered: no control is shown that does nothing.
 * @param {boolean} [anew]  ask also if the last answer is fresh
 * @returns {Promise<News>}
 */
export async function serverNews(anew = false) {
  const settings = await readSettings();
  const kept = /** @type {News | undefined} */ ((await chrome.storage.session.get(SLOT))[SLOT]);
  if (!anew && kept?.address === settings.address && Date.now() - kept.at < FRESH_MS) return kept;
  const answer = await ask(settings, "/readyz");
  const news = answer.problem ? { address: settings.address, features: [], extension: "", at: Date.now() - FRESH_MS + RETRY_MS } : newsOf(settings.address, answer.data);
  await chrome.storage.session.set({ [SLOT]: news });
  return news;
}

/**
 * @param {string} address
 * @param {any} data  of /readyz
 * @returns {News}
 */
function newsOf(address, data) {
  const features = Array.isArray(data?.features) ? data.features.map(String).slice(0, 50) : [];
  const shipped = typeof data?.extension === "string" && /^[0-9.]{1,30}$/.test(data.extension) ? data.extension : "";
  return { address, features, extension: isNewer(shipped, chrome.runtime.getManifest().version) ? shipped : "", at: Date.now() };
}

/**
 * @param {string} one  as `1.2.10`; empty is never newer
 * @param {string} other
 */
export function isNewer(one, other) {
  const [a, b] = [one, other].map((text) => text.split(".").map(Number));
  for (let at = 0; one && at < Math.max(a.length, b.length); at += 1) {
    if ((a[at] ?? 0) !== (b[at] ?? 0)) return (a[at] ?? 0) > (b[at] ?? 0);
  }
  return false;
}
