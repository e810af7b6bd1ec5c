/** Remembers what was read from a node until its text changes: webmails redraw all the time, mails do not. */

import { mark } from "./dom.js";

/** @typedef {import("./types.js").Reading} Reading */

/**
 * @returns {(element: Element, extra: string, read: () => Reading) => Reading}  `extra`: what else the reading rests on
 */
export function createMemo() {
  /** @type {WeakMap<Element, {stamp: string, reading: Reading}>} */
  const known = new WeakMap();
  return (element, extra, read) => {
    const stamp = mark(`${extra}\n${element.textContent ?? ""}`);
    const last = known.get(element);
    if (last && last.stamp === stamp && stillStands(last.reading)) return last.reading;
    const reading = read();
    known.set(element, { stamp, reading });
    return reading;
  };
}

/** @param {Reading} reading */
function stillStands({ anchor, state }) {
  if (state === "loading" || !anchor?.parent.isConnected) return false;
  return anchor.before === null || anchor.before.parentNode === anchor.parent;
}
