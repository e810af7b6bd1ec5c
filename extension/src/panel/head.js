/** The panel's head: level in word, shape and colour, score, what to do in one line, and which mail this is about. */

import { iconFor } from "../badge/icons.js";
import { el } from "../shared/nodes.js";
import { openPoint } from "../shared/standing.js";
import { halted } from "./alerts.js";
import { buttonIcon } from "./icons.js";

/** @typedef {import("./render.js").View} View */

/** @param {View} view */
export function head(view) {
  const { standing, look, words } = view;
  const { verdict } = standing;
  const confidence = verdict && look.basis === "verdict" && look.tone !== "unknown" ? words(`panel_confidence_${verdict.risk.confidence}`) : "";
  // Beside a warning the level would only tempt.
  const calm = look.tone !== "high" && look.tone !== "critical";
  const praised = calm && look.tone !== "unknown" && openPoint(standing) !== "reason";
  const customer = praised && verdict?.customer_level.level ? words("panel_head_customer", { level: verdict.customer_level.level }) : "";
  const open = look.tone === "low" || look.tone === "neutral" ? openPoint(standing) : "";
  const advice = words(open ? `panel_advice_open_${open}` : `panel_advice_${look.tone}`);
  const line = [confidence, customer].filter(Boolean).join(words("panel_dot"));
  return el("header", { class: "head" },
    el("div", { class: "bar" },
      el("p", { class: "mail", title: [standing.sender, standing.subject].filter(Boolean).join("\n") },
        standing.sender ? el("span", { class: "from" }, standing.sender) : words("panel_title"),
        standing.subject ? el("span", { class: "subject" }, standing.subject) : null),
      ...view.actions.map((action) => el("button", {
        type: "button", class: action === "recheck" && standing.busy ? "icon-button turning" : "icon-button", "data-id": `act-${action}`, "aria-label": words(`panel_${action}`), title: words(`panel_${action}`),
        click: () => view.act(/** @type {any} */ (action)),
      }, buttonIcon(action)))),
    el("div", { class: "level" },
      iconFor(document, look.tone, 28),
      el("div", { class: "level-words" },
        el("h1", { tabindex: "-1", "data-id": "level" }, words(`badge_${look.tone}`)),
        line ? el("p", { class: "confidence" }, line) : null),
      look.score === null ? null : el("p", { class: "score" },
        el("span", { class: "figure", "aria-hidden": "true" }, look.score),
        el("span", { class: "of", "aria-hidden": "true" }, "/100"),
        el("span", { class: "unseen" }, words("panel_score", { score: look.score })))),
    calm && halted(standing) ? null : el("p", { class: "advice" }, advice));
}
