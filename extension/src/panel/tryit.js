/** The panel as the server's try-it page loads it. */

import factTexts from "backtone:facts";

import { placesOf } from "../shared/places.js";
import { emptyStanding } from "../shared/standing.js";
import { renderPanel as render } from "./render.js";

export { changedNotes } from "../shared/notes.js";
export { STRINGS as strings } from "../shared/words.js";

/**
 * @param {HTMLElement} root
 * @param {import("../shared/types.js").Verdict | null} verdict
 * @param {import("./render.js").PanelOptions & {mail?: import("../shared/types.js").Message | null}} [options]
 *   `mail`: as it was sent, to show the quotes in their place
 */
export function renderPanel(root, verdict, { mail = null, ...options } = {}) {
  const lang = options.lang ?? "zh_CN";
  const factNames = Object.fromEntries(Object.entries(factTexts).map(([fact, names]) => [fact, names[lang] ?? fact]));
  const places = mail && verdict ? placesOf(mail, verdict.reasons) : [];
  const sender = typeof mail?.sender === "string" ? mail.sender : mail?.sender?.address ?? String(verdict?.facts.sender?.address ?? "");
  const about = { sender, subject: mail?.subject ?? "" };
  render(root, verdict, { factNames, standing: { ...emptyStanding(), ...about, verdict, busy: verdict === null, places }, ...options });
}
