/** What the extension's own pages share: their words and the way to the worker. */

import { readSettings } from "./settings.js";
import { wordsIn } from "./words.js";

/**
 * Fills a page with words: the text of `[data-say]`, the placeholder of `[data-hint]`.
 * @returns {Promise<{words: import("./words.js").Words, settings: import("./settings.js").Settings}>}
 */
export async function dressPage() {
  const settings = await readSettings();
  const words = wordsIn(settings.lang);
  document.documentElement.lang = settings.lang === "zh_CN" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = words(element.getAttribute("data-say") ?? "");
  for (const element of document.querySelectorAll("[data-hint]")) element.setAttribute("placeholder", words(element.getAttribute("data-hint") ?? ""));
  return { words, settings };
}

/**
 * @param {string} type
 * @param {Record<string, unknown>} [payload]
 * @returns {Promise<any>}
 */
export function askFromPage(type, payload = {}) {
  return chrome.runtime.sendMessage({ type, ...payload });
}
