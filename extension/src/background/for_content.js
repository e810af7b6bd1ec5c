/** What the worker answers to the content script of a mail page. */

import { FROM_CONTENT } from "../shared/messages.js";
import { readSettings } from "../shared/settings.js";
import { panelPlace, placePanel } from "./place.js";
import { warmUp } from "./preview.js";
import { currentRulebook } from "./rulebook.js";
import { showInSide } from "./side.js";
import { readKept } from "./standings.js";
import { issueTicket } from "./tickets.js";
import { pollMail, previewMail, vetMail } from "./vetting.js";

/** @typedef {chrome.runtime.MessageSender} Sender */

/** @param {Sender} sender @param {unknown} key */
const idOf = (sender, key) => `${sender.tab?.id}/${String(key).slice(0, 600)}`;

/** The last of the first steps: a mail was checked. */
async function noteStart() {
  const { started } = await chrome.storage.local.get("started");
  if (!started) await chrome.storage.local.set({ started: "yes" });
}

/** @type {Record<string, (message: any, sender: Sender) => Promise<unknown>>} */
export const FOR_CONTENT = {
  [FROM_CONTENT.begin]: async () => {
    const [settings, rulebook, place] = await Promise.all([readSettings(), currentRulebook(), panelPlace()]);
    // After the answer: the mail that may be open already is read meanwhile.
    setTimeout(() => void warmUp(rulebook), 0);
    const where = settings.panel === "side" && Boolean(chrome.sidePanel) ? "side" : "page";
    return { lang: settings.lang, selectors: rulebook.selectors ?? null, vet: settings.vet, headers: settings.headers, panel: { ...place, where } };
  },
  [FROM_CONTENT.wake]: async () => {
    await warmUp(await currentRulebook());
    return {};
  },
  [FROM_CONTENT.preview]: ({ key, mail, me }, sender) => previewMail(idOf(sender, key), mail, String(me ?? "")),
  [FROM_CONTENT.vet]: async ({ key, mail, me, fresh }, sender) => {
    await noteStart();
    return vetMail(idOf(sender, key), mail, String(me ?? ""), fresh === true);
  },
  [FROM_CONTENT.poll]: ({ key }, sender) => pollMail(idOf(sender, key)),
  [FROM_CONTENT.ticket]: async ({ key }, sender) => {
    const id = idOf(sender, key);
    return (await readKept(id)) && sender.tab?.id !== undefined ? { ticket: await issueTicket(id, sender.tab.id) } : {};
  },
  [FROM_CONTENT.side]: ({ key }, sender) => showInSide(sender.tab?.id, idOf(sender, key)),
  [FROM_CONTENT.place]: async (place) => {
    await placePanel(place);
    return {};
  },
};
