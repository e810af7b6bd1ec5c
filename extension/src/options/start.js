/** The three first steps, ticked off as they are done; and the word that a newer extension waits. */

import { FROM_PAGE } from "../shared/messages.js";
import { el } from "../shared/nodes.js";
import { askFromPage } from "../shared/page.js";
import { at, on } from "./field.js";

/** @param {import("./options.js").Dressed} dressed */
export async function showStart({ words, settings }) {
  const kept = await chrome.storage.local.get(["connected", "started", "settings"]);
  const chosen = /** @type {Record<string, unknown>} */ (kept.settings ?? {});
  const steps = [kept.connected === settings.address && Boolean(settings.token), "vet" in chosen || "lang" in chosen || "engine" in chosen, Boolean(kept.started)];
  at("start").hidden = !(location.hash === "#start" || !steps[0]) || kept.started === "dismissed";
  steps.forEach((done, number) => {
    const step = at(`start-${number + 1}`);
    step.classList.toggle("done", done);
    step.classList.toggle("now", !done && steps.slice(0, number).every(Boolean));
    step.querySelector(".unseen")?.remove();
    if (done) step.append(el("span", { class: "unseen" }, words("start_step_done")));
  });
  on("start-done", "click", async () => {
    await chrome.storage.local.set({ started: "dismissed" });
    at("start").hidden = true;
    at("address").focus();
  });
  const news = steps[0] ? await askFromPage(FROM_PAGE.news).catch(() => null) : null;
  at("newer").hidden = !news?.extension;
  if (news?.extension) at("newer").textContent = words("options_newer", { version: news.extension });
}
