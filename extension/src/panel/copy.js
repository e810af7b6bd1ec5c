/** Buttons that copy: they say so when it is done, and when the browser does not allow it. */

import { el } from "../shared/nodes.js";
import { buttonIcon } from "./icons.js";

/** @typedef {import("../shared/words.js").Words} Words */

/**
 * @param {{id: string, label: string, text: string, words: Words, icon?: boolean, html?: string}} what
 *   `icon`: only the sign, with the label for screen readers; `html`: copied beside the plain text
 */
export function copyButton({ id, label, text, words, icon = false, html = "" }) {
  const said = el("span", { class: icon ? "unseen" : "", "aria-live": "polite" }, icon ? null : label);
  const button = el("button", {
    type: "button", class: icon ? "icon-button" : "small-button", "data-id": id, "aria-label": icon ? label : null, title: icon ? label : null,
    click: async () => {
      const done = await copied(text, html);
      said.textContent = words(done ? "panel_copied" : "panel_not_copied");
      button.replaceChildren(buttonIcon(done ? "done" : "close"), said);
    },
  }, buttonIcon("copy"), said);
  return button;
}

/** @param {string} text @param {string} html */
async function copied(text, html) {
  const { clipboard } = navigator;
  if (!clipboard) return false;
  const kinds = html && typeof ClipboardItem === "function"
    ? [new ClipboardItem({ "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }) })] : null;
  // Refused without focus or by policy: a state of the browser, not a fault of ours.
  return (kinds ? clipboard.write(kinds) : clipboard.writeText(text)).then(() => true, () => false);
}
