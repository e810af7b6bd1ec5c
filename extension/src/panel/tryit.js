/** The panel as the server's try-it page loads it. */

import factTexts from "backtone:facts";

import { renderPanel as render } from "./render.js";

export { STRINGS as strings } from "../shared/words.js";

/**
 * @param {HTMLElement} root
 * @param {import("../shared/types.js").Verdict | null} verdict
 * @param {import("./render.js").PanelOptions} [options]
 */
export function renderPanel(root, verdict, options = {}) {
  const lang = options.lang ?? "zh_CN";
  const factNames = Object.fromEntries(Object.entries(factTexts).map(([fact, names]) => [fact, names[lang] ?? fact]));
  render(root, verdict, { factNames, ...options });
}
