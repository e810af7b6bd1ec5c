/** The reasons with their values, two lines each; quotes and advice on demand. Three at once, the others folded. */

import { el } from "../shared/nodes.js";
import { wasShown } from "../shared/reasons.js";
import { reasonsOf } from "../shared/standing.js";
import { buttonIcon } from "./icons.js";
import { wrongReason } from "./opinion.js";
import { brief, marked, overlap, squeeze } from "./wording.js";

/** @typedef {import("./render.js").View} View */
/** @typedef {import("../shared/types.js").Reason} Reason */

const FIRST = 3;

/** Reasons whose values are codes of countries. */
const COUNTRIES = /^(bank_country|phone_country|tld_vs_claimed_country|tz_country)/;

/** @param {string} text @param {string} lang */
function countriesNamed(text, lang) {
  const names = new Intl.DisplayNames([lang === "zh_CN" ? "zh-CN" : "en"], { type: "region", fallback: "none" });
  return text.replace(/\b[A-Z]{2}\b/g, (code) => names.of(code) ?? code);
}

/** What a sentence sounds like stands in the title already: its own words come first. @param {Reason} reason @param {string} lang */
function detailOf({ id, group, detail }, lang) {
  const text = COUNTRIES.test(id) ? countriesNamed(squeeze(detail), lang) : squeeze(detail);
  const [, kind = "", words = ""] = group === "meaning" ? /^([^“]{1,200}[.。]) ?(“.*)$/.exec(text) ?? [] : [];
  // “… Pay today.”. would end twice.
  return words ? `${words.replace(/(?<=[.。!?！？…]”)[.。]$/, "")} ${kind}` : text;
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
    all.length ? el("ol", { class: "reasons" }, ...all.slice(0, FIRST).map((reason, at) => card(reason, view, all.slice(0, at)))) : el("p", { class: "quiet" }, words("panel_no_reasons")),
    more.length ? el("details", { "data-id": "more-reasons" },
      el("summary", { "data-id": "fold-reasons" }, words("panel_more_reasons", { count: more.length })),
      el("ol", { class: "reasons", start: FIRST + 1 }, ...more.map((reason, at) => card(reason, view, all.slice(0, FIRST + at))))) : null)];
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

/** Beside a grave sign good ones do not count; one step of the score then takes all of them back. @param {View["standing"]} standing */
function trustIsVoid({ verdict, preview }) {
  const judged = verdict ?? preview;
  const points = (judged?.reasons ?? []).map((reason) => reason.points);
  const trust = points.reduce((sum, one) => sum - Math.min(one, 0), 0);
  // With less against him the step that keeps the score from falling below 0 could be as large.
  const against = points.reduce((sum, one) => sum + Math.max(one, 0), 0);
  return against >= trust && Boolean(judged?.adjustments.some((step) => step.points === trust));
}

/** @param {Reason & {like?: string}} reason @param {View} view @param {readonly Reason[]} earlier  those above it */
function card(reason, view, earlier) {
  const { words, state, features, standing } = view;
  const free = reason.points < 0 && trustIsVoid(standing);
  const kind = free ? "neutral" : reason.points > 0 ? (reason.points >= 25 ? "against strong" : "against") : reason.points < 0 ? "for" : "neutral";
  const whole = detailOf(reason, view.lang);
  const quotes = reason.quotes.filter((quote) => quote.text && !overlap(whole, squeeze(quote.text)) && !wasShown(quote.text, earlier)).slice(0, 3);
  const judged = features.includes("feedback") && standing.verdict?.key;
  const sent = state.wrong.has(reason.id);
  const wordings = reason.quotes.map((quote) => quote.text);
  const short = brief(whole);
  return el("li", {}, el("details", { class: `reason ${kind}`, "data-id": `reason-${reason.id}` },
    el("summary", { "data-id": `fold-reason-${reason.id}` },
      el("h3", {}, reason.title),
      free ? el("span", { class: "points" }, words("panel_void"))
        : el("span", { class: "points", "aria-label": words("panel_points", { points: signed(reason.points) }), role: "img" }, signed(reason.points)),
      el("span", { class: short !== whole ? "detail short" : "detail" }, ...marked(short, wordings))),
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
