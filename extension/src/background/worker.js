/** The service worker: checks who asks, then answers. It keeps nothing in memory that it cannot lose. */

import { mayAsk, senderKind } from "../shared/messages.js";
import { DEFAULT_ADDRESS, readSettings } from "../shared/settings.js";
import { FOR_CONTENT } from "./for_content.js";
import { FOR_PAGE } from "./for_page.js";
import { FOR_PANEL } from "./for_panel.js";
import { makeMenu, onMenu } from "./menu.js";
import { FOR_REPORTS } from "./reports.js";
import { prepareSide } from "./side.js";
import { FOR_SITES, restoreSites } from "./sites.js";

/** @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => Promise<unknown>>} */
const ANSWERS = { ...FOR_CONTENT, ...FOR_PANEL, ...FOR_PAGE, ...FOR_REPORTS, ...FOR_SITES };

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const own = { id: chrome.runtime.id, origin: chrome.runtime.getURL("") };
  const type = typeof message?.type === "string" ? message.type : "";
  const answer = Object.hasOwn(ANSWERS, type) ? ANSWERS[type] : null;
  if (!answer || !mayAsk(type, senderKind(sender, own))) return false;
  answer(message, sender).then(reply, (error) => {
    reply({ failed: true });
    reportError(error);
  });
  return true;
});

// The token must be out of reach of the content script, which shares a process with the mail page.
void chrome.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

chrome.contextMenus?.onClicked.addListener((info) => void onMenu(info));

chrome.storage.onChanged.addListener(async (changes, area) => {
  if (area !== "local" || !changes.settings) return;
  await makeMenu();
  await prepareSide((await readSettings()).panel === "side");
});

chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  await restoreSites();
  const settings = await readSettings();
  await makeMenu();
  await prepareSide(settings.panel === "side");
  if (reason === "install" && !await isSetUp()) await chrome.tabs.create({ url: chrome.runtime.getURL("options/options.html#start") });
});

/** Whether address or token is set. A browser brings the policy of an extension that it just installed some moments later. */
async function isSetUp() {
  const { installType } = await chrome.management.getSelf();
  for (let tries = installType === "admin" ? 30 : 4; tries > 0; tries -= 1) {
    const { token, address } = await readSettings();
    if (token || address !== DEFAULT_ADDRESS) return true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return false;
}
