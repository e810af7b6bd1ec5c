/** The way of one mail: what the browser sees at once, then the server's verdict, then the newer one when it is in. */

import { placesOf } from "../shared/places.js";
import { readSettings } from "../shared/settings.js";
import { ask } from "./api.js";
import { knownOf } from "./counterparts.js";
import { requestOf } from "./mail.js";
import { previewOf } from "./preview.js";
import { currentRulebook, refreshRulebook } from "./rulebook.js";
import { fetchSearches } from "./searches.js";
import { keep, readKept } from "./standings.js";

/** @typedef {import("../shared/standing.js").Standing} Standing */
/** @typedef {import("../shared/types.js").Message} Message */

/** How long the server may wait for look-ups before it answers with what it has. */
const WAIT_MS = 1500;
/** A kept verdict answers again this long, so that going back to a mail costs nothing. */
const FRESH_MS = 10 * 60 * 1000;

/**
 * What the browser alone can say; or the kept verdict of a mail seen a moment ago.
 * @param {string} id
 * @param {Message} mail
 * @param {string} me
 * @returns {Promise<Standing>}
 */
export async function previewMail(id, mail, me) {
  const settings = await readSettings();
  const kept = await readKept(id);
  if (kept && isSettled(kept.standing) && kept.lang === settings.lang && Math.abs(Date.now() - kept.at) < FRESH_MS) return kept.standing;
  const rulebook = await currentRulebook();
  const request = requestOf(mail, me, freemailOf(rulebook));
  const preview = previewOf(request, rulebook, settings.lang);
  const waits = settings.vet === "click";
  /** @type {Standing} */
  const standing = {
    ...about(mail), verdict: null, preview, problem: null, busy: !waits, places: placesOf(request, preview.reasons), ...(waits && { idle: true }),
  };
  await keep(id, standing, { lang: settings.lang });
  return standing;
}

/**
 * The server's verdict. A failure keeps the preview and says what failed.
 * @param {string} id
 * @param {Message} mail
 * @param {string} me
 * @param {boolean} fresh  past the server's cache
 * @returns {Promise<Standing>}
 */
export async function vetMail(id, mail, me, fresh) {
  const settings = await readSettings();
  const shown = await readKept(id);
  // The panel shows that the reader's click was heard.
  if (shown && (fresh || shown.standing.idle)) await keep(id, { ...shown.standing, idle: false, problem: null, busy: true }, { lang: settings.lang });
  const request = await requestFor(mail, me, settings);
  const answer = await ask(settings, "/v1/vet", {
    method: "POST",
    json: { ...request, lang: settings.lang, max_wait_ms: WAIT_MS },
    headers: fresh ? { "Cache-Control": "no-cache" } : {},
  });
  const { preview = null, places = [] } = (await readKept(id))?.standing ?? {};
  const found = answer.problem || !isVerdict(answer.data) ? places : placesOf(request, answer.data.reasons);
  return settle(id, answer, { ...about(mail), preview, verdict: null, problem: null, busy: false, places: found }, settings);
}

/**
 * A mail as the API takes it, with what the rep has noted of its sender.
 * @param {Message} mail
 * @param {string} me
 * @param {import("../shared/settings.js").Settings} settings
 * @returns {Promise<Message>}
 */
export async function requestFor(mail, me, settings) {
  const request = requestOf(mail, me, freemailOf(await currentRulebook()));
  return { ...request, context: { ...request.context, ...await knownOf(mail.sender?.address ?? "", settings) } };
}

/**
 * A whole mail file.
 * @param {string} id
 * @param {Blob} file
 * @param {boolean} fresh
 * @returns {Promise<Standing>}
 */
export async function vetFile(id, file, fresh) {
  const settings = await readSettings();
  const answer = await ask(settings, `/v1/vet?lang=${settings.lang}&max_wait_ms=${WAIT_MS}`, {
    method: "POST", mail: file, headers: fresh ? { "Cache-Control": "no-cache" } : {},
  });
  return settle(id, answer, { missing: [], preview: null, verdict: null, problem: null, busy: false }, settings);
}

/**
 * The newer verdict while look-ups run; the older one where the server has none.
 * @param {string} id
 * @returns {Promise<Standing | null>}
 */
export async function pollMail(id) {
  const kept = await readKept(id);
  if (!kept?.pollKey) return kept?.standing ?? null;
  const settings = await readSettings();
  const answer = await ask(settings, `/v1/vet/${encodeURIComponent(kept.pollKey)}`);
  const before = { ...kept.standing, busy: false };
  if (answer.problem?.code === "gone") {
    await keep(id, before, { lang: settings.lang });
    return before;
  }
  return settle(id, answer, before, settings);
}

/**
 * Takes an answer in and keeps the result.
 * @param {string} id
 * @param {import("./api.js").Answer} answer
 * @param {Standing} before
 * @param {import("../shared/settings.js").Settings} settings
 * @returns {Promise<Standing>}
 */
async function settle(id, answer, before, settings) {
  const verdict = answer.problem ? null : answer.data;
  if (!isVerdict(verdict)) {
    const differs = { code: "version", address: settings.address };
    const problem = answer.problem && answer.problem.code !== "gone" ? answer.problem : differs;
    const failed = { ...before, problem, busy: false };
    await keep(id, failed, { lang: settings.lang });
    return failed;
  }
  // Of a mail file only the server knows who sent it.
  const named = before.sender === undefined
    ? { sender: String(verdict.facts.sender?.address ?? ""), subject: String(verdict.facts.mail?.subject ?? "").slice(0, 200) } : {};
  const standing = { ...before, ...named, verdict, problem: null, busy: !verdict.complete };
  await keep(id, standing, { pollKey: verdict.complete ? "" : verdict.key ?? "", lang: settings.lang });
  // Not awaited: the badge needs no searches.
  void fetchSearches(verdict, settings);
  const rulebook = await currentRulebook();
  if (verdict.rulebook === rulebook.version || !(await refreshRulebook(settings)).problem) return standing;
  const outdated = { ...standing, outdated: true };
  await keep(id, outdated, { pollKey: verdict.complete ? "" : verdict.key ?? "", lang: settings.lang });
  return outdated;
}

/** @param {Message} mail */
function about(mail) {
  return {
    missing: (mail.missing ?? []).slice(0, 10),
    sender: mail.sender?.address ?? "",
    subject: (mail.subject ?? "").slice(0, 200),
    ...(mail.page && { page: mail.page }),
  };
}

/** @param {Standing} standing */
function isSettled({ verdict, problem }) {
  return Boolean(verdict?.complete && !problem);
}

/** @param {any} rulebook @returns {Set<string>} */
function freemailOf(rulebook) {
  return new Set(rulebook?.tables?.free_providers ?? []);
}

/**
 * Whether an answer has the form of a verdict as this version knows it.
 * @param {any} data
 * @returns {data is import("../shared/types.js").Verdict}
 */
export function isVerdict(data) {
  const lists = [data?.reasons, data?.adjustments, data?.not_checked, data?.search_links];
  return lists.every(Array.isArray) && typeof data.risk?.score === "number" && typeof data.risk?.level === "string"
    && typeof data.complete === "boolean" && typeof data.facts === "object" && data.facts !== null && typeof data.handling === "object" && data.handling !== null
    && typeof data.customer_level === "object" && data.customer_level !== null;
}
