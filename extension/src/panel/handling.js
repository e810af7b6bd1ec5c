/** What to do next: by when, through which channel, which steps; at high risk what not to do. */

import { el } from "../shared/nodes.js";
import { RAISED, reasonsOf, STRONG } from "../shared/standing.js";
import { fold } from "./fold.js";

/** @typedef {import("./render.js").View} View */

/** So many points make a reason whose advice stands among the steps. */
const MEDIUM = 12;
const MOST = 3;
const APART = /^(不要|绝不|切勿|请勿|拨打|当面|请自行|Do not|Never|Pay no|Send no|Buy no|Give no|Call|Search|Ask your)/;

/** @param {View} view */
export function handling(view) {
  const { standing: { verdict }, look, words } = view;
  if (!verdict) return null;
  const { reply_by: hours, review, channels = [], stop } = verdict.handling;
  // What the head or a warning above says already; nothing is to be handled as usual while something is open.
  const told = new Set([`panel_advice_${look.tone}`, "panel_advice_low"].map((key) => words(key)).concat((verdict.warnings ?? []).map(({ text }) => text)));
  const steps = verdict.handling.steps.filter((step) => !told.has(step));
  const before = replyBefore(view);
  const supervisor = words("panel_supervisor");
  const all = [
    ...toClear(view),
    // The steps often say so themselves.
    ...(hours && !before && !steps.some((step) => step.includes(String(hours))) ? [words("panel_reply_by", { hours })] : []),
    ...(review && !steps.some((step) => step.includes(supervisor)) ? [words(stop.length ? "panel_review_stop" : "panel_review")] : []),
    ...(channels.length ? [words("panel_channels", { list: channels.join(words("badge_list_separator")) })] : []), ...steps,
  ];
  if (!all.length && !stop.length) return null;
  const digest = stop.length ? words("panel_stop_digest") : before ? words("panel_before", { time: before }) : hours ? words("panel_within", { hours }) : null;
  return fold({ id: "handling", title: words("panel_handling"), digest, open: true, tone: stop.length ? "stopped" : "" },
    stop.length ? el("div", { class: "stop" },
      el("h3", {}, words("panel_stop")), el("ul", {}, ...stop.map((text) => el("li", {}, text)))) : null,
    all.length ? el("ul", { class: "todo" }, ...all.map((text) => el("li", {}, text))) : null);
}

/** What the heaviest reasons advise: the points that the head speaks of. @param {View} view */
function toClear({ standing, look }) {
  const grave = reasonsOf(standing).filter(({ points }) => points >= (RAISED.has(look.tone) ? MEDIUM : STRONG));
  /** @type {Map<string, string>} those that begin alike say the same */
  const told = new Map();
  // Nothing is to be asked of whom one shall not answer: only what to leave, and to check elsewhere.
  const fits = (/** @type {string} */ advice) => look.tone !== "critical" || APART.test(advice);
  for (const { advice } of grave) if (advice && fits(advice) && !told.has(opening(advice))) told.set(opening(advice), advice);
  return [...told.values()].slice(0, MOST);
}

/** @param {string} text */
const opening = (text) => text.split(/[,，.。;；:：]/, 1)[0];

/** The time by which to reply, as the reader's clock shows it; empty without one. @param {View} view */
function replyBefore({ standing: { verdict }, lang }) {
  const at = new Date(verdict?.handling.reply_before ?? "");
  if (Number.isNaN(at.getTime())) return "";
  return new Intl.DateTimeFormat(lang === "zh_CN" ? "zh-CN" : "en-GB", { weekday: "short", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" }).format(at);
}
