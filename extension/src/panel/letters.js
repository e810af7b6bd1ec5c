/** Letters that may be offered at this risk: fetched on a click, shown as text, copied by hand, never sent by us. */

import { el } from "../shared/nodes.js";
import { copyButton } from "./copy.js";
import { fold } from "./fold.js";

/** @typedef {import("./render.js").View} View */
/** @typedef {{subject: string, text: string, html?: string, documents?: string[], missing?: string[]}} Letter */

const KINDS = new Set(["background_check", "missing_information"]);
const LANGS = /** @type {const} */ (["en", "zh_CN"]);

/** What a letter leaves for us to fill in, as [your name]; its `missing` is what it asks the customer for. */
const BLANK = /\[[^[\]\n]{2,40}\]/g;

/** @param {View} view */
export function letters(view) {
  const { standing: { verdict }, words, state, features } = view;
  const kinds = (verdict?.letters ?? []).filter((kind) => KINDS.has(kind));
  if (!kinds.length || !features.includes("letters")) return null;
  const { letter, problem, busy } = state.letter;
  return fold({ id: "letters", title: words("panel_letters"), digest: kinds.length },
    el("ul", { class: "letter-kinds" }, ...kinds.map((kind) => el("li", {},
      el("span", {}, words(`panel_letter_${kind}`)),
      ...LANGS.map((lang) => el("button", {
        type: "button", class: "small-button", "data-id": `letter-${kind}-${lang}`, disabled: busy,
        "aria-pressed": String(state.letter.kind === kind && state.letter.lang === lang), click: () => void fetch_(view, kind, lang),
        "aria-label": words("panel_letter_in", { kind: words(`panel_letter_${kind}`), lang: words(`panel_lang_${lang}`) }),
      }, words(`panel_lang_${lang}`)))))),
    busy ? el("p", { class: "quiet", role: "status" }, words("panel_letter_busy")) : null,
    problem ? el("p", { class: "failed", role: "alert" }, problem) : null,
    letter ? shown(letter, view) : null);
}

/** @param {Letter} letter @param {View} view */
function shown(letter, { words, state }) {
  const { documents = [], html = "" } = letter;
  const blanks = [...new Set(letter.text.match(BLANK) ?? [])].map((blank) => blank.slice(1, -1));
  const lang = state.letter.lang === "en" ? "en" : "zh-CN";
  return el("div", { class: "letter" },
    blanks.length ? el("p", { class: "check-note" }, words("panel_letter_missing", { list: blanks.join(words("badge_list_separator")) })) : null,
    el("p", { class: "letter-subject", lang }, el("b", {}, letter.subject), copyButton({ id: "copy-subject", label: words("panel_copy_subject"), text: letter.subject, words, icon: true })),
    el("pre", { tabindex: 0, lang, "data-id": "letter-text" }, letter.text),
    el("p", { class: "buttons" },
      copyButton({ id: "copy-letter", label: words("panel_copy_letter"), text: letter.text, words }),
      html ? copyButton({ id: "copy-letter-html", label: words("panel_copy_html"), text: letter.text, html, words }) : null),
    documents.length ? el("div", {},
      el("h3", { class: "topic" }, words("panel_letter_documents")), el("ul", { class: "todo" }, ...documents.map((text) => el("li", {}, text)))) : null);
}

/** @param {View} view @param {string} kind @param {"en" | "zh_CN"} lang */
async function fetch_(view, kind, lang) {
  const { state, words } = view;
  state.letter = { kind, lang, letter: null, problem: "", busy: true };
  view.redraw();
  const answer = await view.act("letter", { kind, lang });
  // Meanwhile the rep may have asked for the other one.
  if (state.letter.kind !== kind || state.letter.lang !== lang) return;
  const { code = "internal", address = "", detail = "" } = answer?.problem ?? {};
  state.letter = { kind, lang, letter: answer?.letter ?? null, problem: answer?.letter ? "" : words(`problem_${code}`, { address, detail }), busy: false };
  view.redraw();
}
