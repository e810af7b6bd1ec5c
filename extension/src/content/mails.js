/** Keeps one badge beside every open mail, and the panel on the mail that the reader chose. */

import { createBadge } from "../badge/badge.js";
import { FROM_CONTENT } from "../shared/messages.js";
import { structureOf } from "./report.js";
import { createCalm } from "./calm.js";
import { createHeaders } from "./headers.js";
import { createPanelFrame } from "./panel-frame.js";
import { createSession } from "./session.js";
import { createUnread } from "./unread.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("../webmail/types.js").Reading} Reading */

/** No look draws new badges for longer than this, in milliseconds; the others follow in the next task. */
const BUDGET_MS = 12;
/** A frame that is still empty after this many looks (250 ms apart) is judged as it is. */
const LOADING_LOOKS = 40;

/**
 * @param {object} parts
 * @param {Document} parts.document
 * @param {import("../webmail/types.js").Adapter} parts.adapter
 * @param {import("../webmail/types.js").Ladders} parts.ladders
 * @param {import("../shared/words.js").Words} parts.words
 * @param {(type: string, payload?: Record<string, unknown>) => Promise<any>} parts.ask
 * @param {() => void} parts.onStale
 * @param {() => void} parts.lookSoon
 * @param {() => void} parts.lookOn  goes on in the next task
 * @param {import("./panel-frame.js").Place} [parts.place]  where the reader put the panel
 * @param {boolean} [parts.onClick]  a mail is sent to the server only when its badge is clicked
 * @param {boolean} [parts.withHeaders]  the mailbox may be asked for a mail's headers
 */
export function createMails({ document, adapter, ladders, words, ask, onStale, lookSoon, lookOn, place, onClick = false, withHeaders = false }) {
  /** @type {Map<Element, Session>} */
  const sessions = new Map();
  /** @type {Map<Element, number>} looks at a mail whose text is still loading */
  const looks = new Map();
  const panel = createPanelFrame(document, words, ask, place);
  const isCalm = createCalm();
  const headers = createHeaders(adapter, withHeaders);
  const unread = createUnread(document, words, {
    structure: () => structureOf(document, ladders), selfCheck: () => void ask(FROM_CONTENT.selfcheck).catch(onStale), lookSoon,
  });
  /** @type {Session | null} the mail that the panel shows */
  let shown = null;

  return { scan, recheck, closePanel, mailOf, readHeaders, broken, end };

  function scan() {
    const readings = adapter.listOpen();
    const foreign = readings.filter((reading) => reading.state !== "own").map(headers.withKnown);
    const present = new Set(foreign.map((reading) => reading.element));
    for (const [element, session] of sessions) {
      if (!present.has(element)) drop(element, session);
    }
    const ends = performance.now() + BUDGET_MS;
    let left = adapter.unfinished();
    for (const reading of foreign) {
      if (sessions.has(reading.element) || performance.now() < ends) follow(reading);
      else left = true;
    }
    if (readings.length || !adapter.expectsMail()) unread.clear();
    else unread.expected();
    if (left) lookOn();
    if (panel.isOpen() && shown === null) retarget();
  }

  /** @param {Reading} reading */
  function follow(reading) {
    const { element } = reading;
    let session = sessions.get(element);
    const known = session?.reading.key === reading.key;
    if (!session) {
      session = createSession(reading, createBadge(document, words, () => void openPanel(element)), { ask, onStale, onClick });
      sessions.set(element, session);
    }
    session.badge.place(reading.anchor);
    if (reading.state === "loading" && !isOverdue(element)) {
      if (!known || looks.get(element) === 1) session.waiting();
      session.reading = { ...reading, key: "" };
      lookSoon();
      return;
    }
    if (known) return;
    if (!isCalm(reading)) {
      session.restless(reading);
      // Asked about again once it has come to rest.
      session.reading = { ...reading, key: "" };
      lookSoon();
      return;
    }
    looks.delete(element);
    if (session.reading.core === reading.core && session.reading.key !== reading.key && session.reading.key) session.more(reading);
    else session.show(reading);
    if (session === shown && panel.isOpen()) void openPanel(element);
  }

  /** @param {Element} element */
  function isOverdue(element) {
    const count = (looks.get(element) ?? 0) + 1;
    looks.set(element, count);
    return count > LOADING_LOOKS;
  }

  /** @param {Element} element @param {Session} session */
  function drop(element, session) {
    session.end();
    sessions.delete(element);
    looks.delete(element);
    if (session === shown) shown = null;
  }

  /** The panel follows the reader to the next mail, and leaves with the last. */
  function retarget() {
    const [next] = sessions.keys();
    if (next) void openPanel(next);
    else panel.close();
  }

  /** @param {Element} element */
  async function openPanel(element) {
    const session = sessions.get(element);
    if (!session) return;
    for (const other of sessions.values()) other.badge.expanded(other === session);
    shown = session;
    session.start();
    // While the first answer is on its way the worker knows nothing of this mail yet.
    for (let tries = 0; tries < 20 && shown === session; tries += 1) {
      if (session.reading.key && await panel.show(session.reading.key).catch(() => { onStale(); return true; })) return;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  function closePanel() {
    panel.close();
    shown?.badge.expanded(false);
    shown?.badge.focus();
    shown = null;
  }

  /** @param {string} key */
  function sessionOf(key) {
    return [...sessions.values()].find(({ reading }) => reading.key === key);
  }

  /** @param {string} key */
  function recheck(key) {
    sessionOf(key)?.recheck();
  }

  /**
   * An open mail as it was read, for a letter about it; null if it has left.
   * @param {string} key
   */
  function mailOf(key) {
    const found = sessionOf(key)?.reading;
    return found ? { mail: found.message, me: found.me } : null;
  }

  /**
   * Asks the mailbox for a mail's headers and vets it anew with them.
   * @param {string} key
   * @returns {Promise<{headers: "read" | "failed"}>}
   */
  async function readHeaders(key) {
    const session = sessionOf(key);
    const found = session ? await headers.read(session.reading) : null;
    if (found) scan();
    return { headers: found ? "read" : "failed" };
  }

  /** Reading failed: no badge may stand beside a mail that it does not belong to any more. */
  function broken() {
    for (const [element, session] of sessions) drop(element, session);
    unread.broken();
  }

  function end() {
    for (const [element, session] of sessions) drop(element, session);
    panel.close();
    unread.clear();
  }
}
