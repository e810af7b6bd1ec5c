/** Says so when a mail seems to be open but cannot be read, or when reading itself failed. */

import { showNotice } from "../badge/notice.js";

const AFTER_MS = 5000;

/**
 * @param {Document} document
 * @param {import("../shared/words.js").Words} words
 * @param {{structure: () => string, selfCheck: () => void, lookSoon: () => void}} acts
 */
export function createUnread(document, words, { structure, selfCheck, lookSoon }) {
  /** @type {{since: number, kind: string, notice: import("../badge/notice.js").Notice | null, dismissed: boolean} | null} */
  let unread = null;

  /** @param {string} kind */
  function show(kind) {
    const { notice, remove } = make(kind);
    unread = { since: unread?.since ?? performance.now(), kind, notice, dismissed: false };
    return remove;
  }

  /** @param {string} kind */
  function make(kind) {
    const remove = () => {
      unread?.notice?.remove();
      if (unread) unread.dismissed = true;
    };
    const notice = showNotice(document, {
      lead: words(`badge_${kind}`), hint: words("badge_unrecognised_hint"),
      buttons: [
        { text: words("badge_diagnose"), done: words("badge_copied"), act: () => void navigator.clipboard.writeText(structure()).catch(() => selfCheck()) },
        { text: words("badge_selfcheck"), act: selfCheck },
        { text: words("badge_dismiss"), act: remove },
      ],
    });
    return { notice, remove };
  }

  return {
    /** A mail was read, or none is open. */
    clear() {
      unread?.notice?.remove();
      unread = null;
    },
    /** The page tells of a mail, and none was found. */
    expected() {
      unread ??= { since: performance.now(), kind: "unrecognised", notice: null, dismissed: false };
      if (unread.notice || unread.dismissed) return;
      if (performance.now() - unread.since < AFTER_MS) lookSoon();
      else show("unrecognised");
    },
    /** Reading failed by an error of ours: said at once. */
    broken() {
      if (unread?.dismissed || (unread?.notice && unread.kind === "broken")) return;
      unread?.notice?.remove();
      show("broken");
    },
  };
}
