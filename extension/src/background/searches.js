/** Fetches what a short verdict's searches have in common with all others, once for each version of the rules and language. */

import { fits, SEARCHES } from "../shared/searches.js";
import { ask } from "./api.js";

/** The table fetched last in this session of the browser. @returns {Promise<unknown>} */
export const readSearches = async () => (await chrome.storage.session.get(SEARCHES))[SEARCHES];

/**
 * Fetches the table that this verdict needs, if it is not here yet. A panel that is open sees it come.
 * @param {import("../shared/types.js").Verdict} verdict
 * @param {{address: string, token: string}} server
 */
export async function fetchSearches(verdict, server) {
  if (!verdict.more_searches || fits(await readSearches(), verdict)) return;
  const answer = await ask(server, `/v1/searches?lang=${verdict.lang}`);
  if (!answer.problem && fits(answer.data, verdict)) await chrome.storage.session.set({ [SEARCHES]: answer.data });
}
