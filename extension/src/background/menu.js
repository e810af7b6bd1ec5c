/** The context menu "vet the selected text", on any page: the selection goes to our own window, nowhere else. */

import { readSettings } from "../shared/settings.js";
import { wordsIn } from "../shared/words.js";

const ITEM = "vet-selection";
const PREFIX = "selection:";
const MOST = 100000;

/** Sets the item anew, in the language of the settings. */
export async function makeMenu() {
  if (!chrome.contextMenus) return;
  const { lang } = await readSettings();
  await chrome.contextMenus.removeAll();
  chrome.contextMenus.create({ id: ITEM, title: wordsIn(lang)("menu_vet_selection"), contexts: ["selection"] }, () => void chrome.runtime.lastError);
}

/**
 * Opens the window with the selected text in its box. The text waits in the session store under a name that serves once.
 * @param {{menuItemId: string | number, selectionText?: string}} info
 */
export async function onMenu({ menuItemId, selectionText = "" }) {
  if (menuItemId !== ITEM) return;
  const name = crypto.randomUUID();
  await chrome.storage.session.set({ [PREFIX + name]: selectionText.slice(0, MOST) });
  await chrome.windows.create({ type: "popup", width: 460, height: 780, url: chrome.runtime.getURL(`popup/popup.html?selection=${name}`) });
}
