/** Asking the worker from a page. After an update of the extension the old content script can reach nobody. */

/** The extension was updated or removed; only reloading the page helps. */
export class Stale extends Error {}

/**
 * @param {string} type
 * @param {Record<string, unknown>} [payload]
 * @returns {Promise<any>}  null if the worker failed or could not be reached
 */
export async function askWorker(type, payload = {}) {
  // A worker that was just put to sleep may drop the first message.
  for (const last of [false, true]) {
    if (!chrome.runtime?.id) throw new Stale();
    try {
      const answer = await chrome.runtime.sendMessage({ type, ...payload });
      return answer?.failed ? null : answer ?? null;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (/context invalidated/i.test(error.message) || !chrome.runtime?.id) throw new Stale();
      if (last) return null;
    }
  }
  return null;
}
