/** Gmail: every expanded message of the open thread, in any view. Facts and their sources: selectors.yaml. */

import { isInside, pick, pickAll } from "../dom.js";
import { countRungs } from "../ladders.js";
import { createMemo } from "../memo.js";
import { fetchGmailHeaders } from "./headers.js";
import { readGmailMessage } from "./message.js";
import { ownAddress } from "./own.js";
import { findSubjects, subjectOf } from "./subject.js";
import { threadsOf } from "./thread.js";

/** The newest mails of a thread are read always, the others once they come into sight. */
const ALWAYS = 10;
/** No look at the page takes longer than this, in milliseconds, however much was opened at once. */
const BUDGET_MS = 12;

/** Windows that show no mail to read: compose, original, print, the clipped rest, an attachment. */
const OTHER_VIEWS = new Set(["cm", "om", "pt", "lg", "att"]);

/**
 * @param {import("../types.js").Page} page
 * @param {import("../types.js").Ladders} ladders
 * @returns {import("../types.js").Adapter}
 */
export function createGmail({ document, location, visible, near = () => true }, ladders) {
  /** @param {Element} element */
  const isMessage = (element) =>
    !isInside(element, ladders.inside_body) && pick(element, ladders.body, (body) => visible(body)) !== null;
  const memo = createMemo();
  const rows = (ladders.message ?? []).join(",");
  let unfinished = false;

  return {
    id: "gmail",

    listOpen() {
      unfinished = false;
      if (isOtherView(location)) return [];
      const found = pickAll(document, ladders.message, isMessage);
      const outermost = found.elements.filter((element, at) => at === 0 || !isInOneBefore(found.elements, at));
      const me = ownAddress(document, ladders);
      const above = threadsOf(ladders, visible, me);
      const subjects = findSubjects(document, ladders, visible);
      const ends = performance.now() + BUDGET_MS;
      /** @type {import("../types.js").Reading[]} */
      const readings = [];
      for (const [at, element] of outermost.reverse().entries()) {
        const wanted = memo.knows(element) || at < ALWAYS || near(element);
        if (!wanted) continue;
        if (readings.length && !memo.knows(element) && performance.now() > ends) {
          unfinished = true;
          continue;
        }
        const reader = { ladders, visible, me, rung: found.rung, before: above(element), subject: subjectOf(subjects, element) };
        readings.push(memo.read(element, `${me}\n${reader.subject?.text}\n${JSON.stringify(reader.before)}`, () => readGmailMessage(element, reader)));
      }
      return readings;
    },

    unfinished: () => unfinished,

    expectsMail() {
      if (isOtherView(location)) return false;
      if (pick(document, ladders.subject?.slice(0, 1), (h) => visible(h) && !isInside(h, ladders.inside_body))) return true;
      const last = location.hash.split("/").slice(1).at(-1) ?? "";
      // Opaque, or the older hexadecimal form. A label or a search may have a long name too, but shows a list.
      return /^([A-Za-z0-9]{24,64}|[0-9a-f]{16})$/.test(last) && !pick(document, ladders.list_row, visible);
    },

    frames: () => [],

    bringsMail: (node) => node.matches(rows) || node.querySelector(rows) !== null,

    fetchHeaders: (id, get) => fetchGmailHeaders(id, location, document, get),

    diagnose() {
      return { ...countRungs(document, ladders), messages_visible: pickAll(document, ladders.message, isMessage).elements.length };
    },
  };
}

/** Whether the one before holds this one; in the order of the document what it holds follows at once. */
/** @param {Element[]} elements @param {number} at */
function isInOneBefore(elements, at) {
  for (let before = at - 1; before >= Math.max(0, at - 5); before -= 1) {
    if (elements[before]?.contains(/** @type {Element} */ (elements[at]))) return true;
  }
  return false;
}

/** @param {Location | URL} location */
function isOtherView(location) {
  return OTHER_VIEWS.has(new URLSearchParams(location.search).get("view") ?? "");
}
