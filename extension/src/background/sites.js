/**
 * Webmails on hosts of their own (schools, companies): the reader enables us there, site by site. The permission is asked
 * for by the page in the reader's own click; here the content script is registered, and taken away again.
 */

import { FROM_PAGE } from "../shared/messages.js";
import { originOf } from "../shared/settings.js";

const SLOT = "sites";
const MOST = 50;

/** @param {string} origin */
const scriptId = (origin) => `site-${origin}`;
/** @param {string} origin */
const patternOf = (origin) => `${origin.replace(/:[0-9]{1,5}$/, "")}/*`;

/** @param {string} origin */
const isAllowed = (origin) => chrome.permissions.contains({ permissions: ["scripting"], origins: [patternOf(origin)] });

/** @returns {Promise<string[]>} origins, as `https://mail.school.example`; without those whose permission was taken back */
export async function listSites() {
  const { [SLOT]: kept } = await chrome.storage.local.get(SLOT);
  const sites = Array.isArray(kept) ? kept.filter((origin) => typeof origin === "string").slice(0, MOST) : [];
  const allowed = await Promise.all(sites.map(isAllowed));
  return sites.filter((_, at) => allowed[at]);
}

/**
 * @param {unknown} typed  an address of the site
 * @returns {Promise<{sites: string[], problem?: "bad_address" | "no_permission"}>}
 */
async function enableSite(typed) {
  const origin = originOf(String(typed).replace(/^(?![a-z]{1,10}:\/\/)/i, "https://"));
  const sites = await listSites();
  // Mail over an open line could be forged by anybody on the way, the badge too.
  if (!origin?.startsWith("https://")) return { sites, problem: "bad_address" };
  if (!await isAllowed(origin)) return { sites, problem: "no_permission" };
  const more = [...new Set([...sites, origin])].slice(-MOST);
  await chrome.storage.local.set({ [SLOT]: more });
  await register(origin);
  // Pages that stand open already need no reload.
  for (const tab of await chrome.tabs.query({ url: patternOf(origin) })) {
    if (tab.id !== undefined) await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ["content.js"] }).catch(notThere);
  }
  return { sites: more };
}

/** @param {unknown} origin */
async function disableSite(origin) {
  const site = String(origin);
  const sites = (await listSites()).filter((one) => one !== site);
  await chrome.storage.local.set({ [SLOT]: sites });
  await chrome.scripting?.unregisterContentScripts({ ids: [scriptId(site)] }).catch(notThere);
  await chrome.permissions.remove({ origins: [patternOf(site)] }).catch(notThere);
  return { sites };
}

/** @param {string} origin */
async function register(origin) {
  const id = scriptId(origin);
  const there = await chrome.scripting.getRegisteredContentScripts({ ids: [id] });
  if (there.length) return;
  await chrome.scripting.registerContentScripts([{
    id, matches: [patternOf(origin)], js: ["content.js"], runAt: "document_idle", allFrames: false, persistAcrossSessions: true,
  }]);
}

/** Browsers forget registered scripts when the extension is updated; the reader's choice outlives that. */
export async function restoreSites() {
  for (const origin of await listSites()) await register(origin);
}

/** A tab that was closed, a script that is gone: nothing is left to do. @param {unknown} error */
function notThere(error) {
  if (!(error instanceof Error)) throw error;
}

/** @type {Record<string, (message: any) => Promise<unknown>>} */
export const FOR_SITES = {
  [FROM_PAGE.sites]: async () => ({ sites: await listSites() }),
  [FROM_PAGE.enableSite]: ({ origin }) => enableSite(origin),
  [FROM_PAGE.disableSite]: ({ origin }) => disableSite(origin),
};
