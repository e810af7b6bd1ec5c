/** One open mail: its badge, and the questions to the worker about it. Answers that come too late are dropped. */

import { FROM_CONTENT } from "../shared/messages.js";
import { emptyStanding } from "../shared/standing.js";
import { Stale } from "./ask.js";

/** @typedef {import("../webmail/types.js").Reading} Reading */
/** @typedef {import("../shared/standing.js").Standing} Standing */

/** Waits between questions for the newer verdict, while the server's look-ups run. */
const POLL_MS = [700, 1000, 1500, 2500, 4000, 6000, 10000];

/**
 * @typedef {object} Session
 * @property {Reading} reading
 * @property {import("../badge/badge.js").Badge} badge
 * @property {Standing} standing
 * @property {(reading: Reading) => void} show  starts over for another mail or another text of it
 * @property {(reading: Reading) => void} more  the same text with more around it: what is shown stays until the new answer
 * @property {(reading: Reading) => void} restless  the text changes all the time: no answer would hold
 * @property {() => void} waiting  the mail's text is still loading
 * @property {() => void} start  asks the server where that waited for a click
 * @property {() => void} recheck
 * @property {() => void} end
 */

/**
 * @param {Reading} first
 * @param {import("../badge/badge.js").Badge} badge
 * @param {{ask: (type: string, payload?: Record<string, unknown>) => Promise<any>, onStale: () => void, onClick?: boolean}} ports
 * @returns {Session}
 */
export function createSession(first, badge, { ask, onStale, onClick = false }) {
  let turn = 0;
  let waits = onClick;
  /** @type {Session} */
  const session = {
    reading: first,
    badge,
    standing: emptyStanding(),
    show(reading) {
      if (reading.key !== session.reading.key) waits = onClick;
      session.reading = reading;
      paint({ ...emptyStanding(), missing: reading.missing, page: reading.message.page });
      void run(++turn, { preview: true });
    },
    more(reading) {
      if (waits || !session.standing.verdict) return session.show(reading);
      session.reading = reading;
      paint({ ...session.standing, missing: reading.missing, page: reading.message.page, busy: true });
      void run(++turn, {});
    },
    restless(reading) {
      turn += 1;
      session.reading = reading;
      const missing = [...new Set([...reading.missing, "body"])];
      paint({ ...session.standing, missing, page: { ...reading.message.page, hints: ["restless"] }, busy: false });
    },
    waiting() {
      turn += 1;
      paint(emptyStanding());
    },
    start() {
      if (waits) session.recheck();
    },
    recheck() {
      waits = false;
      paint({ ...session.standing, busy: true, idle: false });
      void run(++turn, { fresh: true });
    },
    end() {
      turn += 1;
      badge.remove();
    },
  };
  return session;

  /** @param {Standing} standing */
  function paint(standing) {
    session.standing = standing;
    badge.paint(standing);
  }

  /** @param {number} mine @param {{preview?: boolean, fresh?: boolean}} how */
  async function run(mine, { preview: first = false, fresh = false }) {
    const { key, message, me, missing } = session.reading;
    /** @param {any} answer @returns {boolean} whether it still counts, and was painted */
    const take = (answer) => {
      if (mine !== turn) return false;
      paint(answer ?? { ...session.standing, missing, problem: { code: "internal" }, busy: false });
      return answer !== null;
    };
    try {
      if (first) {
        const preview = await ask(FROM_CONTENT.preview, { key, mail: message, me });
        // A browser that cannot judge by itself still asks the server.
        if (mine !== turn || (preview && take(preview) && !preview.busy)) return;
        if (waits) return paint({ ...session.standing, busy: false, idle: true });
      }
      if (!take(await ask(FROM_CONTENT.vet, { key, mail: message, me, fresh }))) return;
      for (const pause of POLL_MS) {
        if (!session.standing.busy || mine !== turn) return;
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (mine !== turn || !take(await ask(FROM_CONTENT.poll, { key }))) return;
      }
      if (mine === turn) paint({ ...session.standing, busy: false });
    } catch (error) {
      if (error instanceof Stale) return onStale();
      // An answer that cannot be shown must not end in the mailbox's console, nor leave the last verdict standing.
      if (mine === turn) paint({ ...emptyStanding(), missing, page: message.page, problem: { code: "version" }, busy: false });
    }
  }
}
