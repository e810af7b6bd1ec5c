/** How promising the customer is, by which criteria, and what to ask for; apart from how risky the mail is. */

import { shortened } from "../rulebook/cut.js";
import { el } from "../shared/nodes.js";
import { copyButton } from "./copy.js";
import { fold } from "./fold.js";
import { buttonIcon } from "./icons.js";

/** @typedef {import("./render.js").View} View */

/** The server cuts a quote after 60 characters, be it inside a word. */
const CUT = 59;

/** @param {View} view */
export function customer(view) {
  const { standing: { verdict }, look, words } = view;
  const level = verdict?.customer_level.level;
  if (!verdict || !level) return null;
  const { evidence, missing_for_next_level: missing, criteria = [], override } = verdict.customer_level;
  // A crook writes like a good customer: beside a warning the level is no praise, and nothing is asked for to raise it.
  const held = look.tone === "high" || look.tone === "critical";
  return fold({ id: "customer", title: words("panel_customer"), digest: held ? words("panel_customer_held") : words("panel_customer_level", { level }) },
    held ? el("p", { class: "check-note" }, words("panel_customer_held_why")) : null,
    el("p", { class: held ? "customer held" : "customer" },
      el("span", { class: "steps", "aria-hidden": "true" }, ...[4, 3, 2, 1].map((step) => el("i", { class: step >= level ? "on" : "" }))),
      el("strong", {}, words("panel_customer_level", { level })), el("span", { class: "quiet" }, words(`panel_customer_${level}`))),
    override ? el("p", { class: "quiet" }, words("panel_override_by_hand", { reason: override.reason })) : null,
    criteria.length ? el("ul", { class: "criteria" }, ...criteria.map(({ met, text, quote, level: of }) => el("li", { class: met },
      el("span", { class: "met" }, buttonIcon(met), el("span", { class: "unseen" }, words(`panel_met_${met}`))),
      el("span", {}, text, quote ? el("q", {}, shortened(quote, CUT)) : null), el("span", { class: "quiet of" }, words("panel_criterion_level", { level: of })))))
      : evidence.length ? el("div", {}, el("h3", { class: "topic" }, words("panel_customer_evidence")), el("ul", { class: "todo" }, ...evidence.map((text) => el("li", {}, text)))) : null,
    missing.length && level > 1 && !held ? el("div", { class: "missing" },
      el("h3", { class: "topic" }, words("panel_customer_missing")),
      el("ul", { class: "todo" }, ...missing.map((text) => el("li", {}, text))),
      copyButton({ id: "copy-missing", label: words("panel_copy_missing"), text: missing.map((text) => `- ${text}`).join("\n"), words })) : null,
    view.canNote ? overrideForm(view) : null);
}

/** Setting the level by hand needs a reason. @param {View} view */
function overrideForm(view) {
  const { words, notes } = view;
  const held = notes.level_override;
  const set = (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const [level, reason] = ["level", "reason"].map((name) => /** @type {HTMLInputElement} */ (form.querySelector(`[name=${name}]`)).value.trim());
    if (level && reason) view.note({ level_override: { level: Number(level), reason } });
  };
  return el("form", { class: "inline-form", submit: set },
    el("label", { for: "override-level" }, words("panel_override")),
    el("select", { id: "override-level", name: "level", "data-id": "override-level", required: true },
      el("option", { value: true }, "–"), ...[1, 2, 3, 4].map((level) => el("option", { value: level, selected: held?.level === level }, words("panel_customer_level", { level })))),
    el("input", { type: "text", name: "reason", "data-id": "override-reason", required: true, maxlength: 300, value: held?.reason, placeholder: words("panel_override_why"), "aria-label": words("panel_override_why") }),
    el("button", { type: "submit", class: "small-button", "data-id": "override-set" }, words("panel_override_set")),
    held ? el("button", { type: "button", class: "small-button", "data-id": "override-end", click: () => view.note({ level_override: null }) }, words("panel_override_end")) : null);
}
