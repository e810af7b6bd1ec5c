/** What only the rep knows of this order and buyer; kept with the counterpart and sent with the next check. */

import { el } from "../shared/nodes.js";
import { delaysAsText, delaysIn } from "../shared/notes.js";
import { COUNTRIES, CURRENCIES } from "./choices.js";
import { fold } from "./fold.js";

/** @typedef {import("./render.js").View} View */

const PRODUCTS = ["ordinary", "dual_use", "high_value", "perishable"];
const FACTS = /** @type {const} */ (["order_placed", "visited_us", "local_influence"]);

/** @param {View} view */
export function asked(view) {
  const { standing: { verdict }, words, notes, lang, canNote, actions } = view;
  if (!verdict || !canNote) return null;
  const regions = new Intl.DisplayNames([lang === "zh_CN" ? "zh-CN" : "en"], { type: "region" });
  const countries = COUNTRIES.map((code) => ({ code, name: regions.of(code) ?? code })).sort((a, b) => a.name.localeCompare(b.name, lang === "zh_CN" ? "zh-CN" : "en"));
  const terms = [...verdict.payment_advice?.offer ?? [], ...verdict.payment_advice?.refuse ?? []];
  const digest = [
    notes.order_amount !== undefined ? `${notes.currency ?? ""} ${notes.order_amount.toLocaleString()}`.trim() : "",
    notes.order_amount !== undefined && !notes.currency ? words("panel_no_currency") : "",
    notes.country ? regions.of(notes.country) : "",
  ].filter(Boolean).join(words("panel_dot"));
  return fold({ id: "asked", title: words("panel_asked"), digest: digest || words("panel_asked_blank") },
    el("form", { class: "asked", submit: (event) => save(event, view) },
      field("order_amount", words("panel_amount"),
        el("span", { class: "pair" },
          el("input", { id: "ask-order_amount", name: "order_amount", "data-id": "ask-order_amount", type: "number", min: 0, step: "any", inputmode: "decimal", value: notes.order_amount }),
          choice("currency", CURRENCIES.map((code) => [code, code]), notes.currency, words("panel_currency")))),
      field("country", words("panel_country"), choice("country", countries.map(({ code, name }) => [code, name]), notes.country)),
      field("product_class", words("panel_product"), choice("product_class", PRODUCTS.map((id) => [id, words(`panel_product_${id}`)]), notes.product_class)),
      terms.length ? field("payment_term", words("panel_term"), choice("payment_term", terms.map(({ id, text }) => [id, text]), notes.payment_term)) : null,
      field("arrears_days", words("panel_arrears"), number("arrears_days", notes.arrears_days)),
      field("open_balance", words("panel_balance"), number("open_balance", notes.open_balance)),
      field("arrears_history", words("panel_history"),
        el("textarea", { id: "ask-arrears_history", name: "arrears_history", "data-id": "ask-arrears_history", rows: 3, maxlength: 2000, placeholder: "2026-03-31 12 5000", "aria-describedby": "ask-history-hint" }, delaysAsText(notes.arrears_history))),
      el("p", { class: "quiet", id: "ask-history-hint" }, words("panel_history_hint")),
      el("fieldset", {}, el("legend", { class: "unseen" }, words("panel_facts")),
        ...FACTS.map((name) => el("label", { class: "tick" },
          el("input", { type: "checkbox", name, "data-id": `ask-${name}`, checked: notes[name] === true }), words(`panel_fact_${name}`)))),
      el("p", { class: "buttons" }, el("button", { type: "submit", class: "small-button main", "data-id": "ask-save" }, words("panel_asked_save"))),
      el("p", { class: "quiet" }, words(actions.includes("settings") ? "panel_asked_hint" : "panel_notes_page"))));
}

/** @param {string} name @param {string} label @param {HTMLElement} control */
const field = (name, label, control) => el("div", { class: "ask" }, el("label", { for: `ask-${name}` }, label), control);

/** @param {string} name @param {number | undefined} value */
const number = (name, value) => el("input", { id: `ask-${name}`, name, "data-id": `ask-${name}`, type: "number", min: 0, step: "any", inputmode: "decimal", value });

/** @param {string} name @param {(string)[][]} rows @param {string | undefined} value @param {string} [label] */
const choice = (name, rows, value, label) => el("select", { id: `ask-${name}`, name, "data-id": `ask-${name}`, "aria-label": label },
  el("option", { value: true }, "–"), ...rows.map(([id, text]) => el("option", { value: id, selected: id === value }, text)));

/** @param {Event} event @param {View} view */
function save(event, view) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  /** @type {Record<string, unknown>} */
  const change = {};
  for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name]"))) {
    if (control.name === "arrears_history") {
      const { rows, wrong } = delaysIn(control.value);
      control.setCustomValidity(wrong ? view.words("panel_history_wrong", { line: wrong }) : "");
      if (!control.reportValidity()) {
        control.addEventListener("input", () => control.setCustomValidity(""), { once: true });
        return;
      }
      change.arrears_history = rows.length ? rows : null;
    } else if (control.type === "checkbox") change[control.name] = control.checked || null;
    else if (control.value === "") change[control.name] = null;
    else change[control.name] = control.type === "number" ? Number(control.value) : control.value;
  }
  // A currency alone says nothing.
  if (change.order_amount === null) change.currency = null;
  view.note(change);
}
