/** The panel: a frame of the extension's own origin, docked right of the mail. The page can neither read nor feed it. */

import { createHost } from "../badge/host.js";
import { FROM_CONTENT } from "../shared/messages.js";

const WIDTH = 400;
const STYLE = `
:host{position:fixed!important;inset:0 0 0 auto!important;width:min(${WIDTH}px,100vw)!important;height:100%!important;margin:0!important;z-index:2147483000!important}
.root{height:100%}
iframe{display:block;box-sizing:border-box;width:100%;height:100%;border:0;border-inline-start:1px solid rgb(16 24 40/.16);box-shadow:-8px 0 28px rgb(16 24 40/.16);background:Canvas;color-scheme:light dark}
`;

/**
 * @typedef {object} PanelFrame
 * @property {(key: string) => Promise<boolean>} show  false if there is nothing to show
 * @property {() => void} close
 * @property {() => boolean} isOpen
 */

/**
 * @param {Document} document
 * @param {import("../shared/words.js").Words} words
 * @param {(type: string, payload?: Record<string, unknown>) => Promise<any>} ask
 * @returns {PanelFrame}
 */
export function createPanelFrame(document, words, ask) {
  const origin = chrome.runtime.getURL("").replace(/\/$/, "");
  /** @type {{host: HTMLElement, frame: HTMLIFrameElement, ready: Promise<void>} | null} */
  let open = null;

  function mount() {
    const { host, root } = createHost(document, "panel");
    const style = document.createElement("style");
    style.textContent = STYLE;
    const frame = document.createElement("iframe");
    frame.title = words("badge_panel_title");
    frame.src = chrome.runtime.getURL("panel/panel.html");
    frame.allow = "clipboard-write";
    const ready = new Promise((/** @type {(value: void) => void} */ resolve) => frame.addEventListener("load", () => resolve(), { once: true }));
    root.append(style, frame);
    document.body.append(host);
    return { host, frame, ready };
  }

  return {
    async show(key) {
      const answer = await ask(FROM_CONTENT.ticket, { key });
      if (!answer?.ticket) return false;
      open ??= mount();
      const { frame, ready } = open;
      await ready;
      // Straight to our own frame: the page does not hear it, and a ticket serves once.
      frame.contentWindow?.postMessage({ ticket: answer.ticket }, origin);
      return true;
    },
    close() {
      open?.host.remove();
      open = null;
    },
    isOpen: () => open !== null,
  };
}
