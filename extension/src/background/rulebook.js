/** The rulebook in force: the server's last one, else the one that the extension was built with. */

import { ask } from "./api.js";
import { readStored, writeStored } from "./store.js";

/** The form of rulebook.json that this version reads. */
const SCHEMA = 1;

/** @type {Promise<any> | null} Only a cache: the worker may end at any time. */
let current = null;

/** @returns {Promise<any>} */
export function currentRulebook() {
  current ??= load();
  return current;
}

async function load() {
  const bundled = await (await fetch(chrome.runtime.getURL("rulebook.json"))).json();
  const stored = await stored_();
  // A kept rulebook serves only the extension that fetched it: a newer extension may come with newer rules.
  return stored && stored.extension === chrome.runtime.getManifest().version ? stored.rulebook : bundled;
}

/** What was kept; a browser may refuse IndexedDB (private windows), then the bundled one serves. */
async function stored_() {
  try {
    return await readStored("rulebook");
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/**
 * Asks the server for a newer rulebook and puts it in force.
 * @param {{address: string, token: string}} server
 * @returns {Promise<{problem?: import("../shared/standing.js").Problem, rulebook?: any}>}
 */
export async function refreshRulebook(server) {
  const stored = await stored_();
  const etag = stored?.address === server.address ? stored.etag : "";
  const answer = await ask(server, "/v1/rulebook", { headers: etag ? { "If-None-Match": etag } : {} });
  // A server that does not know this call is of another version.
  if (answer.problem) return { problem: answer.problem.code === "gone" ? { ...answer.problem, code: "version" } : answer.problem };
  if (answer.status === 304) return { rulebook: stored.rulebook };
  const rulebook = answer.data;
  if (rulebook?.schema !== SCHEMA || !Array.isArray(rulebook.rules)) return { problem: { code: "version", address: server.address } };
  await writeStored("rulebook", {
    rulebook, etag: answer.headers.get("ETag") ?? "", address: server.address, extension: chrome.runtime.getManifest().version,
  });
  current = Promise.resolve(rulebook);
  return { rulebook };
}
