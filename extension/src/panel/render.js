/** The panel's content from a verdict. The same in the extension and on the server's try-it page. */

import { el } from "../shared/nodes.js";
import { emptyStanding, lookOf, warningsOf } from "../shared/standing.js";
import { STRINGS, wordsOf } from "../shared/words.js";
import { alerts } from "./alerts.js";
import { asked } from "./asked.js";
import { checks } from "./checks.js";
import { customer } from "./customer.js";
import { handling } from "./handling.js";
import { head } from "./head.js";
import { letters } from "./letters.js";
import { opinion } from "./opinion.js";
import { payment } from "./payment.js";
import { places } from "./places.js";
import { reasons } from "./reasons.js";
import { notChecked, whyScore } from "./score.js";
import { allSearches, searches } from "./searches.js";
import { keepTyped } from "./typed.js";

/** @typedef {import("../shared/types.js").Verdict} Verdict */
/** @typedef {import("../shared/standing.js").Standing} Standing */
/** @typedef {"recheck" | "close" | "settings" | "note" | "letter" | "feedback" | "headers" | "site"} Action */

/**
 * @typedef {object} PanelOptions
 * @property {string} [id]  the caller's mark of this mail: what was typed and unfolded belongs to it
 * @property {import("../shared/types.js").Lang} [lang]
 * @property {Record<string, {message: string}>} [strings]  instead of our own words
 * @property {(action: Action, detail?: any) => any} [onAction]  may promise an answer: `{letter}`, `{kept}`, `{site}` or `{problem}`
 * @property {Standing} [standing]  what is known besides the verdict: preview, problem, unread fields
 * @property {string} [engine]  address of a search engine with `{query}`; else the verdict's own links
 * @property {string} [engineId]
 * @property {Record<string, string>} [factNames]  readable names of facts
 * @property {readonly ("recheck" | "close" | "settings")[]} [actions]  buttons in the head
 * @property {readonly string[]} [features]  what the server offers: controls for nothing else are shown
 * @property {import("../shared/notes.js").Notes | null} [notes]  of this counterpart; null: they cannot be kept
 * @property {string} [newer]  version of a newer extension that waits
 * @property {number} [showFirst]  so many searches are recommended, the others are folded by topic
 */

/**
 * What outlives a redraw as long as the mail is the same.
 * @typedef {object} State
 * @property {{kind: string, lang: string, letter: import("./letters.js").Letter | null, problem: string, busy: boolean}} letter
 * @property {{sent: "" | "real_customer" | "fraud", problem: string, busy: boolean}} opinion
 * @property {{asked: boolean, busy: boolean, problem: string}} site  the visit of the sender's web site
 * @property {Set<string>} wrong  rules whose reason was called wrong
 * @property {string} doubted  rule whose form is open
 */

/**
 * What every section is given.
 * @typedef {object} View
 * @property {Standing} standing
 * @property {import("../shared/standing.js").Look} look
 * @property {import("../shared/words.js").Words} words
 * @property {import("../shared/types.js").Lang} lang
 * @property {(action: Action, detail?: any) => any} act
 * @property {(change: Record<string, unknown>, how?: {quietly?: boolean}) => void} note  keeps a note, then checks again unless quietly
 * @property {() => void} redraw
 * @property {State} state
 * @property {string} engine
 * @property {string} engineId
 * @property {Record<string, string>} factNames
 * @property {readonly string[]} actions
 * @property {readonly string[]} features
 * @property {import("../shared/notes.js").Notes} notes
 * @property {boolean} canNote
 * @property {string} newer
 * @property {number} showFirst
 */

/** @type {WeakMap<HTMLElement, {id: string, state: State, draw: () => void}>} */
const drawn = new WeakMap();

/** @returns {State} */
function newState() {
  return {
    letter: { kind: "", lang: "", letter: null, problem: "", busy: false },
    opinion: { sent: "", problem: "", busy: false }, site: { asked: false, busy: false, problem: "" }, wrong: new Set(), doubted: "",
  };
}

/**
 * Draws the panel anew; what the reader had typed and unfolded stays so, and the focus stays where it was.
 * @param {HTMLElement} root
 * @param {Verdict | null} verdict
 * @param {PanelOptions} [options]
 */
export function renderPanel(root, verdict, options = {}) {
  const id = options.id ?? "";
  const before = drawn.get(root);
  const same = before?.id === id;
  const state = same && before ? before.state : newState();
  drawn.set(root, { id, state, draw: () => renderPanel(root, verdict, options) });
  const view = viewOf(verdict, options, state, () => drawn.get(root)?.draw());
  const { lang, look } = view;
  const panel = el("article", { class: `backtone-panel tone-${look.tone}`, lang: lang === "zh_CN" ? "zh-CN" : "en" },
    head(view), ...alerts(view), ...reasons(view), searches(view),
    el("div", { class: "folds" },
      handling(view), customer(view), checks(view), payment(view), letters(view), asked(view), allSearches(view), places(view),
      whyScore(view), notChecked(view), opinion(view)),
    foot(view));
  if (same) keepTyped(root, panel);
  else root.replaceChildren(panel);
}

/**
 * @param {Verdict | null} verdict @param {PanelOptions} options @param {State} state @param {() => void} redraw
 * @returns {View}
 */
function viewOf(verdict, options, state, redraw) {
  const lang = options.lang ?? "zh_CN";
  const standing = options.standing ?? { ...emptyStanding(), verdict, busy: verdict === null };
  const act = options.onAction ?? (() => {});
  return {
    standing, lang, act, redraw, state,
    look: lookOf(standing),
    words: wordsOf(options.strings ?? STRINGS[lang]),
    note: (change, { quietly = false } = {}) => {
      void Promise.resolve(act("note", change)).then(() => (quietly ? null : act("recheck")));
    },
    engine: options.engine ?? "",
    engineId: options.engineId ?? "",
    factNames: options.factNames ?? {},
    actions: options.actions ?? (options.onAction ? ["recheck"] : []),
    features: options.features ?? [],
    notes: options.notes ?? {},
    canNote: Boolean(options.notes),
    newer: options.newer ?? "",
    showFirst: options.showFirst ?? 8,
  };
}

/** @param {View} view */
function foot({ standing, words, newer, act, actions }) {
  const { verdict, outdated } = standing;
  return el("footer", {},
    newer && actions.includes("settings") ? el("p", { class: "newer" }, words("panel_newer", { version: newer }),
      el("button", { type: "button", class: "small-button", "data-id": "newer", click: () => act("settings") }, words("panel_settings"))) : null,
    verdict ? el("p", {}, words("panel_rulebook", { version: verdict.rulebook })) : null,
    ...warningsOf(standing, true).map(({ text }) => el("p", {}, text)),
    outdated ? el("p", {}, words("panel_outdated")) : null);
}
