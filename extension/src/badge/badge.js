/** The badge beside a mail: level in word, shape and colour, the heaviest reason, one button to the panel. */

import { hintsOf, lookOf, noteOf } from "../shared/standing.js";
import { createHost } from "./host.js";
import { iconFor } from "./icons.js";
import { isDarkBehind } from "./theme.js";

/** @typedef {import("../shared/standing.js").Standing} Standing */

/** How often the ground behind a badge is measured anew. */
const THEME_MS = 2000;

/**
 * @typedef {object} Badge
 * @property {HTMLElement} host
 * @property {(standing: Standing) => void} paint
 * @property {(anchor: {parent: Element, before: Node | null} | null) => void} place  puts it there if it is not yet
 * @property {(open: boolean) => void} expanded
 * @property {() => void} focus
 * @property {() => void} remove
 */

/**
 * @param {Document} document
 * @param {import("../shared/words.js").Words} words
 * @param {() => void} onOpen
 * @returns {Badge}
 */
export function createBadge(document, words, onOpen) {
  const { host, root } = createHost(document, "badge");
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  const status = document.createElement("span");
  status.className = "status";
  status.setAttribute("role", "status");
  root.append(button, status);
  let dressed = -Infinity;
  button.addEventListener("click", (event) => {
    if (event.isTrusted) onOpen();
  });

  return {
    host,
    paint(standing) {
      const look = lookOf(standing);
      const word = words(`badge_${look.tone}`);
      const score = look.score === null ? "" : words("badge_score", { score: look.score });
      const note = noteOf(standing, words);
      button.className = `badge ${look.tone}`;
      button.replaceChildren(
        iconFor(document, look.tone), span("word", word), ...(score ? [span("score", score)] : []),
        ...(note ? [span("note", note)] : []), span("more", ""),
      );
      const text = [word, score, note].filter(Boolean).join(", ");
      button.setAttribute("aria-label", words("badge_open", { text }));
      button.title = [note, ...hintsOf(standing, words)].filter(Boolean).join("\n");
      // Said once, when there is something to say.
      if (look.tone !== "busy" && status.textContent !== text) status.textContent = text;
      if (__E2E__) host.dataset.tone = look.tone;
    },
    place(anchor) {
      const parent = anchor?.parent ?? document.body;
      if (host.isConnected && host.parentElement === parent) return dress(parent);
      // Measured before anything is moved, so that the page is laid out once and not once a badge.
      dressed = -Infinity;
      dress(parent);
      host.toggleAttribute("data-fixed", !anchor);
      parent.insertBefore(host, anchor?.before ?? null);
    },
    expanded: (open) => button.setAttribute("aria-expanded", String(open)),
    focus: () => button.focus(),
    remove: () => host.remove(),
  };

  /** The reader may change the mailbox's theme under us. @param {Element} parent */
  function dress(parent) {
    if (performance.now() - dressed < THEME_MS) return;
    dressed = performance.now();
    root.classList.toggle("dark", isDarkBehind(parent));
  }

  /** @param {string} className @param {string} text */
  function span(className, text) {
    const element = document.createElement("span");
    element.className = className;
    element.textContent = text;
    return element;
  }
}
