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
      paint({ ...emptyStanding(), missing: reading.missing });
      void run(++turn, false);
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
      void run(++turn, true);
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

  /** @param {number} mine @param {boolean} fresh */
  async function run(mine, fresh) {
    const { key, message, me, missing } = session.reading;
    /** @param {any} answer @returns {boolean} whether it still counts, and was painted */
    const take = (answer) => {
      if (mine !== turn) return false;
      paint(answer ?? { ...session.standing, missing, problem: { code: "internal" }, busy: false });
      return answer !== null;
    };
    try {
      if (!fresh) {
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
      if (!(error instanceof Stale)) throw error;
      onStale();
    }
  }
}
