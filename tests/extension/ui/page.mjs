/** A saved page in happy-dom, as an adapter sees it. The packages live beside the extension, not beside the tests. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const here = new URL(".", import.meta.url);
const root = new URL("../../../", here);
const load = createRequire(new URL("extension/package.json", root));
const { Window } = load("happy-dom");
const yaml = load("js-yaml");

export const selectors = yaml.load(readFileSync(new URL("shared_rules/selectors.yaml", root), "utf8"));

const QUIET = { disableIframePageLoading: true, disableJavaScriptFileLoading: true, disableCSSFileLoading: true, handleDisabledFileLoadingAsSuccess: true };

/** @param {string} html @param {string} url */
export function openHtml(html, url) {
  const window = new Window({ url, settings: QUIET });
  // happy-dom ends an unquoted attribute at the first "="; browsers do not.
  window.document.write(html.replace(/ href=(https:[^\s>"]+)/g, ' href="$1"'));
  for (const frame of window.document.querySelectorAll("iframe")) fill(frame);
  return { window, document: window.document, location: window.location, visible };
}

/** @param {string} name  as `gmail/popout.html` @param {string} url */
export function openPage(name, url = "https://mail.google.com/mail/u/0/#inbox/FMfcgzGxSabcdefghijklmnopqrstuv") {
  return openHtml(readFileSync(new URL(`tests/e2e/pages/${name}`, root), "utf8"), url);
}

/** happy-dom loads no frames: their `srcdoc` becomes a document of its own. */
function fill(frame) {
  const html = frame.getAttribute("srcdoc") ?? "";
  const inner = new Window({ url: "https://mail.163.com/js6/read/readhtml.jsp", settings: QUIET });
  inner.document.write(html || "<!doctype html><html><body></body></html>");
  Object.defineProperty(inner.document, "readyState", { value: "complete" });
  Object.defineProperty(frame, "contentDocument", { value: inner.document, configurable: true });
}

/** Without layout: visible is what no `display: none` hides. */
export function visible(element) {
  for (let node = element; node; node = node.parentElement) {
    if (/display:\s*none/.test(node.getAttribute("style") ?? "")) return false;
  }
  return true;
}

/** The url that a saved NetEase page names in its top comment. */
export function pretendUrl(name) {
  const html = readFileSync(new URL(`tests/e2e/pages/${name}`, root), "utf8");
  return /Pretend URL: (\S+)/.exec(html)[1];
}
