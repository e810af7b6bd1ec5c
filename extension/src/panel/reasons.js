/** The reasons with their values and quotes: three at once, the others folded. */

import { el } from "../shared/nodes.js";
import { reasonsOf } from "../shared/standing.js";

/** @typedef {import("./render.js").View} View */
/** @typedef {import("../shared/types.js").Reason} Reason */

const FIRST = 3;

/**
 * @param {View} view
 * @returns {(HTMLElement | null)[]}
 */
export function reasons(view) {
  const { standing, look, words } = view;
  if (!standing.verdict && look.basis !== "preview") return [];
  const all = reasonsOf(standing);
  const more = all.slice(FIRST);
  return [el("section", { "aria-labelledby": "reasons" },
    el("h2", { id: "reasons" }, words("panel_reasons")),
    all.length ? el("ol", { class: "reasons" }, ...all.slice(0, FIRST).map((reason) => card(reason, words))) : el("p", { class: "quiet" }, words("panel_no_reasons")),
    more.length ? el("details", { "data-id": "more-reasons" },
      el("summary", { "data-id": "fold-reasons" }, words("panel_more_reasons", { count: more.length })),
      el("ol", { class: "reasons", start: FIRST + 1 }, ...more.map((reason) => card(reason, words)))) : null)];
}

/** @param {number} points */
export function signed(points) {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : "0";
}

/** @param {Reason} reason @param {import("../shared/words.js").Words} words */
function card(reason, words) {
  const kind = reason.points > 0 ? (reason.points >= 25 ? "against strong" : "against") : reason.points < 0 ? "for" : "neutral";
  const quotes = reason.quotes.filter((quote) => quote.text && !reason.detail.includes(quote.text)).slice(0, 3);
  return el("li", { class: `reason ${kind}` },
    el("div", { class: "reason-head" },
      el("h3", {}, reason.title),
      el("span", { class: "points", "aria-label": words("panel_points", { points: signed(reason.points) }), role: "img" }, signed(reason.points))),
    el("p", { class: "detail" }, reason.detail),
    ...quotes.map((quote) => el("blockquote", {}, el("span", { class: "part" }, words(`panel_quote_${quote.part}`)), quote.text)),
    reason.advice ? el("p", { class: "do" }, el("span", { class: "unseen" }, `${words("panel_advice")}: `), reason.advice) : null);
}
