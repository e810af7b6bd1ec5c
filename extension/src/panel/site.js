/** The sender's web site: what a visit saw, or a button to have it visited, which says before what the visit gives away. */

import { el } from "../shared/nodes.js";

/** @typedef {import("./render.js").View} View */

export const SITE = "site";

/** Whether a visit can be asked for: the server offers it, the row says that none was made, and there is a domain to visit. @param {View} view */
function canAsk({ standing: { verdict }, features }) {
  const rows = verdict?.not_checked ?? [];
  const row = rows.find(({ fact }) => fact === SITE);
  // The same for the whole domain: a private name, or look-ups that still run.
  const blanket = rows.some(({ fact, why }) => fact === "domain.exists" && why === row?.why);
  return Boolean(row && !blanket && verdict?.complete && verdict.facts.sender?.domain && features.includes("site_visit"));
}

/** @param {View} view */
export function site(view) {
  const { standing: { verdict }, words, state } = view;
  const seen = verdict?.facts.site;
  if (seen?.url) {
    return el("p", { class: "check-note", role: "status" }, words("panel_site_seen", { url: String(seen.url), title: String(seen.title ?? "") }));
  }
  if (!canAsk(view)) return null;
  const domain = String(verdict?.facts.sender?.domain);
  const { asked, busy, problem } = state.site;
  if (!asked) {
    return el("p", { class: "buttons" }, el("button", {
      type: "button", class: "small-button", "data-id": "site-ask", click: () => change(view, { asked: true, busy: false, problem: "" }),
    }, words("panel_site_ask", { domain })));
  }
  return el("div", { class: "consent", role: "group", "aria-label": words("panel_site_ask", { domain }) },
    el("p", {}, words("panel_site_consent", { domain })),
    problem ? el("p", { class: "failed", role: "alert" }, problem) : null,
    busy ? el("p", { class: "quiet", role: "status" }, words("panel_site_busy")) : null,
    el("p", { class: "buttons" },
      el("button", { type: "button", class: "small-button main", "data-id": "site-visit", disabled: busy, click: () => void visit(view) }, words("panel_site_visit")),
      el("button", { type: "button", class: "small-button", "data-id": "site-ask", disabled: busy, click: () => change(view, { asked: false, busy: false, problem: "" }) }, words("panel_site_cancel"))));
}

/** @param {View} view @param {View["state"]["site"]} site */
function change(view, site) {
  view.state.site = site;
  view.redraw();
}

/** @param {View} view */
async function visit(view) {
  const { words } = view;
  change(view, { asked: true, busy: true, problem: "" });
  const answer = await view.act("site");
  if (!answer?.site) {
    const { code = "internal", address = "", detail = "" } = answer?.problem ?? {};
    return change(view, { asked: true, busy: false, problem: words(`problem_${code}`, { address, detail }) });
  }
  const { outcome, why } = answer.site;
  const failed = outcome === "unknown" ? words("panel_site_failed", { why }) : outcome === "not_found" ? words("panel_site_none") : "";
  change(view, { asked: outcome !== "found", busy: false, problem: failed });
  // What was seen counts in the verdict.
  return view.act("recheck");
}
