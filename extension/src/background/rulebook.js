/** The rulebook in force: the server's last one, else the one that the extension was built with. */

import { needsOfAll } from "../rulebook/literals.js";
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
  const stored = await stored_();
  // A kept rulebook serves only the extension that fetched it: a newer extension may come with newer rules.
  if (stored && stored.extension === chrome.runtime.getManifest().version) return stored.rulebook;
  const [bundled, needs] = await Promise.all(["rulebook.json", "needs.json"].map(async (name) => (await fetch(chrome.runtime.getURL(name))).json()));
  return needs.version === bundled.version ? { ...bundled, needs: needs.needs } : bundled;
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
  const given = answer.data;
  if (given?.schema !== SCHEMA || !Array.isArray(given.rules)) return { problem: { code: "version", address: server.address } };
  // What the phrases need is found now, while nobody waits, and kept for the next start of the worker.
  const rulebook = { ...given, needs: needsOfAll(given.phrases ?? []) };
  await writeStored("rulebook", {
    rulebook, etag: answer.headers.get("ETag") ?? "", address: server.address, extension: chrome.runtime.getManifest().version,
  });
  current = Promise.resolve(rulebook);
  return { rulebook };
}
