/** What the extension's own pages share: their words and the way to the worker. */

import { readChosen, readSettings } from "./settings.js";
import { wordsIn } from "./words.js";

/**
 * Fills a page with words: the text of `[data-say]`, the placeholder of `[data-hint]`.
 * @param {{early?: boolean}} [how]  early: do not wait for the policy, which may close fields and set a language later
 * @returns {Promise<{words: import("./words.js").Words, settings: import("./settings.js").Settings}>}
 */
export async function dressPage({ early = false } = {}) {
  const chosen = await readChosen();
  const words = speak(chosen.lang);
  if (early) return { words, settings: chosen };
  const settings = await readSettings();
  return { words: speak(settings.lang), settings };
}

/** @param {import("./types.js").Lang} lang */
function speak(lang) {
  const words = wordsIn(lang);
  document.documentElement.lang = lang === "zh_CN" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = words(element.getAttribute("data-say") ?? "");
  for (const element of document.querySelectorAll("[data-hint]")) element.setAttribute("placeholder", words(element.getAttribute("data-hint") ?? ""));
  return words;
}

/** A form sent before its page is ready would load the page anew, with what was typed in its address. */
export function holdForms() {
  document.addEventListener("submit", (event) => event.preventDefault());
}

/**
 * @param {string} type
 * @param {Record<string, unknown>} [payload]
 * @returns {Promise<any>}
 */
export function askFromPage(type, payload = {}) {
  return chrome.runtime.sendMessage({ type, ...payload });
}
