/** Where the score comes from, row by row, and what nobody could check. */

import { el } from "../shared/nodes.js";
import { reasonsOf } from "../shared/standing.js";
import { fold } from "./fold.js";
import { signed } from "./reasons.js";
import { site } from "./site.js";

/** @typedef {import("./render.js").View} View */

/** A table whose points add up to the score. @param {View} view */
export function whyScore({ standing, look, words }) {
  const judged = standing.verdict ?? (look.basis === "preview" ? standing.preview : null);
  if (!judged) return null;
  const rows = [
    ...reasonsOf(standing).filter((reason) => reason.points !== 0).map((reason) => ({ text: reason.title, points: reason.points })),
    ...judged.adjustments.map(({ why, points }) => ({ text: why, points })),
  ];
  return fold({ id: "why-score", title: words("panel_why_score"), digest: judged.risk.score },
    el("table", {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, words("panel_column_reason")), el("th", { scope: "col" }, words("panel_column_points")))),
      el("tbody", {}, ...rows.map(({ text, points }) => el("tr", {}, el("td", {}, text), el("td", { class: "figure" }, signed(points))))),
      el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, words("panel_sum")), el("td", { class: "figure" }, judged.risk.score)))));
}

/** @param {View} view */
export function notChecked(view) {
  const { standing: { verdict }, words, factNames } = view;
  if (!verdict) return null;
  const named = verdict.not_checked.map(({ fact, why }) => ({ fact: factNames[fact] ?? fact, why }));
  const rows = named.filter((row, at) => named.findIndex((other) => other.fact === row.fact && other.why === row.why) === at);
  if (!rows.length) return el("p", { class: "quiet plain" }, words("panel_all_checked"));
  return fold({ id: "not-checked", title: words("panel_not_checked"), digest: rows.length },
    el("p", { class: "quiet" }, words("panel_not_checked_hint")),
    headers(view),
    site(view),
    el("ul", { class: "unchecked" }, ...rows.map(({ fact, why }) => el("li", {}, el("span", {}, fact), el("span", { class: "quiet" }, why)))));
}

/** Asking the mailbox for the headers: only where the settings allow it, and only by a click. @param {View} view */
function headers({ standing: { page }, words, act }) {
  if (page?.headers === "can") {
    return el("p", { class: "buttons" }, el("button", { type: "button", class: "small-button", "data-id": "read-headers", click: () => act("headers") }, words("panel_read_headers")));
  }
  return page?.headers === "failed" ? el("p", { class: "check-note" }, words("panel_headers_failed")) : null;
}
