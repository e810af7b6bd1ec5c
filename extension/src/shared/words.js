/** The words of the interface, from _locales: one source for the browser's own messages and for ours. */

import en from "../../_locales/en/messages.json" with { type: "json" };
import zhCN from "../../_locales/zh_CN/messages.json" with { type: "json" };

/** @typedef {import("./types.js").Lang} Lang */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Words */

/** @type {Record<Lang, Record<string, {message: string}>>} */
export const STRINGS = { en, zh_CN: zhCN };

/**
 * @param {Record<string, {message: string}>} strings
 * @returns {Words}  a missing key shows as itself, so that a test sees it
 */
export function wordsOf(strings) {
  return (key, values = {}) =>
    (strings[key]?.message ?? key).replaceAll(/\{([a-z_]{1,40})\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * @param {Lang} lang
 * @returns {Words}
 */
export function wordsIn(lang) {
  return wordsOf(STRINGS[lang]);
}

/**
 * The supported language nearest to a browser's or a page's language tag.
 * @param {string} tag  as `zh-TW`, `en-GB`
 * @returns {Lang}
 */
export function nearestLang(tag) {
  return /^zh([-_]|$)/i.test(tag) ? "zh_CN" : "en";
}
