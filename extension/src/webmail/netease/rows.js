/** The rows of a js6 mail's header: by id where the page gives one, else by the words they begin with. */

import { addressOf, pick, pickAll, shortText } from "../dom.js";

/** @typedef {import("../types.js").Ladders} Ladders */

/** @param {Element} row */
function rowText(row) {
  return shortText(row).replaceAll(" ", "");
}

/**
 * The header row that begins with one of the page's words for it.
 * @param {Element[]} rows
 * @param {Ladders} ladders
 * @param {"sender" | "recipients" | "copied" | "date"} name
 */
export function rowOf(rows, ladders, name) {
  const words = ladders.labels?.[name] ?? [];
  return rows.find((row) => words.some((word) => rowText(row).startsWith(word))) ?? null;
}

/**
 * The other server in `(由 a@b 代发)`, the page's note that somebody sent on behalf of the sender.
 * @param {Element} row
 */
export function onBehalf(row) {
  const found = /由\s{0,5}([^\s<>()（）]{3,320})\s{0,5}代发/.exec(shortText(row).slice(0, 1500));
  return addressOf(found?.[1]);
}

/**
 * To and Cc.
 * @param {Element} module @param {Element[]} rows @param {Ladders} ladders @param {Record<string, number>} from
 */
export function recipientsOf(module, rows, ladders, from) {
  const named = ["recipients", "copied"].flatMap((name) => {
    const found = pickAll(module, ladders[name]);
    from[name] = found.rung;
    const row = found.elements.length ? null : rowOf(rows, ladders, /** @type {"recipients" | "copied"} */ (name));
    return row ? pickAll(row, ladders.address_email).elements : found.elements;
  });
  return named.slice(0, 100).map((node) => {
    const name = pick(node.parentElement ?? node, ladders.address_name);
    return { address: addressOf(node.textContent), name: name ? shortText(name.element).slice(0, 300) : "" };
  }).filter((entry) => entry.address);
}

/**
 * The date as shown, behind its label.
 * @param {Element[]} rows @param {Ladders} ladders
 */
export function dateOf(rows, ladders) {
  const row = rowOf(rows, ladders, "date");
  const cells = row ? [...row.children].map((cell) => shortText(cell)) : [];
  return (cells.at(-1) ?? "").slice(0, 100);
}

/**
 * @param {Element} module @param {Ladders} ladders @param {Record<string, number>} from
 * @returns {{name: string}[]}
 */
export function attachmentsOf(module, ladders, from) {
  const items = pickAll(module, ladders.attachment);
  from.attachments = items.rung;
  return items.elements.slice(0, 100).flatMap((item) => {
    const name = pick(item, ladders.attachment_name);
    if (name) from.attachment_name = name.rung;
    const text = name ? shortText(name.element).slice(0, 500) : "";
    return text ? [{ name: text }] : [];
  });
}
