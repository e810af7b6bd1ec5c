/** The reasons with their values and quotes: three at once, the others folded. */

import { el } from "../shared/nodes.js";
import { reasonsOf } from "../shared/standing.js";
import { buttonIcon } from "./icons.js";
import { wrongReason } from "./opinion.js";

/** @typedef {import("./render.js").View} View */
/** @typedef {import("../shared/types.js").Reason} Reason */

const FIRST = 3;

/**
 * @param {View} view
 * @returns {(HTMLElement | null)[]}
 */
export function reasons(view) {
  const { standing, look, words } = view;
  if (look.tone === "busy" && !standing.verdict) return [awaited(view)];
  if (!standing.verdict && look.basis !== "preview") return [];
  const all = reasonsOf(standing);
  const more = all.slice(FIRST);
  return [el("section", { "aria-labelledby": "reasons" },
    el("h2", { id: "reasons" }, words("panel_reasons")),
    all.length ? el("ol", { class: "reasons" }, ...all.slice(0, FIRST).map((reason) => card(reason, view))) : el("p", { class: "quiet" }, words("panel_no_reasons")),
    more.length ? el("details", { "data-id": "more-reasons" },
      el("summary", { "data-id": "fold-reasons" }, words("panel_more_reasons", { count: more.length })),
      el("ol", { class: "reasons", start: FIRST + 1 }, ...more.map((reason) => card(reason, view)))) : null)];
}

/** While nothing is known yet the place is kept, so that what comes does not push the rest about. @param {View} view */
function awaited({ words }) {
  return el("section", { class: "awaited", "aria-busy": "true", "aria-labelledby": "reasons" },
    el("h2", { id: "reasons" }, words("panel_reasons")), ...[1, 2, 3].map(() => el("div", { class: "blank", "aria-hidden": "true" })));
}

/** @param {number} points */
export function signed(points) {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : "0";
}

/** @param {Reason & {like?: string}} reason @param {View} view */
function card(reason, view) {
  const { words, state, features, standing } = view;
  const kind = reason.points > 0 ? (reason.points >= 25 ? "against strong" : "against") : reason.points < 0 ? "for" : "neutral";
  const quotes = reason.quotes.filter((quote) => quote.text && !overlap(squeeze(reason.detail), squeeze(quote.text))).slice(0, 3);
  const judged = features.includes("feedback") && standing.verdict?.key;
  const sent = state.wrong.has(reason.id);
  return el("li", { class: `reason ${kind}` },
    el("div", { class: "reason-head" },
      el("h3", {}, reason.title),
      el("span", { class: "points", "aria-label": words("panel_points", { points: signed(reason.points) }), role: "img" }, signed(reason.points)),
      judged ? el("button", {
        type: "button", class: `icon-button flag${sent ? " on" : ""}`, "data-id": `flag-${reason.id}`, "aria-expanded": String(state.doubted === reason.id),
        "aria-label": words("panel_wrong_reason_of", { title: reason.title }), title: words(sent ? "panel_opinion_kept" : "panel_wrong_reason"), disabled: sent,
        click: () => {
          state.doubted = state.doubted === reason.id ? "" : reason.id;
          view.redraw();
        },
      }, buttonIcon(sent ? "done" : "flag")) : null),
    el("p", { class: "detail" }, ...marked(reason.detail, reason.quotes.map((quote) => quote.text))),
    ...quotes.map((quote) => el("blockquote", {}, el("span", { class: "part" }, words(`panel_quote_${quote.part}`)), el("mark", {}, quote.text))),
    reason.like ? el("p", { class: "like" }, words("panel_like", { text: reason.like })) : null,
    reason.advice ? el("p", { class: "do" }, el("span", { class: "unseen" }, `${words("panel_advice")}: `), reason.advice) : null,
    judged && state.doubted === reason.id ? wrongReason(reason, view) : null);
}

/** Line breaks of the mail are no difference. @param {string} text */
const squeeze = (text) => text.replace(/\s+/g, " ").trim();

/** So much of a quote must stand in the reason to be the same wording; reasons cut long quotes short. */
const LEAST = 24;

/**
 * As much of a quote's beginning as stands in a text; empty if it is another wording.
 * @param {string} text @param {string} quote
 */
function overlap(text, quote) {
  if (text.includes(quote)) return quote;
  if (quote.length <= LEAST || !text.includes(quote.slice(0, LEAST))) return "";
  let length = LEAST;
  while (length < quote.length && text.includes(quote.slice(0, length + 1))) length += 1;
  return quote.slice(0, length);
}

/**
 * A text with the quoted wordings marked where they stand in it.
 * @param {string} given
 * @param {readonly string[]} quotes
 * @returns {(string | HTMLElement)[]}
 */
export function marked(given, quotes) {
  const text = squeeze(given);
  const wanted = quotes.map((quote) => overlap(text, squeeze(quote))).filter((quote) => quote.length > 1).sort((a, b) => b.length - a.length).slice(0, 5);
  /** @type {(string | HTMLElement)[]} */
  const parts = [];
  let rest = text;
  for (let tries = 0; rest && tries < 20; tries += 1) {
    const found = wanted.map((quote) => ({ quote, at: rest.indexOf(quote) })).filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0];
    if (!found) break;
    parts.push(rest.slice(0, found.at), el("mark", {}, found.quote));
    rest = rest.slice(found.at + found.quote.length);
  }
  return [...parts, rest].filter(Boolean);
}
