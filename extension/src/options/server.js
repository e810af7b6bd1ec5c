/** Address and token, and the test that says in plain words what is wrong and what to do. */

import { FROM_PAGE } from "../shared/messages.js";
import { el } from "../shared/nodes.js";
import { askFromPage } from "../shared/page.js";
import { isLoopback, originOf, saveSettings } from "../shared/settings.js";
import { at, on } from "./field.js";

/** What else may be behind a problem, as a list. */
const CAUSES = /** @type {Record<string, number>} */ ({ unreachable: 3, unreachable_tls: 3, no_permission: 2, version: 2 });

/** @param {string} origin */
const patternOf = (origin) => `${origin.replace(/:[0-9]{1,5}$/, "")}/*`;

/**
 * @param {import("./options.js").Dressed} dressed
 * @param {() => Promise<void>} redraw
 */
export function showServer({ words, settings }, redraw) {
  at("address").value = settings.address;
  at("token").value = settings.token;
  warn();
  on("address", "input", warn);
  on("show-token", "click", () => {
    const shown = at("token").type === "text";
    at("token").type = shown ? "password" : "text";
    at("show-token").textContent = words(shown ? "options_show_token" : "options_hide_token");
    at("show-token").setAttribute("aria-pressed", String(!shown));
  });
  on("form", "submit", async (event) => {
    event.preventDefault();
    const typed = at("address").value || settings.address;
    const origin = originOf(typed);
    at("address").toggleAttribute("aria-invalid", !origin);
    if (!origin) {
      say("bad", words("problem_bad_address", { address: typed }));
      at("address").focus();
      return;
    }
    // The browser asks only while it still counts as the user's click: before anything else.
    const asked = isGiven(origin) ? true : chrome.permissions.request({ origins: [patternOf(origin)] });
    const allowed = await asked;
    await saveSettings({ address: origin, token: at("token").value.trim() });
    await redraw();
    if (allowed) await test(origin, at("token").value.trim());
    else say("bad", words("options_denied"));
    await redraw();
  });

  function warn() {
    const origin = originOf(at("address").value);
    at("address-warning").hidden = !origin || origin.startsWith("https:") || isLoopback(origin);
  }

  /** @param {"" | "good" | "bad"} kind @param {...(string | HTMLElement)} parts */
  function say(kind, ...parts) {
    at("result").className = kind;
    at("result").replaceChildren(...parts.map((part) => (typeof part === "string" ? el("p", {}, part) : part)));
  }

  /** @param {string} origin @param {string} token */
  async function test(origin, token) {
    say("", words("options_testing"));
    const answer = await askFromPage(FROM_PAGE.test, { address: origin, token });
    if (answer?.rules !== undefined) {
      await chrome.storage.local.set({ connected: origin });
      say("good", words("options_ok", { address: origin, version: answer.rulebook, rules: answer.rules }));
      return;
    }
    const { code = "internal", address = origin, detail = "" } = answer?.problem ?? {};
    const causes = Array.from({ length: CAUSES[code] ?? 0 }, (_, number) => el("li", {}, words(`options_why_${code}_${number + 1}`, { address })));
    const link = el("a", { href: `${origin}/`, target: "_blank", rel: "noopener noreferrer" }, words("options_open_address"));
    say("bad", words(`problem_${code}`, { address, detail }), ...(causes.length ? [el("ul", {}, ...causes)] : []),
      ...(code.startsWith("unreachable") || code === "not_backtone" ? [el("p", {}, link)] : []));
  }
}

/** Hosts that the manifest already allows. @param {string} origin */
function isGiven(origin) {
  const allowed = /** @type {{host_permissions?: string[]}} */ (chrome.runtime.getManifest()).host_permissions ?? [];
  return allowed.some((pattern) => pattern === `${origin}/*` || pattern === patternOf(origin));
}
