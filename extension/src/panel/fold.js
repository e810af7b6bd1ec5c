/** A folded part of the panel: one line that says what is in it, the rest on demand. */

import { el } from "../shared/nodes.js";

/**
 * @param {{id: string, title: string, digest?: string | number | null, open?: boolean, tone?: string}} about
 *   `digest`: the part in a few words, so that it need not be opened
 * @param {...import("../shared/nodes.js").Child} children
 */
export function fold({ id, title, digest = null, open = false, tone = "" }, ...children) {
  return el("details", { class: `fold ${tone}`.trim(), "data-id": id, open },
    el("summary", { "data-id": `fold-${id}` },
      el("span", { class: "fold-title", role: "heading", "aria-level": 2 }, title), digest === null || digest === "" ? null : el("span", { class: "digest" }, digest)),
    el("div", { class: "fold-body" }, ...children));
}
