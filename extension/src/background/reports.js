/** The self-check: what each open mail page could read, asked of our own content script there. */

import { FROM_CONTENT, FROM_PAGE, TO_CONTENT } from "../shared/messages.js";

const MOST_TABS = 200;

/**
 * What a tab's content script answers; null where there is none of ours.
 * @param {number} tab
 * @param {string} type
 */
async function askTab(tab, type) {
  try {
    return await chrome.tabs.sendMessage(tab, { type }, { frameId: 0 });
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** @type {Record<string, (message: any) => Promise<unknown>>} */
export const FOR_REPORTS = {
  [FROM_CONTENT.selfcheck]: async () => {
    await chrome.tabs.create({ url: chrome.runtime.getURL("selfcheck/selfcheck.html") });
    return {};
  },
  [FROM_PAGE.reports]: async () => {
    const tabs = (await chrome.tabs.query({})).slice(0, MOST_TABS).flatMap(({ id }) => (id === undefined ? [] : [id]));
    const rows = await Promise.all(tabs.map(async (tab) => ({ tab, report: await askTab(tab, TO_CONTENT.report) })));
    return { reports: rows.filter(({ report }) => report) };
  },
  [FROM_PAGE.structure]: async ({ tab }) => (await askTab(Number(tab), TO_CONTENT.structure)) ?? { structure: "" },
};
