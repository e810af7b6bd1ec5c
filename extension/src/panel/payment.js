/** Which payment terms to offer and which to refuse. */

import { el } from "../shared/nodes.js";
import { fold } from "./fold.js";

/** @typedef {import("../shared/types.js").PaymentTerm} PaymentTerm */

/** @param {import("./render.js").View} view */
export function payment({ standing: { verdict }, words }) {
  const { offer = [], refuse = [], note = "" } = verdict?.payment_advice ?? {};
  if (!offer.length && !refuse.length && !note) return null;
  return fold({ id: "payment", title: words("panel_payment"), digest: offer[0]?.text ?? words("panel_payment_none") },
    terms("offer", offer, words), terms("refuse", refuse, words), note ? el("p", { class: "quiet" }, note) : null);
}

/** @param {"offer" | "refuse"} kind @param {PaymentTerm[]} rows @param {import("../shared/words.js").Words} words */
function terms(kind, rows, words) {
  return rows.length ? el("div", { class: `terms ${kind}` },
    el("h3", { class: "topic" }, words(`panel_payment_${kind}`)),
    el("ul", {}, ...byReason(rows).map(({ names, why }) => el("li", {}, names.join(words("panel_dot")), why ? el("span", { class: "quiet" }, why) : null)))) : null;
}

/** Terms that share a reason stand in one row: it is said once. @param {PaymentTerm[]} rows */
function byReason(rows) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const { text, why } of rows) groups.set(why || text, [...groups.get(why || text) ?? [], text]);
  return [...groups].map(([why, names]) => ({ names, why: names.includes(why) ? "" : why }));
}
