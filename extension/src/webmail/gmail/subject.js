/** The subject shown above a thread. Gmail keeps older threads in the page, hidden, and a body may imitate a heading. */

import { isInside, pickAll, shortText } from "../dom.js";

/** @typedef {{element: Element, text: string, rung: number}} Subject */

/**
 * The visible subjects of the page; more than one only where two threads stand side by side.
 * @param {Document} document
 * @param {import("../types.js").Ladders} ladders
 * @param {(element: Element) => boolean} visible
 * @returns {Subject[]}
 */
export function findSubjects(document, ladders, visible) {
  const { elements, rung } = pickAll(document, ladders.subject, (node) => !isInside(node, ladders.inside_body) && visible(node));
  return elements.slice(0, 20).map((element) => ({ element, text: shortText(element).slice(0, 2000), rung }));
}

/**
 * The subject that shares the nearest ancestor with a message.
 * @param {readonly Subject[]} subjects
 * @param {Element} message
 * @returns {Subject | null}
 */
export function subjectOf(subjects, message) {
  if (!subjects.length) return null;
  for (let root = message.parentElement; root; root = root.parentElement) {
    const holder = root;
    const found = subjects.find(({ element }) => holder.contains(element));
    if (found) return found;
  }
  return null;
}
