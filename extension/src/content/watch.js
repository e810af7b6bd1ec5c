/**
 * When to look again: on changes of the page, at once and then at most every quarter second, never while hidden. A mail
 * that comes within the pause is looked at without waiting for its end.
 */

import { isOurs } from "../badge/host.js";

const QUIET_MS = 250;
/** Looks within one pause, for mails that come in while it runs. */
const URGENT = 2;
const ATTRIBUTES = ["style", "class", "aria-expanded", "aria-selected", "data-message-id", "email", "download_url", "hidden"];
/** Changes of these tell of a mail wherever they happen; of the others only in the nodes that show and hide mails. */
const TELLING = new Set(["data-message-id", "email", "download_url"]);

/**
 * @typedef {object} Watch
 * @property {(documents: Document[]) => void} also  watches further documents, such as a mail's frame
 * @property {() => void} look  looks in the next task
 * @property {() => void} soon  looks again after the pause
 * @property {() => void} stop
 */

/**
 * @param {Document} document
 * @param {{shown: readonly string[], bringsMail: (node: Element) => boolean}} what  `shown`: selectors of nodes whose
 *   style or state shows and hides mails
 * @param {() => void} scan
 * @returns {Watch}
 */
export function watchPage(document, { shown, bringsMail }, scan) {
  const view = /** @type {Window} */ (document.defaultView);
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  /** @type {ReturnType<typeof setTimeout> | null} */
  let due = null;
  let pending = false;
  let stopped = false;
  let urgent = 0;
  const selector = shown.join(",");
  /** @type {WeakSet<Document>} */
  const watched = new WeakSet();

  /** In a task of its own: the page's own one, which has just drawn a whole thread, is long enough. */
  function look() {
    due ??= setTimeout(() => {
      due = null;
      if (stopped || document.visibilityState === "hidden") return;
      pending = false;
      scan();
    }, 0);
  }
  function request() {
    if (timer !== null) {
      pending = true;
      return;
    }
    urgent = 0;
    wait();
    look();
  }
  function wait() {
    timer ??= setTimeout(() => {
      timer = null;
      if (pending) request();
    }, QUIET_MS);
  }

  const observer = new MutationObserver((changes) => {
    if (!changes.some((change) => matters(change, selector))) return;
    if (timer !== null && urgent < URGENT && changes.some((change) => addsMail(change, bringsMail))) {
      urgent += 1;
      look();
    } else request();
  });
  /** @param {Document} target */
  function observe(target) {
    if (watched.has(target)) return;
    watched.add(target);
    observer.observe(target, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  }
  observe(document);
  const events = /** @type {const} */ (["hashchange", "popstate", "resize"]);
  for (const name of events) view.addEventListener(name, request);
  document.addEventListener("visibilitychange", request);
  // Frames tell of their new document by no mutation. Scrolling brings older mails of a long thread into sight.
  const caught = /** @type {const} */ (["load", "scroll"]);
  for (const name of caught) document.addEventListener(name, request, { capture: true, passive: true });

  return {
    look,
    also: (documents) => documents.forEach(observe),
    soon() {
      pending = true;
      wait();
    },
    stop() {
      stopped = true;
      observer.disconnect();
      for (const name of events) view.removeEventListener(name, request);
      for (const name of caught) document.removeEventListener(name, request, { capture: true });
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
    return TELLING.has(change.attributeName ?? "") || (selector !== "" && /** @type {Element} */ (target).matches(selector));
  }
  if (type === "characterData") return true;
  // A host of ours that was removed matters: it has to come back.
  return [...addedNodes].some((node) => !isOurs(node)) || removedNodes.length > 0;
}

/** @param {MutationRecord} change @param {(node: Element) => boolean} bringsMail */
function addsMail({ type, target, attributeName, addedNodes }, bringsMail) {
  if (type === "attributes") return attributeName === "data-message-id" || bringsMail(/** @type {Element} */ (target));
  return [...addedNodes].some((node) => node.nodeType === 1 && bringsMail(/** @type {Element} */ (node)));
}
