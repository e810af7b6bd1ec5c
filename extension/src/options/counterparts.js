/** What was noted of counterparts in this browser: how many, as a file, and away with it. */

import { el } from "../shared/nodes.js";
import { at, on } from "./field.js";

/** @param {Pick<import("./options.js").Dressed, "words">} dressed */
export async function showCounterparts({ words }) {
  const book = await read();
  const count = Object.keys(book).length;
  at("counterparts-count").textContent = words("options_counterparts_count", { count });
  at("export").disabled = count === 0;
  at("forget").disabled = count === 0;
  let sure = false;
  at("forget").textContent = words("options_forget");
  on("export", "click", async () => {
    const rows = Object.entries(await read()).map(([address, { notes, at: time }]) => ({ address, noted: new Date(time).toISOString(), ...notes }));
    const url = URL.createObjectURL(new Blob([JSON.stringify(rows, null, 2)], { type: "application/json" }));
    el("a", { href: url, download: "backtone-counterparts.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });
  on("forget", "click", async () => {
    if (!sure) {
      // A second click, since nothing brings them back.
      sure = true;
      at("forget").textContent = words("options_forget_sure");
      return;
    }
    await chrome.storage.local.remove("counterparts");
    await showCounterparts({ words });
    at("counterparts-result").textContent = words("options_forgotten");
  });
}

/** @returns {Promise<Record<string, {notes: object, at: number}>>} */
async function read() {
  return /** @type {any} */ ((await chrome.storage.local.get("counterparts")).counterparts ?? {});
}
