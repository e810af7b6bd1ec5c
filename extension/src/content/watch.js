/** When to look again: on changes of the page, at once and then at most every quarter second, never while hidden. */

import { isOurs } from "../badge/host.js";

const QUIET_MS = 250;

/**
 * @typedef {object} Watch
 * @property {(documents: Document[]) => void} also  watches further documents, such as a mail's frame
 * @property {() => void} soon  looks again after the pause
 * @property {() => void} stop
 */

/**
 * @param {Document} document
 * @param {readonly string[]} shown  selectors of nodes whose style or state shows and hides mails
 * @param {() => void} scan
 * @returns {Watch}
 */
export function watchPage(document, shown, scan) {
  const view = /** @type {Window} */ (document.defaultView);
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  let pending = false;
  let stopped = false;
  const selector = shown.join(",");
  /** @type {WeakSet<Document>} */
  const watched = new WeakSet();

  function look() {
    if (stopped || document.visibilityState === "hidden") return;
    pending = false;
    scan();
  }
  function request() {
    if (timer !== null) {
      pending = true;
      return;
    }
    look();
    timer = setTimeout(() => {
      timer = null;
      if (pending) request();
    }, QUIET_MS);
  }

  const observer = new MutationObserver((changes) => {
    if (changes.some((change) => matters(change, selector))) request();
  });
  /** @param {Document} target */
  function observe(target) {
    if (watched.has(target)) return;
    watched.add(target);
    observer.observe(target, {
      childList: true, subtree: true, characterData: true, attributes: true,
      attributeFilter: ["style", "class", "aria-expanded", "aria-selected", "data-message-id"],
    });
  }
  observe(document);
  const events = /** @type {const} */ (["hashchange", "popstate"]);
  for (const name of events) view.addEventListener(name, request);
  document.addEventListener("visibilitychange", request);

  return {
    also: (documents) => documents.forEach(observe),
    soon() {
      pending = true;
      timer ??= setTimeout(() => {
        timer = null;
        if (pending) request();
      }, QUIET_MS);
    },
    stop() {
      stopped = true;
      observer.disconnect();
      for (const name of events) view.removeEventListener(name, request);
      document.removeEventListener("visibilitychange", request);
    },
  };
}

/**
 * Whether a change can show, hide or alter a mail; our own drawing cannot.
 * @param {MutationRecord} change
 * @param {string} selector
 */
function matters(change, selector) {
  const { type, target, addedNodes, removedNodes } = change;
  if (isOurs(target)) return false;
  if (type === "attributes") {
    return change.attributeName === "data-message-id" || (selector !== "" && /** @type {Element} */ (target).matches(selector));
  }
  if (type === "characterData") return true;
  // A host of ours that was removed matters: it has to come back.
  return [...addedNodes].some((node) => !isOurs(node)) || removedNodes.length > 0;
}
