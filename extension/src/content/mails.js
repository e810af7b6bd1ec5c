/** Keeps one badge beside every open mail, and the panel on the mail that the reader chose. */

import { createBadge } from "../badge/badge.js";
import { showNotice } from "../badge/notice.js";
import { createPanelFrame } from "./panel-frame.js";
import { createSession } from "./session.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("../webmail/types.js").Reading} Reading */

/** A frame that is still empty after this many looks (250 ms apart) is judged as it is. */
const LOADING_LOOKS = 40;
const UNREAD_AFTER_MS = 5000;

/**
 * @param {object} parts
 * @param {Document} parts.document
 * @param {import("../webmail/types.js").Adapter} parts.adapter
 * @param {import("../shared/words.js").Words} parts.words
 * @param {(type: string, payload?: Record<string, unknown>) => Promise<any>} parts.ask
 * @param {() => void} parts.onStale
 * @param {() => void} parts.lookSoon
 * @param {import("./panel-frame.js").Place} [parts.place]  where the reader put the panel
 * @param {boolean} [parts.onClick]  a mail is sent to the server only when its badge is clicked
 */
export function createMails({ document, adapter, words, ask, onStale, lookSoon, place, onClick = false }) {
  /** @type {Map<Element, Session>} */
  const sessions = new Map();
  /** @type {Map<Element, number>} looks at a mail whose text is still loading */
  const looks = new Map();
  const panel = createPanelFrame(document, words, ask, place);
  /** @type {Session | null} the mail that the panel shows */
  let shown = null;
  /** @type {{since: number, notice: import("../badge/notice.js").Notice | null, dismissed: boolean} | null} */
  let unread = null;

  return { scan, recheck, closePanel, mailOf, end };

  function scan() {
    const readings = adapter.listOpen().filter((reading) => reading.state !== "own");
    const present = new Set(readings.map((reading) => reading.element));
    for (const [element, session] of sessions) {
      if (!present.has(element)) drop(element, session);
    }
    readings.forEach(follow);
    noticeUnreadable(readings.length);
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
    looks.delete(element);
    session.show(reading);
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
  function recheck(key) {
    for (const session of sessions.values()) if (session.reading.key === key) session.recheck();
  }

  /**
   * An open mail as it was read, for a letter about it; null if it has left.
   * @param {string} key
   */
  function mailOf(key) {
    const found = [...sessions.values()].find(({ reading }) => reading.key === key)?.reading;
    return found ? { mail: found.message, me: found.me } : null;
  }

  /** @param {number} count of mails read */
  function noticeUnreadable(count) {
    if (count || !adapter.expectsMail()) {
      unread?.notice?.remove();
      unread = null;
      return;
    }
    unread ??= { since: Date.now(), notice: null, dismissed: false };
    if (unread.notice || unread.dismissed) return;
    if (Date.now() - unread.since < UNREAD_AFTER_MS) {
      lookSoon();
      return;
    }
    unread.notice = showNotice(document, {
      lead: words("badge_unrecognised"), hint: words("badge_unrecognised_hint"),
      buttons: [
        { text: words("badge_diagnose"), done: words("badge_copied"), act: () => void navigator.clipboard.writeText(JSON.stringify(adapter.diagnose())) },
        { text: words("badge_dismiss"), act: () => { unread?.notice?.remove(); if (unread) unread.dismissed = true; } },
      ],
    });
  }

  function end() {
    for (const [element, session] of sessions) drop(element, session);
    panel.close();
    unread?.notice?.remove();
  }
}
