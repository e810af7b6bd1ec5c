/** Having the server look at the sender's web site: only when the rep asked for it, since its owner can see the visit. */

import { readSettings } from "../shared/settings.js";
import { ask } from "./api.js";

/** The longest wait that the server grants. */
const WAIT_MS = 10000;
const DOMAIN = /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){1,20}$/;

/**
 * Only the domain's name goes to the server; what it saw counts in the next verdict.
 * @param {import("../shared/standing.js").Standing | null | undefined} standing  of the mail whose sender's site it is
 * @returns {Promise<{site: {outcome: string, why: string}} | {problem: import("../shared/standing.js").Problem}>}
 */
export async function visitSite(standing) {
  const domain = String(standing?.verdict?.facts.sender?.domain ?? "");
  if (!DOMAIN.test(domain)) return { problem: { code: "mail_gone" } };
  const settings = await readSettings();
  const answer = await ask(settings, `/v1/domains/${domain}?site=1&max_wait_ms=${WAIT_MS}&lang=${settings.lang}`);
  if (answer.problem) return { problem: answer.problem };
  /** @type {{what?: unknown, outcome?: unknown, why?: unknown}[]} */
  const rows = Array.isArray(answer.data?.checked) ? answer.data.checked : [];
  const row = rows.find((one) => one?.what === "website");
  return { site: { outcome: String(row?.outcome ?? "unknown"), why: String(row?.why ?? "").slice(0, 300) } };
}
