/** Letters and feedback: the two other things that a panel may ask the server for. */

import { readSettings } from "../shared/settings.js";
import { ask } from "./api.js";
import { requestFor } from "./vetting.js";

/** @typedef {import("../shared/types.js").Message} Message */

/**
 * @param {{kind: unknown, lang: unknown, key?: unknown}} wanted
 *   `key` of the verdict, where only the server has seen the mail: a file
 * @param {Message | null} mail  as read from the page; the server keeps none
 * @param {string} me
 * @returns {Promise<{letter: unknown} | {problem: import("../shared/standing.js").Problem}>}
 */
export async function fetchLetter({ kind, lang, key }, mail, me) {
  if (!mail && typeof key !== "string") return { problem: { code: "mail_gone" } };
  const settings = await readSettings();
  const about = mail ? { mail: { ...await requestFor(mail, me, settings), lang: settings.lang } } : { key };
  const answer = await ask(settings, "/v1/letters", {
    method: "POST",
    json: { kind: String(kind).slice(0, 60), lang: lang === "en" ? "en" : "zh_CN", ...about },
  });
  if (answer.problem) return { problem: answer.problem };
  return typeof answer.data?.text === "string" ? { letter: answer.data } : { problem: { code: "version", address: settings.address } };
}

const FIELDS = /** @type {const} */ (["key", "opinion", "rule", "sentence_hash", "reason", "level", "score"]);

/**
 * The rep's opinion of a verdict; no words of the mail, only the hash of a sentence.
 * @param {any} feedback
 * @returns {Promise<{kept: true} | {problem: import("../shared/standing.js").Problem}>}
 */
export async function sendFeedback(feedback) {
  const json = Object.fromEntries(FIELDS.filter((name) => ["string", "number"].includes(typeof feedback?.[name])).map((name) => [name, feedback[name]]));
  const answer = await ask(await readSettings(), "/v1/feedback", { method: "POST", json });
  return answer.problem ? { problem: answer.problem } : { kept: true };
}
