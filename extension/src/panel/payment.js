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
    el("ul", {}, ...rows.map(({ text, why }) => el("li", {}, text, why ? el("span", { class: "quiet" }, why) : null)))) : null;
}
