/** Further mailboxes on hosts of their own: the reader adds them, the browser asks, the worker puts our script there. */

import { FROM_PAGE } from "../shared/messages.js";
import { el } from "../shared/nodes.js";
import { askFromPage } from "../shared/page.js";
import { originOf } from "../shared/settings.js";
import { at, on } from "./field.js";

/** @param {import("./options.js").Dressed} dressed */
export async function showSites({ words }) {
  at("site").setAttribute("aria-label", words("options_site"));
  draw((await askFromPage(FROM_PAGE.sites))?.sites ?? []);
  on("selfcheck", "click", () => void chrome.tabs.create({ url: chrome.runtime.getURL("selfcheck/selfcheck.html") }));
  on("add-site", "submit", async (event) => {
    event.preventDefault();
    const origin = originOf(at("site").value.trim().replace(/^(?![a-z]{1,10}:\/\/)/i, "https://"));
    if (!origin?.startsWith("https://")) {
      at("site-result").textContent = words("options_site_bad");
      return;
    }
    // Before anything else, while it counts as the reader's click.
    const allowed = await chrome.permissions.request({ permissions: ["scripting"], origins: [`${origin.replace(/:[0-9]{1,5}$/, "")}/*`] });
    const answer = allowed ? await askFromPage(FROM_PAGE.enableSite, { origin }) : { problem: "no_permission" };
    at("site-result").textContent = answer?.problem ? words(answer.problem === "bad_address" ? "options_site_bad" : "options_site_denied") : "";
    if (answer?.problem) return;
    at("site").value = "";
    draw(answer?.sites ?? []);
  });

  /** @param {string[]} sites */
  function draw(sites) {
    at("sites").replaceChildren(...sites.map((origin) => el("li", {}, el("span", {}, origin), el("button", {
      type: "button", "aria-label": words("options_site_remove_of", { origin }),
      click: async () => {
        draw((await askFromPage(FROM_PAGE.disableSite, { origin }))?.sites ?? []);
        at("site").focus();
      },
    }, words("options_site_remove")))));
  }
}
