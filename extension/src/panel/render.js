/** The panel's content from a verdict. The same in the extension and on the server's try-it page. */

import { el } from "../shared/nodes.js";
import { emptyStanding, lookOf } from "../shared/standing.js";
import { STRINGS, wordsOf } from "../shared/words.js";
import { alerts } from "./alerts.js";
import { customer, handling } from "./customer.js";
import { head } from "./head.js";
import { reasons } from "./reasons.js";
import { notChecked, whyScore } from "./score.js";
import { searches } from "./searches.js";

/** @typedef {import("../shared/types.js").Verdict} Verdict */
/** @typedef {import("../shared/standing.js").Standing} Standing */

/**
 * @typedef {object} PanelOptions
 * @property {import("../shared/types.js").Lang} [lang]
 * @property {Record<string, {message: string}>} [strings]  instead of our own words
 * @property {(action: "recheck" | "close" | "settings" | "copy", detail?: string) => void} [onAction]
 * @property {Standing} [standing]  what is known besides the verdict: preview, problem, unread fields
 * @property {string} [engine]  address of a search engine with `{query}`; else the verdict's own links
 * @property {Record<string, string>} [factNames]  readable names of facts
 * @property {readonly ("recheck" | "close" | "settings")[]} [actions]  buttons in the head
 */

/**
 * What every section is given.
 * @typedef {object} View
 * @property {Standing} standing
 * @property {import("../shared/standing.js").Look} look
 * @property {import("../shared/words.js").Words} words
 * @property {(action: "recheck" | "close" | "settings" | "copy", detail?: string) => void} act
 * @property {string} engine
 * @property {Record<string, string>} factNames
 * @property {readonly string[]} actions
 */

/**
 * Draws the panel anew; what the reader had unfolded stays so, and the focus stays where it was.
 * @param {HTMLElement} root
 * @param {Verdict | null} verdict
 * @param {PanelOptions} [options]
 */
export function renderPanel(root, verdict, options = {}) {
  const lang = options.lang ?? "zh_CN";
  const standing = options.standing ?? { ...emptyStanding(), verdict, busy: verdict === null };
  /** @type {View} */
  const view = {
    standing,
    look: lookOf(standing),
    words: wordsOf(options.strings ?? STRINGS[lang]),
    act: options.onAction ?? (() => {}),
    engine: options.engine ?? "",
    factNames: options.factNames ?? {},
    actions: options.actions ?? (options.onAction ? ["recheck"] : []),
  };
  const unfolded = new Set([...root.querySelectorAll("details[open]")].map((fold) => fold.getAttribute("data-id")));
  const focused = root.contains(document.activeElement) ? document.activeElement?.getAttribute("data-id") : null;
  const panel = el("article", { class: `backtone-panel tone-${view.look.tone}`, lang: lang === "zh_CN" ? "zh-CN" : "en" },
    head(view), ...alerts(view), ...reasons(view), searches(view), handling(view), customer(view), whyScore(view), notChecked(view), foot(view));
  root.replaceChildren(panel);
  for (const fold of root.querySelectorAll("details")) {
    if (unfolded.has(fold.getAttribute("data-id"))) fold.setAttribute("open", "");
  }
  if (focused) /** @type {HTMLElement | null} */ (root.querySelector(`[data-id="${CSS.escape(focused)}"]`))?.focus();
}

/** @param {View} view */
function foot({ standing: { verdict }, words }) {
  return verdict ? el("footer", {}, words("panel_rulebook", { version: verdict.rulebook })) : null;
}
