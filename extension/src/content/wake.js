/** A click or a key often opens a mail: the worker, which the browser ends after half a minute, is called a moment before. */

import { FROM_CONTENT } from "../shared/messages.js";

/** Below the half minute after which a browser ends a worker at rest. */
const EVERY_MS = 20000;

/**
 * @param {Document} document
 * @param {(type: string) => Promise<unknown>} ask
 * @returns {() => void} ends it
 */
export function wakeOnTouch(document, ask) {
  let last = -Infinity;
  /** @param {Event} event */
  const wake = (event) => {
    if (!event.isTrusted || performance.now() - last < EVERY_MS) return;
    last = performance.now();
    // Nothing hangs on the answer: the mail itself asks again.
    void ask(FROM_CONTENT.wake).catch(() => undefined);
  };
  const signs = /** @type {const} */ (["pointerdown", "keydown"]);
  for (const name of signs) document.addEventListener(name, wake, { capture: true, passive: true });
  return () => {
    for (const name of signs) document.removeEventListener(name, wake, { capture: true });
  };
}
