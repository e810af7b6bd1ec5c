/** Settings: what the administrator's policy sets wins over what the user chose; the rest has defaults. */

import { nearestLang } from "./words.js";

/**
 * @typedef {object} Settings
 * @property {string} address  origin of the server, without a slash at the end
 * @property {string} token
 * @property {import("./types.js").Lang} lang
 * @property {"" | import("./types.js").Lang} chosenLang  empty: like the browser
 * @property {string} engine  id of a search engine, empty: as the server says
 * @property {string[]} managed  names that the policy sets
 */

export const DEFAULT_ADDRESS = "http://127.0.0.1:8750";
const NAMES = /** @type {const} */ (["address", "token", "lang", "engine"]);

/** @returns {Promise<Settings>} */
export async function readSettings() {
  const { settings: chosen = {} } = /** @type {{settings?: Record<string, unknown>}} */ (await chrome.storage.local.get("settings"));
  const policy = await readPolicy();
  const managed = NAMES.filter((name) => typeof policy[name] === "string" && policy[name] !== "");
  /** @param {typeof NAMES[number]} name */
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
    managed,
  };
}

/**
 * Keeps the user's choices.
 * @param {{address: string, token: string, lang: string, engine: string}} chosen
 */
export async function saveSettings(chosen) {
  await chrome.storage.local.set({ settings: chosen });
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
