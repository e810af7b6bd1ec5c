/** A note in the page's corner, where there is no mail to set a badge beside: page not readable, extension updated. */

import { createHost } from "./host.js";
import { iconFor } from "./icons.js";
import { isDarkBehind } from "./theme.js";

/**
 * @typedef {object} Notice
 * @property {HTMLElement} host
 * @property {() => void} remove
 */

/**
 * @param {Document} document
 * @param {{lead: string, hint?: string, buttons: {text: string, done?: string, act: () => void}[]}} what
 * @returns {Notice}
 */
export function showNotice(document, { lead, hint = "", buttons }) {
  const { host, root } = createHost(document, "notice");
  host.setAttribute("data-fixed", "");
  const box = document.createElement("div");
  box.className = "notice unknown";
  box.setAttribute("role", "status");
  const first = document.createElement("p");
  first.className = "lead";
  first.append(iconFor(document, "unknown"), lead);
  const second = document.createElement("p");
  second.textContent = hint;
  const row = document.createElement("div");
  for (const { text, done, act } of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", () => {
      act();
      if (done) button.textContent = done;
    });
    row.append(button);
  }
  box.append(first, ...(hint ? [second] : []), row);
  root.append(box);
  root.classList.toggle("dark", isDarkBehind(document.body));
  document.body.append(host);
  return { host, remove: () => host.remove() };
}
