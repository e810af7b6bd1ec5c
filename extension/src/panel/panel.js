/** The panel's page. It shows a mail only for a ticket that the worker gave to our content script; else it stays empty. */

import { el } from "../shared/nodes.js";
import { FROM_PANEL } from "../shared/messages.js";
import { nearestLang, wordsIn } from "../shared/words.js";
import { renderPanel } from "./render.js";

/** @typedef {import("../shared/standing.js").Standing} Standing */
/** @typedef {{id: string, lang: import("../shared/types.js").Lang, engine: string, factNames: Record<string, string>}} Claim */

const root = /** @type {HTMLElement} */ (document.getElementById("root"));
/** @type {Claim | null} */
let shown = null;
let drawn = "";

/** @param {string} type @param {Record<string, unknown>} [payload] */
const ask = (type, payload = {}) => chrome.runtime.sendMessage({ type, ...payload });

/** @param {"recheck" | "close" | "settings" | "copy"} action */
function act(action) {
  if (action === "recheck") void ask(FROM_PANEL.recheck, { id: shown?.id });
  else if (action === "close") void ask(FROM_PANEL.close);
  else if (action === "settings") void ask(FROM_PANEL.settings);
}

/** @param {Standing | null} standing */
function draw(standing) {
  // Drawing the same again would take a button away from under the pointer.
  const state = JSON.stringify([shown?.id, standing]);
  if (!shown || !standing || state === drawn) return;
  drawn = state;
  document.documentElement.lang = shown.lang === "zh_CN" ? "zh-CN" : "en";
  renderPanel(root, standing.verdict, {
    lang: shown.lang, engine: shown.engine, factNames: shown.factNames, standing, onAction: act, actions: ["recheck", "settings", "close"],
  });
}

/** @param {unknown} ticket */
async function claim(ticket) {
  /** @type {Partial<Claim>} */
  const answer = (await ask(FROM_PANEL.claim, { ticket })) ?? {};
  if (!answer.id) return;
  const first = shown === null;
  shown = /** @type {Claim} */ (answer);
  // Read after `shown` is set: what changes from now on comes as an event, so nothing falls between.
  const slot = `mail:${answer.id}`;
  const kept = /** @type {{standing: Standing} | undefined} */ ((await chrome.storage.session.get(slot))[slot]);
  if (shown.id !== answer.id) return;
  draw(kept?.standing ?? null);
  if (first) root.querySelector("h1")?.focus();
}

window.addEventListener("message", (event) => {
  if (event.source === window.parent && typeof event.data?.ticket === "string") void claim(event.data.ticket);
});

chrome.storage.onChanged.addListener((changes, area) => {
  const change = area === "session" && shown ? changes[`mail:${shown.id}`] : undefined;
  if (change?.newValue) draw(/** @type {{standing: Standing}} */ (change.newValue).standing);
});

window.addEventListener("keydown", (event) => {
  if (event.key === "Escape") act("close");
});

const lang = nearestLang(chrome.i18n.getUILanguage());
document.documentElement.lang = lang === "zh_CN" ? "zh-CN" : "en";
root.append(el("p", { class: "empty" }, wordsIn(lang)("panel_empty")));
