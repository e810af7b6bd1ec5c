/** Where the reader put the panel, and how wide. */

/** @typedef {{width: number, side: "left" | "right"}} Place  width 0: as the page has room */

const SLOT = "place";
const WIDTHS = { least: 300, most: 900 };

/** @param {any} given @returns {Place} */
function placeOf(given) {
  const width = Math.round(Number(given?.width)) || 0;
  return { width: width && Math.min(WIDTHS.most, Math.max(WIDTHS.least, width)), side: given?.side === "left" ? "left" : "right" };
}

/** @returns {Promise<Place>} */
export async function panelPlace() {
  return placeOf((await chrome.storage.local.get(SLOT))[SLOT]);
}

/** @param {unknown} place */
export async function placePanel(place) {
  await chrome.storage.local.set({ [SLOT]: placeOf(place) });
}
