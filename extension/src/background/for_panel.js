/** What the worker answers to the panel, in its frame beside the mail or in the browser's side panel. */

import { FROM_PANEL, TO_CONTENT } from "../shared/messages.js";
import { withSearches } from "../shared/searches.js";
import { engineAddress, readSettings } from "../shared/settings.js";
import { noteCounterpart, notesOf } from "./counterparts.js";
import { fetchLetter, sendFeedback } from "./letters.js";
import { serverNews } from "./news.js";
import { currentRulebook } from "./rulebook.js";
import { readSearches } from "./searches.js";
import { shownInSide } from "./side.js";
import { keep, readKept } from "./standings.js";
import { redeemTicket } from "./tickets.js";
import { visitSite } from "./visit.js";

/** @typedef {chrome.runtime.MessageSender} Sender */

/**
 * The tab and the key behind an id; null for a panel that asks about another tab's mail.
 * The browser's side panel stands in no tab: a page cannot open it, so it may name any.
 * @param {unknown} id
 * @param {Sender} sender
 * @returns {{tab: number, key: string} | null}
 */
function ownerOf(id, sender) {
  const [owner, ...key] = String(id).split("/");
  const tab = Number(owner);
  const mine = sender.tab?.id === undefined || sender.tab.id === tab;
  return mine && Number.isInteger(tab) && owner !== "" && key.length ? { tab, key: key.join("/") } : null;
}

/** @param {string | null} id */
async function claimOf(id) {
  if (!id) return {};
  const [settings, rulebook] = await Promise.all([readSettings(), currentRulebook()]);
  // Not awaited: the panel watches the store for it.
  void serverNews();
  const { lang, engine } = settings;
  return {
    id, lang, engineId: engine, engine: engineAddress(settings, rulebook.search_links?.engines ?? {}), factNames: factNames(rulebook, lang),
    showFirst: rulebook.search_links?.show ?? 8,
  };
}

/**
 * Readable names of facts, for the list of what was not checked.
 * @param {any} rulebook
 * @param {import("../shared/types.js").Lang} lang
 * @returns {Record<string, string>}
 */
export function factNames(rulebook, lang) {
  return Object.fromEntries(Object.entries(rulebook.texts?.facts ?? {}).map(([fact, names]) => [fact, names[lang] ?? fact]));
}

/** @param {number} tab @param {Record<string, unknown>} message */
const tell = (tab, message) => chrome.tabs.sendMessage(tab, message, { frameId: 0 });

/** @type {Record<string, (message: any, sender: Sender) => Promise<unknown>>} */
export const FOR_PANEL = {
  [FROM_PANEL.claim]: async ({ ticket }, sender) => claimOf(await redeemTicket(ticket, sender.tab?.id)),
  [FROM_PANEL.side]: async ({ tab }, sender) => (sender.tab ? {} : claimOf(await shownInSide(tab))),
  [FROM_PANEL.read]: async ({ id }, sender) => {
    const standing = ownerOf(id, sender) ? (await readKept(String(id)))?.standing : null;
    return standing ? { standing: withSearches(standing, await readSearches()), news: await serverNews(), notes: await notesOf(standing.sender ?? "") } : {};
  },
  [FROM_PANEL.recheck]: async ({ id }, sender) => {
    const owner = ownerOf(id, sender);
    if (!owner) return {};
    void serverNews(true);
    await tell(owner.tab, { type: TO_CONTENT.recheck, key: owner.key });
    return {};
  },
  [FROM_PANEL.headers]: async ({ id }, sender) => {
    const owner = ownerOf(id, sender);
    const answer = owner ? await tell(owner.tab, { type: TO_CONTENT.headers, key: owner.key }) : { headers: "failed" };
    const kept = owner && answer.headers === "failed" ? await readKept(String(id)) : null;
    // Read ones come with the next verdict; that there are none has to be told here.
    if (kept) await keep(String(id), { ...kept.standing, page: { ...kept.standing.page, headers: "failed" } }, kept);
    return answer;
  },
  [FROM_PANEL.note]: async ({ id, change }, sender) => {
    const kept = ownerOf(id, sender) ? await readKept(String(id)) : null;
    if (kept?.standing.sender) await noteCounterpart(kept.standing.sender, change);
    return {};
  },
  [FROM_PANEL.letter]: async ({ id, kind, lang }, sender) => {
    const owner = ownerOf(id, sender);
    const read = owner ? await tell(owner.tab, { type: TO_CONTENT.mail, key: owner.key }) : null;
    return fetchLetter({ kind, lang }, read?.mail ?? null, String(read?.me ?? ""));
  },
  [FROM_PANEL.feedback]: async ({ id, feedback }, sender) => (ownerOf(id, sender) ? sendFeedback(feedback) : {}),
  [FROM_PANEL.site]: async ({ id }, sender) => visitSite(ownerOf(id, sender) ? (await readKept(String(id)))?.standing : null),
  [FROM_PANEL.close]: async (_message, sender) => {
    if (sender.tab?.id !== undefined) await tell(sender.tab.id, { type: TO_CONTENT.closePanel });
    return {};
  },
  [FROM_PANEL.settings]: async () => {
    await chrome.runtime.openOptionsPage();
    return {};
  },
};
