/** Gmail: every expanded message of the open thread, in any view. Facts and their sources: selectors.yaml. */

import { isInside, mark, pick, pickAll } from "../dom.js";
import { createMemo } from "../memo.js";
import { readGmailMessage } from "./message.js";
import { ownAddress } from "./own.js";

/** @typedef {import("../types.js").Reading} Reading */

/** Badges drawn at most; the newest mails of a thread come first. */
const MOST = 10;

/** Windows that show no mail to read: compose, original, print, the clipped rest, an attachment. */
const OTHER_VIEWS = new Set(["cm", "om", "pt", "lg", "att"]);

/**
 * @param {import("../types.js").Page} page
 * @param {import("../types.js").Ladders} ladders
 * @returns {import("../types.js").Adapter}
 */
export function createGmail({ document, location, visible }, ladders) {
  /** @param {Element} element */
  const isMessage = (element) =>
    !isInside(element, ladders.inside_body) && pick(element, ladders.body, (body) => visible(body)) !== null;
  const once = createMemo();

  return {
    id: "gmail",

    listOpen() {
      if (isOtherView(location)) return [];
      const found = pickAll(document, ladders.message, isMessage);
      const outermost = found.elements.filter((element) => !found.elements.some((other) => other !== element && other.contains(element)));
      const me = ownAddress(document);
      const extra = `${document.title}\n${outermost.length}`;
      return outermost.reverse().slice(0, MOST).map((element) =>
        once(element, extra, () => readGmailMessage(element, { ladders, visible, me, rung: found.rung, document })));
    },

    expectsMail() {
      if (isOtherView(location)) return false;
      if (pick(document, ladders.subject?.slice(0, 1), (h) => visible(h) && !isInside(h, ladders.inside_body))) return true;
      const last = location.hash.split("/").slice(1).at(-1) ?? "";
      return /^[A-Za-z0-9]{24,64}$/.test(last) && !pick(document, ladders.list_row, visible);
    },

    frames: () => [],

    diagnose() {
      /** @type {Record<string, number>} */
      const counts = {};
      for (const [name, rungs] of Object.entries(ladders)) {
        if (!Array.isArray(rungs)) continue;
        for (const [rung, selector] of rungs.entries()) {
          counts[`${name}.${rung}`] = document.querySelectorAll(selector).length;
        }
      }
      return counts;
    },
  };
}

/** @param {Location | URL} location */
function isOtherView(location) {
  return OTHER_VIEWS.has(new URLSearchParams(location.search).get("view") ?? "");
}

/**
 * The key of a message: its id, and its text's mark, since translating a mail changes the text in place.
 * @param {Element} element
 * @param {string} text
 * @param {string} fallback  used where the page gives no id
 */
export function messageKey(element, text, fallback) {
  const id = element.getAttribute("data-message-id") || element.getAttribute("data-legacy-message-id") || mark(fallback);
  return `gmail:${id.replace(/^#/, "")}:${mark(text)}`;
}
