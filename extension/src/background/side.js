/** The browser's own side panel, where there is one. It may be opened only at once after a click: nothing is awaited before. */

const PREFIX = "side:";
const PAGE = "panel/panel.html";

/** @param {number} tab */
export const sideSlot = (tab) => PREFIX + tab;

/**
 * @param {number | undefined} tab
 * @param {string} id  of the standing to show
 * @returns {Promise<{side: boolean}>}  false: there is none, or the browser did not let it open
 */
export async function showInSide(tab, id) {
  if (tab === undefined || !chrome.sidePanel?.open) return { side: false };
  const opened = chrome.sidePanel.open({ tabId: tab }).then(() => true, (error) => notOpened(error));
  await chrome.storage.session.set({ [sideSlot(tab)]: { id, at: Date.now() } });
  return { side: await opened };
}

/** @param {unknown} error */
function notOpened(error) {
  // Without a click behind it the browser refuses; the panel in the page serves then.
  if (error instanceof Error) return false;
  throw error;
}

/**
 * Which mail the side panel shows for a tab.
 * @param {unknown} tab
 * @returns {Promise<string | null>}
 */
export async function shownInSide(tab) {
  if (typeof tab !== "number") return null;
  const slot = sideSlot(tab);
  return /** @type {{id: string} | undefined} */ ((await chrome.storage.session.get(slot))[slot])?.id ?? null;
}

/**
 * Lets the side panel exist for mails only: it is off by default and on in the tab that asks.
 * @param {boolean} wanted
 */
export async function prepareSide(wanted) {
  if (chrome.sidePanel?.setOptions) await chrome.sidePanel.setOptions({ path: PAGE, enabled: wanted });
}
