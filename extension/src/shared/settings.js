/** Settings: what the administrator's policy sets wins over what the user chose; the rest has defaults. */

import { nearestLang } from "./words.js";

/**
 * @typedef {object} Settings
 * @property {string} address  origin of the server, without a slash at the end
 * @property {string} token
 * @property {import("./types.js").Lang} lang
 * @property {"" | import("./types.js").Lang} chosenLang  empty: like the browser
 * @property {string} engine  id of a search engine, `custom`, or empty: as the server says
 * @property {string} engine_url  of the custom engine, `%s` stands for the words
 * @property {"auto" | "click"} vet  whether a mail is sent as soon as it is opened, or when its badge is clicked
 * @property {boolean} headers  whether the mailbox may be asked for an open mail's headers
 * @property {"page" | "side"} panel  beside the mail in the page, or in the browser's own side panel
 * @property {number[]} working_days  1 Monday to 7 Sunday; empty: as the server says
 * @property {string[]} managed  names that the policy sets
 */

export const DEFAULT_ADDRESS = "http://127.0.0.1:8750";
export const SETTING_NAMES = /** @type {const} */ (["address", "token", "lang", "engine", "engine_url", "vet", "headers", "panel", "working_days"]);

/**
 * What the user chose, as if there were no policy: a browser that has just started keeps the policy waiting for seconds.
 * @returns {Promise<Settings>}
 */
export const readChosen = () => settingsUnder(Promise.resolve({}));

/** @returns {Promise<Settings>} */
export const readSettings = () => settingsUnder(readPolicy());

/** @param {Promise<Record<string, unknown>>} policies @returns {Promise<Settings>} */
async function settingsUnder(policies) {
  const { settings: chosen = {} } = /** @type {{settings?: Record<string, unknown>}} */ (await chrome.storage.local.get("settings"));
  const policy = await policies;
  const managed = SETTING_NAMES.filter((name) => typeof policy[name] === "string" && policy[name] !== "");
  /** @param {typeof SETTING_NAMES[number]} name */
  const value = (name) => {
    const given = managed.includes(name) ? policy[name] : chosen[name];
    return typeof given === "string" ? given.trim() : "";
  };
  const chosenLang = value("lang") === "en" || value("lang") === "zh_CN" ? /** @type {"en" | "zh_CN"} */ (value("lang")) : "";
  return {
    address: (value("address") || DEFAULT_ADDRESS).replace(/\/{1,9}$/, ""),
    token: value("token"),
    lang: chosenLang || nearestLang(chrome.i18n.getUILanguage()),
    chosenLang,
    engine: value("engine"),
    engine_url: value("engine_url"),
    vet: value("vet") === "click" ? "click" : "auto",
    headers: value("headers") === "on",
    panel: value("panel") === "side" ? "side" : "page",
    working_days: [...new Set(value("working_days").match(/[1-7]/g) ?? [])].map(Number).sort(),
    managed,
  };
}

/**
 * The address of a search with `{query}` in place of the words; empty if the verdict's own links serve.
 * @param {Pick<Settings, "engine" | "engine_url">} settings
 * @param {Record<string, string>} engines  of the rulebook
 */
export function engineAddress({ engine, engine_url: custom }, engines) {
  if (engine === "custom") return isEngine(custom) ? custom.replaceAll("{", "%7B").replaceAll("}", "%7D").replace("%s", "{query}") : "";
  return Object.hasOwn(engines, engine) ? String(engines[engine]) : "";
}

/**
 * Whether an own search engine can be used: https, and one place for the words, not in its host.
 * @param {string} address
 */
export function isEngine(address) {
  return /^https:\/\/[a-z0-9.-]{3,253}(:[0-9]{1,5})?\/[^\s"'<>]{0,2000}$/i.test(address) && address.split("%s").length === 2;
}

/**
 * Keeps the user's choices; those not named stay as they are.
 * @param {Partial<Record<typeof SETTING_NAMES[number], string>>} chosen
 */
export async function saveSettings(chosen) {
  const { settings: before = {} } = await chrome.storage.local.get("settings");
  await chrome.storage.local.set({ settings: { .../** @type {object} */ (before), ...chosen } });
}

/**
 * The policy's values; browsers without one, and Firefox without a manifest for it, answer with an error.
 * @returns {Promise<Record<string, unknown>>}
 */
async function readPolicy() {
  try {
    return (await chrome.storage.managed?.get(null)) ?? {};
  } catch (error) {
    if (error instanceof Error) return {};
    throw error;
  }
}

/**
 * The origin of an address as typed; null if it is no http(s) address.
 * @param {string} typed
 * @returns {string | null}
 */
export function originOf(typed) {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(text) ? text : `http://${text}`;
  if (!text || !parses(withScheme)) return null;
  const url = new URL(withScheme);
  // Chrome takes blanks in a host and writes them as %20.
  const isHost = /^([a-z0-9_.-]{1,253}|\[[0-9a-f:.]{2,45}\])$/i.test(url.hostname);
  return (url.protocol === "http:" || url.protocol === "https:") && isHost ? url.origin : null;
}

/** `URL.canParse` came after Chrome 109. @param {string} text */
function parses(text) {
  try {
    return Boolean(new URL(text));
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * Whether an address lies on this computer.
 * @param {string} origin
 */
export function isLoopback(origin) {
  return /^https?:\/\/(127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}|localhost|\[::1\])(:|$)/.test(origin);
}
