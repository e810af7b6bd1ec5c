/** How promising the customer is, and what to do next; apart from how risky the mail is. */

import { el } from "../shared/nodes.js";

/** @typedef {import("./render.js").View} View */

/** @param {View} view */
export function customer({ standing: { verdict }, words }) {
  const level = verdict?.customer_level.level;
  if (!verdict || !level) return null;
  const { evidence, missing_for_next_level: missing } = verdict.customer_level;
  return el("section", { "aria-labelledby": "customer" },
    el("h2", { id: "customer" }, words("panel_customer")),
    el("p", { class: "customer" },
      el("span", { class: "steps", "aria-hidden": "true" }, ...[4, 3, 2, 1].map((step) => el("i", { class: step >= level ? "on" : "" }))),
      el("strong", {}, words("panel_customer_level", { level })), el("span", { class: "quiet" }, words(`panel_customer_${level}`))),
    el("dl", {},
      evidence.length ? el("dt", {}, words("panel_customer_evidence")) : null, ...evidence.map((text) => el("dd", {}, text)),
      missing.length && level > 1 ? el("dt", {}, words("panel_customer_missing")) : null,
      ...(level > 1 ? missing : []).map((text) => el("dd", {}, text))));
}

/** @param {View} view */
export function handling({ standing: { verdict }, words }) {
  if (!verdict) return null;
  const { reply_by: hours, review, steps, stop } = verdict.handling;
  const all = [
    // The steps often say so themselves.
    ...(hours && !steps.some((step) => step.includes(String(hours))) ? [words("panel_reply_by", { hours })] : []),
    ...(review ? [words("panel_review")] : []),
    ...steps,
  ];
  if (!all.length && !stop.length) return null;
  return el("section", { "aria-labelledby": "handling" },
    el("h2", { id: "handling" }, words("panel_handling")),
    stop.length ? el("div", { class: "stop" },
      el("h3", {}, words("panel_stop")), el("ul", {}, ...stop.map((text) => el("li", {}, text)))) : null,
    all.length ? el("ul", { class: "todo" }, ...all.map((text) => el("li", {}, text))) : null);
}
