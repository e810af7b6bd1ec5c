/** How deep to check this buyer, the list of checks, and what each gave; results stay with this counterpart in this browser. */

import { el, safeUrl } from "../shared/nodes.js";
import { fold } from "./fold.js";

/** @typedef {import("./render.js").View} View */
/** @typedef {import("../shared/types.js").CheckItem} CheckItem */

const DEPTHS = new Set(["basic", "standard", "deep"]);
const RESULTS = /** @type {const} */ (["found", "not_found", "contradicts"]);

/** @param {View} view */
export function checks(view) {
  const { standing: { verdict }, words, notes, actions } = view;
  const { items = [], why = [] } = verdict?.checks ?? {};
  const depth = verdict?.check_depth;
  if (!verdict || (!DEPTHS.has(depth ?? "") && !items.length)) return null;
  const done = items.filter((item) => resultOf(item, notes)).length;
  const name = depth && DEPTHS.has(depth) ? words(`panel_depth_${depth}`) : "";
  const digest = [name, items.length ? words("panel_checks_done", { done, all: items.length }) : ""].filter(Boolean).join(words("panel_dot"));
  const changed = items.some((item) => (resultOf(item, notes) ?? null) !== (item.result ?? null));
  return fold({ id: "checks", title: words("panel_checks"), digest },
    ...why.map((text) => el("p", { class: "quiet" }, text)),
    el("ul", { class: "checks" }, ...items.map((item) => row(item, view))),
    changed && view.canNote ? el("p", { class: "buttons" },
      el("button", { type: "button", class: "small-button main", "data-id": "checks-recheck", click: () => view.act("recheck") }, words("panel_checks_recheck"))) : null,
    view.canNote ? el("p", { class: "quiet" }, words(actions.includes("settings") ? "panel_checks_kept" : "panel_notes_page")) : null);
}

/** The result noted here counts before the one that the verdict knew. @param {CheckItem} item @param {import("../shared/notes.js").Notes} notes */
const resultOf = (item, notes) => notes.checks?.[item.id] ?? null;

/** @param {CheckItem} item @param {View} view */
function row(item, view) {
  const { words, notes } = view;
  const url = safeUrl(item.url ?? "");
  const result = resultOf(item, notes) ?? item.result;
  return el("li", { class: result ?? "" },
    el("p", { class: "check-label" },
      url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer", "data-id": `check-${item.id}` }, item.label) : el("span", {}, item.label),
      item.consent ? el("span", { class: "tag", title: words("panel_consent_hint") }, words("panel_consent")) : null),
    item.why ? el("p", { class: "quiet" }, item.why) : null,
    item.note ? el("p", { class: "check-note" }, item.note) : null,
    view.canNote ? el("div", { class: "results", role: "group", "aria-label": words("panel_result_of", { label: item.label }) },
      ...RESULTS.map((one) => el("button", {
        type: "button", "data-id": `result-${item.id}-${one}`, class: one, "aria-pressed": String(result === one),
        click: () => view.note({ checks: { [item.id]: result === one ? null : one } }, { quietly: true }),
      }, words(`panel_result_${one}`)))) : result ? el("p", { class: "quiet" }, words(`panel_result_${result}`)) : null);
}
