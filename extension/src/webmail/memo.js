/** Remembers what was read from a node until its text changes: webmails redraw all the time, mails do not. */

import { stampOf } from "./dom.js";

/** @typedef {import("./types.js").Reading} Reading */

/**
 * @returns {{read: (element: Element, extra: string, read: () => Reading) => Reading, knows: (element: Element) => boolean}}
 *   `extra`: what else the reading rests on
 */
export function createMemo() {
  /** @type {WeakMap<Element, {stamp: string, reading: Reading}>} */
  const known = new WeakMap();
  return {
    knows: (element) => known.has(element),
    read(element, extra, read) {
      const stamp = `${extra}\n${stampOf(element)}`;
      const last = known.get(element);
      if (last && last.stamp === stamp && stillStands(last.reading)) return last.reading;
      const reading = read();
      known.set(element, { stamp, reading });
      return reading;
    },
  };
}

/** @param {Reading} reading */
function stillStands({ anchor, state, element }) {
  if (state === "loading") return false;
  if (!anchor) return element.isConnected;
  if (!anchor.parent.isConnected) return false;
  return anchor.before === null || anchor.before.parentNode === anchor.parent;
}
