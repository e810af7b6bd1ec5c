/** The reasons with their values, two lines each; quotes and advice on demand. Three at once, the others folded. */

import { fit } from "../rulebook/cut.js";
import { el } from "../shared/nodes.js";
import { reasonsOf } from "../shared/standing.js";
import { buttonIcon } from "./icons.js";
import { wrongReason } from "./opinion.js";

/** @typedef {import("./render.js").View} View */
/** @typedef {import("../shared/types.js").Reason} Reason */

const FIRST = 3;

/** What two lines hold, in letters; a Chinese character is as wide as two. */
const TWO_LINES = 96;

/** As much of a reason as stands in two lines, cut between words. @param {string} text */
function brief(text) {
  const chars = Array.from(text);
  let width = 0;
  const most = chars.findIndex((char) => (width += char >= "\u1100" ? 2 : 1) > TWO_LINES);
  return most < 0 ? text : `${chars.slice(0, fit(chars, most)).join("")}…`;
}

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
  const wordings = reason.quotes.map((quote) => quote.text);
  const whole = squeeze(reason.detail);
  const short = brief(whole);
  return el("li", {}, el("details", { class: `reason ${kind}`, "data-id": `reason-${reason.id}` },
    el("summary", { "data-id": `fold-reason-${reason.id}` },
      el("h3", {}, reason.title),
      el("span", { class: "points", "aria-label": words("panel_points", { points: signed(reason.points) }), role: "img" }, signed(reason.points)),
      el("span", { class: short === whole ? "detail" : "detail short" }, ...marked(short, wordings))),
    short === whole ? null : el("p", { class: "whole" }, ...marked(whole, wordings)),
    ...quotes.map((quote) => el("blockquote", {}, el("span", { class: "part" }, words(`panel_quote_${quote.part}`)), el("mark", {}, quote.text))),
    reason.like ? el("p", { class: "like" }, words("panel_like", { text: reason.like })) : null,
    reason.advice ? el("p", { class: "do" }, el("span", { class: "unseen" }, `${words("panel_advice")}: `), reason.advice) : null,
    judged ? el("p", { class: "doubts" }, el("button", {
      type: "button", class: `flag${sent ? " on" : ""}`, "data-id": `flag-${reason.id}`, "aria-expanded": String(state.doubted === reason.id),
      "aria-label": sent ? null : words("panel_wrong_reason_of", { title: reason.title }), disabled: sent,
      click: () => {
        state.doubted = state.doubted === reason.id ? "" : reason.id;
        view.redraw();
      },
    }, buttonIcon(sent ? "done" : "flag"), words(sent ? "panel_opinion_kept" : "panel_wrong_reason"))) : null,
    judged && state.doubted === reason.id ? wrongReason(reason, view) : null));
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
