/** The settings: address, token, language, search engine; and a test that says in plain words what is wrong. */

import { FROM_PAGE } from "../shared/messages.js";
import { el } from "../shared/nodes.js";
import { askFromPage, dressPage } from "../shared/page.js";
import { isLoopback, originOf, saveSettings } from "../shared/settings.js";

/** @param {string} id */
const at = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
const NAMES = /** @type {const} */ (["address", "token", "lang", "engine"]);

let { words, settings } = await dressPage();
fill();

function fill() {
  at("address").value = settings.address;
  at("token").value = settings.token;
  at("lang").value = settings.chosenLang;
  at("engine").value = settings.engine;
  for (const name of NAMES) at(name).disabled = settings.managed.includes(name);
  at("managed").hidden = settings.managed.length === 0;
  warn();
}

function warn() {
  const origin = originOf(at("address").value);
  at("address-warning").hidden = !origin || origin.startsWith("https:") || isLoopback(origin);
}

/** @param {"" | "good" | "bad"} kind @param {...(string | HTMLElement)} parts */
function say(kind, ...parts) {
  at("result").className = kind;
  at("result").replaceChildren(...parts.map((part) => el("p", {}, part)));
}

/** @param {string} origin */
function link(origin) {
  return el("a", { href: `${origin}/`, target: "_blank", rel: "noopener noreferrer" }, words("options_open_address"));
}

/** @param {string} origin @param {string} token */
async function test(origin, token) {
  say("", words("options_testing"));
  const answer = await askFromPage(FROM_PAGE.test, { address: origin, token });
  if (answer?.rules !== undefined) {
    say("good", words("options_ok", { address: origin, version: answer.rulebook, rules: answer.rules }));
    return;
  }
  const { code = "internal", address = origin, detail = "" } = answer?.problem ?? {};
  const parts = [words(`problem_${code}`, { address, detail })];
  say("bad", ...parts, ...(code.startsWith("unreachable") || code === "not_backtone" ? [link(origin)] : []));
}

at("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = at("address").value || settings.address;
  const origin = originOf(typed);
  if (!origin) {
    say("bad", words("problem_bad_address", { address: typed }));
    at("address").setAttribute("aria-invalid", "true");
    at("address").focus();
    return;
  }
  at("address").removeAttribute("aria-invalid");
  // The browser asks only while it still counts as the user's click: before anything else.
  const asked = isDefault(origin) ? true : chrome.permissions.request({ origins: [`${origin.replace(/:[0-9]{1,5}$/, "")}/*`] });
  const allowed = await asked;
  await saveSettings({ address: origin, token: at("token").value.trim(), lang: at("lang").value, engine: at("engine").value });
  ({ words, settings } = await dressPage());
  fill();
  if (allowed) await test(settings.address, settings.token);
  else say("bad", words("options_denied"));
});

/** Hosts that the manifest already allows. @param {string} origin */
function isDefault(origin) {
  const allowed = /** @type {{host_permissions?: string[]}} */ (chrome.runtime.getManifest()).host_permissions ?? [];
  return allowed.some((pattern) => pattern === `${origin}/*` || pattern === `${origin.replace(/:[0-9]{1,5}$/, "")}/*`);
}

at("address").addEventListener("input", warn);
at("show-token").addEventListener("click", () => {
  const shown = at("token").type === "text";
  at("token").type = shown ? "password" : "text";
  at("show-token").textContent = words(shown ? "options_show_token" : "options_hide_token");
  at("show-token").setAttribute("aria-pressed", String(!shown));
});
