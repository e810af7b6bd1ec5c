/** Language, search engine, when a mail is sent, where the panel stands, headers, working days. Kept as soon as they are changed. */

import { el } from "../shared/nodes.js";
import { isEngine, saveSettings } from "../shared/settings.js";
import { at, on } from "./field.js";

/**
 * @param {import("./options.js").Dressed} dressed
 * @param {() => Promise<void>} redraw
 */
export function showPreferences({ words, settings }, redraw) {
  at("lang").value = settings.chosenLang;
  at("engine").value = settings.engine;
  at("engine_url").value = settings.engine_url;
  at("engine-box").hidden = settings.engine !== "custom";
  at("headers").checked = settings.headers;
  for (const name of /** @type {const} */ (["vet", "panel"])) {
    for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (document.getElementsByName(name))) radio.checked = radio.value === settings[name];
  }
  at("panel-box").hidden = !chrome.sidePanel?.open;
  drawDays(settings, words);

  on("preferences", "submit", (event) => event.preventDefault());
  on("preferences", "change", async (event) => {
    const control = /** @type {HTMLInputElement} */ (event.target);
    if (control.name === "engine_url" && !isEngine(control.value.trim())) {
      control.setAttribute("aria-invalid", "true");
      at("saved").textContent = words("options_engine_bad");
      return;
    }
    control.removeAttribute("aria-invalid");
    await saveSettings({ [control.name]: valueOf(control) });
    await redraw();
    at("saved").textContent = words("options_saved");
  });
}

/** @param {HTMLInputElement} control */
function valueOf(control) {
  if (control.name === "working_days") {
    const ticked = /** @type {HTMLInputElement[]} */ ([...document.getElementsByName("working_days")]).filter((box) => box.checked);
    return ticked.map((box) => box.value).join(",");
  }
  return control.type === "checkbox" && !control.checked ? "" : control.value.trim();
}

/** @param {import("../shared/settings.js").Settings} settings @param {import("../shared/words.js").Words} words */
function drawDays(settings, words) {
  const name = new Intl.DateTimeFormat(settings.lang === "zh_CN" ? "zh-CN" : "en-GB", { weekday: "short", timeZone: "UTC" });
  at("days").setAttribute("role", "group");
  at("days").setAttribute("aria-label", words("options_days"));
  at("days").replaceChildren(...[1, 2, 3, 4, 5, 6, 7].map((day) => el("label", { class: "tick" },
    // The first of January 2024 was a Monday.
    el("input", { type: "checkbox", name: "working_days", value: day, checked: settings.working_days.includes(day), disabled: settings.managed.includes("working_days") }),
    name.format(new Date(Date.UTC(2024, 0, day))))));
}
