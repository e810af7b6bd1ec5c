/** The panel drawn into an empty page in happy-dom. */

import { openHtml } from "./page.mjs";

const { window, document } = openHtml("<main id=root></main>", "https://extension.example/");
Object.assign(globalThis, { window, document, CSS: { escape: (text) => text } });
const { renderPanel } = await import("../../../extension/src/panel/render.js");

export const root = document.getElementById("root");
export const CAUTION = { score: 40, level: "caution", confidence: "medium" };
export const text = () => root.textContent;
export const draw = (given, options = {}) => renderPanel(root, given, { lang: "zh_CN", ...options });
