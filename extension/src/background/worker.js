/** The service worker: checks who asks, then answers. It keeps nothing in memory that it cannot lose. */

import { FROM_CONTENT, FROM_PAGE, FROM_PANEL, mayAsk, senderKind, TO_CONTENT } from "../shared/messages.js";
import { DEFAULT_ADDRESS, readSettings } from "../shared/settings.js";
import { currentRulebook, refreshRulebook } from "./rulebook.js";
import { readKept } from "./standings.js";
import { issueTicket, redeemTicket } from "./tickets.js";
import { pollMail, previewMail, vetFile, vetMail } from "./vetting.js";

/** @typedef {chrome.runtime.MessageSender} Sender */

/** @param {Sender} sender @param {unknown} key */
const idOf = (sender, key) => `${sender.tab?.id}/${String(key).slice(0, 600)}`;

/** @param {unknown} id */
const pageId = (id) => `page/${String(id).slice(0, 60)}`;

/** @type {Record<string, (message: any, sender: Sender) => Promise<unknown>>} */
const ANSWERS = {
  [FROM_CONTENT.begin]: async () => {
    const [settings, rulebook] = await Promise.all([readSettings(), currentRulebook()]);
    return { lang: settings.lang, selectors: rulebook.selectors ?? null };
  },
  [FROM_CONTENT.preview]: ({ key, mail, me }, sender) => previewMail(idOf(sender, key), mail, String(me ?? "")),
  [FROM_CONTENT.vet]: ({ key, mail, me, fresh }, sender) => vetMail(idOf(sender, key), mail, String(me ?? ""), fresh === true),
  [FROM_CONTENT.poll]: ({ key }, sender) => pollMail(idOf(sender, key)),
  [FROM_CONTENT.ticket]: async ({ key }, sender) => {
    const id = idOf(sender, key);
    return (await readKept(id)) && sender.tab?.id !== undefined ? { ticket: await issueTicket(id, sender.tab.id) } : {};
  },

  [FROM_PANEL.claim]: async ({ ticket }, sender) => {
    const id = await redeemTicket(ticket, sender.tab?.id);
    if (!id) return {};
    const [settings, rulebook] = await Promise.all([readSettings(), currentRulebook()]);
    const engine = rulebook.search_links?.engines?.[settings.engine] ?? "";
    return { id, lang: settings.lang, engine, factNames: factNames(rulebook, settings.lang) };
  },
  [FROM_PANEL.recheck]: async ({ id }, sender) => {
    const tab = sender.tab?.id;
    const [owner, ...key] = String(id).split("/");
    if (tab === undefined || owner !== String(tab)) return {};
    await chrome.tabs.sendMessage(tab, { type: TO_CONTENT.recheck, key: key.join("/") }, { frameId: 0 });
    return {};
  },
  [FROM_PANEL.close]: async (_message, sender) => {
    if (sender.tab?.id !== undefined) await chrome.tabs.sendMessage(sender.tab.id, { type: TO_CONTENT.closePanel }, { frameId: 0 });
    return {};
  },
  [FROM_PANEL.settings]: async () => {
    await chrome.runtime.openOptionsPage();
    return {};
  },

  [FROM_PAGE.preview]: ({ id, mail }) => previewMail(pageId(id), mail, ""),
  [FROM_PAGE.vet]: ({ id, mail, eml, fresh }) => typeof eml === "string"
    ? vetFile(pageId(id), fileOf(eml), fresh === true) : vetMail(pageId(id), mail, "", fresh === true),
  [FROM_PAGE.poll]: ({ id }) => pollMail(pageId(id)),
  [FROM_PAGE.test]: async ({ address, token }) => {
    const answer = await refreshRulebook({ address: String(address), token: String(token) });
    return answer.problem ? { problem: answer.problem } : { rulebook: answer.rulebook.version, rules: answer.rulebook.rules.length };
  },
};

/**
 * Readable names of facts, for the list of what was not checked.
 * @param {any} rulebook
 * @param {import("../shared/types.js").Lang} lang
 * @returns {Record<string, string>}
 */
function factNames(rulebook, lang) {
  return Object.fromEntries(Object.entries(rulebook.texts?.facts ?? {}).map(([fact, names]) => [fact, names[lang] ?? fact]));
}

/** @param {string} base64 */
function fileOf(base64) {
  return new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))]);
}

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const own = { id: chrome.runtime.id, origin: chrome.runtime.getURL("") };
  const type = typeof message?.type === "string" ? message.type : "";
  const answer = ANSWERS[type];
  if (!answer || !mayAsk(type, senderKind(sender, own))) return false;
  answer(message, sender).then(reply, (error) => {
    reply({ failed: true });
    reportError(error);
  });
  return true;
});

chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  const settings = await readSettings();
  if (reason === "install" && !settings.token && settings.address === DEFAULT_ADDRESS) await chrome.runtime.openOptionsPage();
});
