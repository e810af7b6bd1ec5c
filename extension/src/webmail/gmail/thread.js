/** What stands above a message in its thread: who took part, and how often both sides wrote. */

import { addressOf, isInside, pick } from "../dom.js";
import { attr } from "../safe.js";

/**
 * @typedef {object} Before
 * @property {boolean} any  an earlier mail stands above
 * @property {{address: string, name: string}[]} people  who wrote them, the reader left out
 * @property {number} exchanged  mails that went to and fro; ten mails of one side alone are no exchange
 */

/** @type {Before} */
const NOTHING = { any: false, people: [], exchanged: 0 };
const MOST_ROWS = 300;
const MOST_PEOPLE = 20;

/** Who wrote a row: found once, since rows stand as long as their thread. @type {WeakMap<Element, Element>} */
const senders = new WeakMap();

/**
 * Looks through each thread of the page once.
 * @param {import("../types.js").Ladders} ladders
 * @param {(element: Element) => boolean} visible
 * @param {string} me
 * @returns {(message: Element) => Before}
 */
export function threadsOf(ladders, visible, me) {
  const rows = (ladders.message ?? []).join(",");
  /** @type {Map<Element | null, {row: Element, person: {address: string, name: string} | null}[]>} */
  const threads = new Map();

  /** @param {Element | null} thread */
  function read(thread) {
    const all = [...(thread?.querySelectorAll(rows) ?? [])].slice(0, MOST_ROWS);
    return all.filter((row) => !isInside(row, ladders.inside_body) && visible(row)).map((row) => ({ row, person: personOf(row) }));
  }

  /** @param {Element} node */
  const isSender = (node) => !isInside(node, ladders.inside_body) && !isInside(node, ladders.details) && addressOf(attr(node, "email")) !== "";

  /** @param {Element} row */
  function personOf(row) {
    const known = senders.get(row);
    const node = known && row.contains(known) ? known : pick(row, ladders.sender, isSender)?.element;
    if (!node) return null;
    senders.set(row, node);
    return { address: addressOf(attr(node, "email")), name: (attr(node, "name") ?? "").slice(0, 100) };
  }

  return (message) => {
    const thread = message.closest("[role=list]") ?? message.parentElement;
    let known = threads.get(thread);
    if (!known) threads.set(thread, known = read(thread));
    const at = known.findIndex(({ row }) => row === message || row.contains(message) || message.contains(row));
    if (at <= 0) return NOTHING;
    const writers = known.slice(0, at).flatMap(({ person }) => (person ? [person] : []));
    const others = writers.filter(({ address }) => address !== me);
    const people = new Map(others.map((person) => [person.address, person]));
    const own = me ? writers.length - others.length : 0;
    return { any: true, people: [...people.values()].slice(0, MOST_PEOPLE), exchanged: 2 * Math.min(own, others.length) };
  };
}

/**
 * The people as mails quote them, so that a newcomer who passes for one of them can be told.
 * @param {readonly {address: string, name: string}[]} people
 * @returns {string}
 */
export function asQuoted(people) {
  return people.map(({ address, name }) => `${name} <${address}>`.trim()).join("\n");
}
