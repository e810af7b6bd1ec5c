/** What the worker answers to our own pages: settings, popup, first steps. `id` is the page's own mark of a mail. */

import { FROM_PAGE } from "../shared/messages.js";
import { ask } from "./api.js";
import { noteCounterpart } from "./counterparts.js";
import { fetchLetter, sendFeedback } from "./letters.js";
import { serverNews } from "./news.js";
import { currentRulebook, refreshRulebook } from "./rulebook.js";
import { readKept } from "./standings.js";
import { pollMail, previewMail, vetFile, vetMail } from "./vetting.js";
import { visitSite } from "./visit.js";

/** @param {unknown} id */
const pageId = (id) => `page/${String(id).slice(0, 60)}`;

/** @type {Record<string, (message: any) => Promise<unknown>>} */
export const FOR_PAGE = {
  [FROM_PAGE.preview]: ({ id, mail }) => previewMail(pageId(id), mail, ""),
  [FROM_PAGE.vet]: ({ id, mail, eml, fresh }) => typeof eml === "string"
    ? vetFile(pageId(id), fileOf(eml), fresh === true) : vetMail(pageId(id), mail, "", fresh === true),
  [FROM_PAGE.poll]: ({ id }) => pollMail(pageId(id)),
  [FROM_PAGE.note]: async ({ id, change }) => {
    const kept = await readKept(pageId(id));
    if (kept?.standing.sender) await noteCounterpart(kept.standing.sender, change);
    return {};
  },
  [FROM_PAGE.letter]: ({ kind, lang, mail, key }) => fetchLetter({ kind, lang, key }, mail ?? null, ""),
  [FROM_PAGE.feedback]: ({ feedback }) => sendFeedback(feedback),
  [FROM_PAGE.site]: async ({ id }) => visitSite((await readKept(pageId(id)))?.standing),
  [FROM_PAGE.engines]: async () => {
    const { search_links: searches, texts } = await currentRulebook();
    return { engines: searches?.engines ?? {}, facts: texts?.facts ?? {} };
  },
  [FROM_PAGE.news]: () => serverNews(),
  [FROM_PAGE.test]: async ({ address, token }) => {
    // First whether it is there at all: that needs no token.
    const alive = await ask({ address: String(address), token: String(token) || "none" }, "/healthz");
    if (alive.problem) return { problem: alive.problem.code === "gone" ? { ...alive.problem, code: "not_backtone" } : alive.problem };
    const answer = await refreshRulebook({ address: String(address), token: String(token) });
    if (answer.problem) return { problem: answer.problem };
    return { rulebook: answer.rulebook.version, rules: answer.rulebook.rules.length, newer: (await serverNews(true)).extension };
  },
};

/** @param {string} base64 */
function fileOf(base64) {
  return new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))]);
}
