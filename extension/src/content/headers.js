/** Headers on demand: allowed in the settings, asked for by a click, one question at a time, each mail once. */

import { askOwnOrigin } from "./own-origin.js";

/** @typedef {import("../webmail/types.js").Reading} Reading */
/** @typedef {import("../webmail/headers.js").Headers} Headers */

/** Mails whose headers are remembered, so that coming back to one asks nobody again. */
const MOST = 50;

/**
 * @param {import("../webmail/types.js").Adapter} adapter
 * @param {boolean} allowed
 * @param {import("../webmail/types.js").Get} [get]
 */
export function createHeaders(adapter, allowed, get = askOwnOrigin) {
  /** @type {Map<string, Headers | null>} null: the mailbox did not give them */
  const known = new Map();
  let running = Promise.resolve(/** @type {Headers | null} */ (null));
  const can = allowed && adapter.fetchHeaders !== undefined;

  return { withKnown, read };

  /**
   * A reading with its headers if they were read before, and with a note whether they can be.
   * @param {Reading} reading
   * @returns {Reading}
   */
  function withKnown(reading) {
    const { headersOf: id, message } = reading;
    if (!can || !id) return reading;
    const found = known.get(id);
    /** @type {import("../webmail/types.js").PageNotes} */
    const page = { ...message.page, headers: found ? "read" : known.has(id) ? "failed" : "can" };
    if (!found) return { ...reading, message: { ...message, page } };
    return { ...reading, key: `${reading.key}:headers`, message: { ...message, headers: found.headers, reply_to: found.replyTo, page } };
  }

  /**
   * @param {Reading} reading
   * @returns {Promise<Headers | null>}
   */
  function read({ headersOf: id }) {
    if (!can || !id) return Promise.resolve(null);
    const kept = known.get(id);
    if (kept) return Promise.resolve(kept);
    running = running.then(async () => {
      const found = await adapter.fetchHeaders?.(id, get) ?? null;
      known.set(id, found);
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
      return found;
    });
    return running;
  }
}
