/** The settings page: joins its parts. Where a policy decides, the field is closed. */

import { dressPage, holdForms } from "../shared/page.js";
import { readSettings, SETTING_NAMES } from "../shared/settings.js";
import { showCounterparts } from "./counterparts.js";
import { showPreferences } from "./preferences.js";
import { showServer } from "./server.js";
import { showSites } from "./sites.js";
import { showStart } from "./start.js";

/** @typedef {Awaited<ReturnType<typeof dressPage>>} Dressed */

/** Draws everything that depends on settings and language. @param {boolean} [early] */
async function draw(early = false) {
  const dressed = await dressPage({ early });
  const { words, settings } = dressed;
  for (const name of SETTING_NAMES) {
    for (const control of document.getElementsByName(name)) /** @type {HTMLInputElement} */ (control).disabled = settings.managed.includes(name);
  }
  const managed = /** @type {HTMLElement} */ (document.getElementById("managed"));
  managed.hidden = settings.managed.length === 0;
  /** @type {HTMLElement} */ (document.getElementById("version")).textContent = words("options_version", { version: chrome.runtime.getManifest().version });
  showServer(dressed, () => draw());
  showPreferences(dressed, () => draw());
  await Promise.all([showSites(dressed), showCounterparts(dressed), showStart(dressed)]);
}

holdForms();
await draw(true);
if ((await readSettings()).managed.length) await draw();
