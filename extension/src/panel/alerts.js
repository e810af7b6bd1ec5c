/** What keeps the verdict from being whole, and what must be known before anything else; in plain words with the way out. */

import { el } from "../shared/nodes.js";
import { hintsOf, warningsOf } from "../shared/standing.js";

/** @typedef {import("./render.js").View} View */

/** Problems that only the settings can mend. */
const SETTINGS = new Set(["no_token", "unauthorized", "bad_address", "no_permission", "not_backtone", "unreachable", "unreachable_tls", "version"]);

/** Warnings that leave nothing to the reader before a supervisor has decided: no other advice may stand beside them. */
const HALTS = new Set(["compliance_stop", "sanctions_hit"]);

/** @param {View["standing"]} standing */
export const halted = ({ verdict }) => Boolean(verdict?.warnings?.some(({ id }) => HALTS.has(id)));

/**
 * @param {View} view
 * @returns {HTMLElement[]}
 */
export function alerts(view) {
  const { standing, look, words, act, actions } = view;
  const { problem, missing, verdict } = standing;
  const fields = missing.map((field) => words(`badge_field_${field}`)).join(words("badge_list_separator"));
  const lines = [
    problem ? el("div", { class: "alert problem", role: "alert" },
      el("p", {}, words(`problem_${problem.code}`, { address: problem.address ?? "", detail: problem.detail ?? "" })),
      look.basis === "preview" && !standing.idle && el("p", { class: "quiet" }, words("panel_offline")),
      el("p", { class: "alert-buttons" },
        actions.includes("recheck") && el("button", { type: "button", "data-id": "retry", click: () => act("recheck") }, words("panel_recheck")),
        SETTINGS.has(problem.code) && actions.includes("settings")
          && el("button", { type: "button", "data-id": "to-settings", click: () => act("settings") }, words("panel_settings")))) : null,
    standing.idle ? el("div", { class: "alert" },
      el("p", {}, words("panel_idle")),
      el("p", { class: "alert-buttons" }, el("button", { type: "button", "data-id": "send", click: () => act("recheck") }, words("panel_send")))) : null,
    ...warningsOf(standing).map(({ text }) => el("p", { class: "alert warning", role: "note" }, text)),
    look.basis === "preview" && !standing.idle && !problem ? el("p", { class: "alert" }, words("panel_preview")) : null,
    verdict && !verdict.complete ? el("p", { class: "alert" }, words("panel_incomplete")) : null,
    missing.length || hintsOf(standing, words).length ? el("div", { class: "alert" },
      missing.length ? el("p", {}, words("panel_partial", { fields })) : null, ...hintsOf(standing, words).map((hint) => el("p", {}, hint))) : null,
    verdict && look.notes.includes("badge_note_confidence") ? el("p", { class: "alert" }, words("badge_note_confidence")) : null,
  ];
  return lines.filter((line) => line !== null);
}
