/** The panel's page. It shows a mail only for a ticket that the worker gave to our content script; else it stays empty. */

import { el } from "../shared/nodes.js";
import { FROM_PANEL } from "../shared/messages.js";
import { nearestLang, wordsIn } from "../shared/words.js";
import { buttonIcon } from "./icons.js";
import { nothingKnown, onChange, readKnown } from "./known.js";
import { renderPanel } from "./render.js";

/** @typedef {import("../shared/standing.js").Standing} Standing */
/** @typedef {{id: string, lang: import("../shared/types.js").Lang, engine: string, engineId: string, factNames: Record<string, string>}} Claim */

const root = /** @type {HTMLElement} */ (document.getElementById("root"));
/** The browser's own side panel shows the page without a frame around it; a page can only frame it. */
const inSide = window.parent === window;
/** @type {Claim | null} */
let shown = null;
/** @type {Standing | null} */
let standing = null;
let known = nothingKnown();
let drawn = "";
let tab = -1;

/** @param {string} type @param {Record<string, unknown>} [payload] */
const ask = (type, payload = {}) => chrome.runtime.sendMessage({ type, ...payload });

/** @type {Record<import("./render.js").Action, (detail: any) => Promise<unknown>>} */
const ACTIONS = {
  recheck: () => ask(FROM_PANEL.recheck, { id: shown?.id }),
  close: () => ask(FROM_PANEL.close),
  settings: () => ask(FROM_PANEL.settings),
  note: (change) => ask(FROM_PANEL.note, { id: shown?.id, change }),
  letter: (wanted) => ask(FROM_PANEL.letter, { id: shown?.id, ...wanted }),
  headers: () => ask(FROM_PANEL.headers, { id: shown?.id }),
  site: () => ask(FROM_PANEL.site, { id: shown?.id }),
  feedback: (feedback) => ask(FROM_PANEL.feedback, { id: shown?.id, feedback }),
};

/** @returns {import("../shared/notes.js").Notes | null} null where nobody is known whom they could belong to */
function notes() {
  return standing?.sender ? known.notes : null;
}

function draw() {
  // Drawing the same again would take a button away from under the pointer.
  const state = JSON.stringify([shown?.id, standing, known]);
  if (!shown || !standing || state === drawn) return;
  drawn = state;
  document.documentElement.lang = shown.lang === "zh_CN" ? "zh-CN" : "en";
  renderPanel(root, standing.verdict, {
    ...shown, standing, notes: notes(), features: known.news.features, newer: known.news.extension,
    onAction: (action, detail) => ACTIONS[action](detail), actions: inSide ? ["recheck", "settings"] : ["recheck", "settings", "close"],
  });
}

/** @param {Partial<Claim> | undefined} answer  of the worker */
async function show(answer) {
  if (!answer?.id) return;
  const first = shown === null;
  if (shown?.id !== answer.id) standing = null;
  shown = /** @type {Claim} */ (answer);
  // Read after `shown` is set: what changes from now on is told, so nothing falls between.
  await readAgain();
  if (first) root.querySelector("h1")?.focus();
}

async function readAgain() {
  const id = shown?.id;
  if (!id) return;
  const found = await readKnown(id, ask);
  if (shown?.id !== id) return;
  if (found.standing) ({ standing, ...known } = /** @type {typeof known & {standing: Standing}} */ (found));
  draw();
}

// Whoever sends it, a ticket serves only if the worker issued it for this tab, and once. Firefox names no source here.
window.addEventListener("message", async (event) => {
  if (typeof event.data?.ticket === "string") await show(await ask(FROM_PANEL.claim, { ticket: event.data.ticket }));
});

onChange(() => shown?.id ?? "", (slot) => void (slot === `side:${tab}` ? followTab() : readAgain()));

window.addEventListener("keydown", (event) => {
  // In a box Escape belongs to the box.
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "Escape" && !inSide && !typing) void ACTIONS.close(null);
});

const lang = nearestLang(chrome.i18n.getUILanguage());
document.documentElement.lang = lang === "zh_CN" ? "zh-CN" : "en";
root.append(el("div", { class: "empty" }, buttonIcon("search"), el("p", {}, wordsIn(lang)("panel_empty"))));

/** The side panel belongs to the window: it follows the tab that is looked at. */
async function followTab() {
  const [active] = await chrome.tabs.query({ active: true, currentWindow: true });
  tab = active?.id ?? -1;
  await show(await ask(FROM_PANEL.side, { tab }));
}

if (inSide) {
  chrome.tabs.onActivated.addListener(() => void followTab());
  await followTab();
}
