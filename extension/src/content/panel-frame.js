/** The panel: a frame of the extension's own origin, docked beside the mail. The page can neither read nor feed it. */

import { createHost } from "../badge/host.js";
import { FROM_CONTENT } from "../shared/messages.js";

const LEAST = 300;
const MOST = 900;
const USUAL = 400;
const STEP = 20;
const STYLE = `
:host{position:fixed!important;inset:0 0 0 auto!important;width:min(var(--width,400px),100vw)!important;height:100%!important;margin:0!important;z-index:2147483000!important}
:host([data-side=left]){inset:0 auto 0 0!important}
.root{height:100%;position:relative}
iframe{display:block;box-sizing:border-box;width:100%;height:100%;border:0;border-inline-start:1px solid rgb(16 24 40/.16);box-shadow:-8px 0 28px rgb(16 24 40/.16);background:Canvas;color-scheme:light dark}
:host([data-side=left]) iframe{border-inline:0 1px solid rgb(16 24 40/.16);box-shadow:8px 0 28px rgb(16 24 40/.16)}
.grip{position:absolute;inset:0 auto 0 -4px;width:9px;padding:0;border:0;background:none;cursor:ew-resize;touch-action:none;z-index:1}
:host([data-side=left]) .grip{inset:0 -4px 0 auto}
.grip::after{content:"";position:absolute;top:calc(50% - 18px);left:3px;width:3px;height:36px;border-radius:2px;background:rgb(102 112 133/.55)}
.grip:hover::after,.grip:focus-visible::after,.grip.held::after{background:#1570ef}
.grip:focus-visible{outline:2px solid #1570ef}
.held+iframe{pointer-events:none}
@media (max-width:480px){.grip{display:none}}
`;

/** @typedef {{width: number, side: "left" | "right", where?: "page" | "side"}} Place */

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
 * @param {Place} [kept]  where the reader put the panel last
 * @returns {PanelFrame}
 */
export function createPanelFrame(document, words, ask, kept) {
  const origin = chrome.runtime.getURL("").replace(/\/$/, "");
  const place = { width: kept?.width ?? 0, side: kept?.side ?? "right" };
  /** @type {{host: HTMLElement, frame: HTMLIFrameElement, ready: Promise<void>} | null} */
  let open = null;

  function mount() {
    // On a narrow or much enlarged page the mail keeps more than half of it.
    place.width ||= Math.round(Math.min(USUAL, Math.max(LEAST, document.documentElement.clientWidth * 0.42)));
    const { host, root } = createHost(document, "panel");
    const style = document.createElement("style");
    style.textContent = STYLE;
    const frame = document.createElement("iframe");
    frame.title = words("badge_panel_title");
    frame.src = chrome.runtime.getURL("panel/panel.html");
    // Not for the address as written alone: the browser may lead it to another name of ours.
    frame.allow = "clipboard-write *";
    const ready = new Promise((/** @type {(value: void) => void} */ resolve) => frame.addEventListener("load", () => resolve(), { once: true }));
    root.append(style, gripOf(host), frame);
    dock(host);
    document.body.append(host);
    return { host, frame, ready };
  }

  /** @param {HTMLElement} host */
  function dock(host) {
    host.style.setProperty("--width", `${place.width}px`);
    host.setAttribute("data-side", place.side);
  }

  /**
   * The edge that is drawn: by pointer, or by arrow keys. Drawn across the page's middle the panel changes sides.
   * @param {HTMLElement} host
   */
  function gripOf(host) {
    const grip = document.createElement("button");
    grip.type = "button";
    grip.className = "grip";
    grip.setAttribute("aria-label", words("badge_panel_resize"));
    grip.title = words("badge_panel_resize");
    /** @param {number} width @param {"left" | "right"} [side] */
    const set = (width, side = place.side) => {
      Object.assign(place, { width: Math.round(Math.min(MOST, Math.max(LEAST, width))), side });
      dock(host);
    };
    const keep = () => void ask(FROM_CONTENT.place, { ...place }).catch(() => {});
    grip.addEventListener("pointerdown", (event) => {
      grip.setPointerCapture(event.pointerId);
      grip.classList.add("held");
    });
    grip.addEventListener("pointermove", (event) => {
      if (!grip.hasPointerCapture(event.pointerId)) return;
      const all = document.documentElement.clientWidth;
      const fromRight = all - event.clientX;
      // Past the far quarter the reader wants it on the other side.
      if (place.side === "right" && event.clientX < all / 4) set(place.width, "left");
      else if (place.side === "left" && fromRight < all / 4) set(place.width, "right");
      else if (place.side === "right" ? fromRight < all * 0.7 : event.clientX < all * 0.7) set(place.side === "right" ? fromRight : event.clientX);
    });
    for (const type of ["pointerup", "pointercancel"]) {
      grip.addEventListener(type, () => {
        grip.classList.remove("held");
        keep();
      });
    }
    grip.addEventListener("keydown", (event) => {
      const wider = place.side === "right" ? "ArrowLeft" : "ArrowRight";
      const narrower = place.side === "right" ? "ArrowRight" : "ArrowLeft";
      if (event.key === wider) set(place.width + STEP);
      else if (event.key === narrower) set(place.width - STEP);
      else if (event.key === "Home" || event.key === "End") set(place.width, event.key === "Home" ? "left" : "right");
      else return;
      event.preventDefault();
      keep();
    });
    return grip;
  }

  return {
    async show(key) {
      if (kept?.where === "side" && (await ask(FROM_CONTENT.side, { key }))?.side) return true;
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
