/** What the rep noted of each counterpart, by address, in this browser only; it leaves it as `context` of his next vet. */

import { changedNotes, cleanNotes, isBlank } from "../shared/notes.js";

/** @typedef {import("../shared/notes.js").Notes} Notes */
/** @typedef {Record<string, {notes: Notes, at: number}>} Book */

const SLOT = "counterparts";
const MOST = 500;

/** @returns {Promise<Book>} */
async function readBook() {
  return /** @type {Book} */ ((await chrome.storage.local.get(SLOT))[SLOT] ?? {});
}

/** @param {string} address */
const nameOf = (address) => address.trim().toLowerCase().slice(0, 320);

/**
 * @param {string} address
 * @param {unknown} change  see `changedNotes`
 */
export async function noteCounterpart(address, change) {
  const name = nameOf(address);
  if (!name) return;
  const book = await readBook();
  const notes = changedNotes(Object.hasOwn(book, name) ? book[name].notes : {}, change);
  const rows = Object.entries(book).filter(([other]) => other !== name);
  const newest = rows.sort(([, a], [, b]) => b.at - a.at).slice(0, MOST - 1);
  await chrome.storage.local.set({ [SLOT]: Object.fromEntries(isBlank(notes) ? newest : [[name, { notes, at: Date.now() }], ...newest]) });
}

/**
 * @param {string} address
 * @returns {Promise<Notes>}
 */
export async function notesOf(address) {
  const book = await readBook();
  const name = nameOf(address);
  return name && Object.hasOwn(book, name) ? cleanNotes(book[name].notes) : {};
}

/**
 * The `context` of a request about a mail from this address.
 * @param {string} address
 * @param {import("../shared/settings.js").Settings} settings
 * @returns {Promise<import("../shared/types.js").VetContext>}
 */
export async function knownOf(address, settings) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { ...await notesOf(address), ...(timeZone && { timezone: timeZone }), ...(settings.working_days.length && { working_days: settings.working_days }) };
}
