/** The try-it page: reads the form, asks the API, shows the panel. Everything foreign is set as text. */

import { ApiFailure, call, requestOf, vet } from "./mail.js";
import { EXAMPLES, WORDS } from "./words.js";

const FIELDS = ["sender", "subject", "reply_to", "body", "attachments", "headers"];
const MORE = ["reply_to", "attachments", "headers"];
const PATIENCE_MS = 12000;
const PANEL = "/static/panel.js";
const LEVELS = ["low", "caution", "high", "critical", "unknown"];

/**
 * @type {{lang: import("./words.js").Lang, file: File | null, verdict: any, asked: number, panel: any,
 *   request: any, notes: object, features: string[]}}
 */
const state = { lang: "en", file: null, verdict: null, asked: 0, panel: null, request: null, notes: {}, features: [] };

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

/** @param {string} key @param {Record<string, string | number>} [values] */
function say(key, values = {}) {
  const words = WORDS[state.lang][key] ?? key;
  return words.replace(/\{(\w{1,20})\}/g, (whole, name) => String(values[name] ?? whole));
}

function token() {
  return sessionStorage.getItem("token") ?? "";
}

/** A link `/#token=…`, as the server prints it at the start, hands the token over and is wiped at once. */
function takeTokenFromAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!given) return;
  sessionStorage.setItem("token", given);
  history.replaceState(null, "", location.pathname);
}

function showTokenState() {
  const set = Boolean(token());
  at("token-state").textContent = say(set ? "token_set" : "token_unset");
  at("token-state").classList.toggle("warn", !set);
  at("token-box").open = !set;
}

/** @param {import("./words.js").Lang} lang */
function speak(lang) {
  state.lang = lang;
  localStorage.setItem("lang", lang);
  document.documentElement.lang = lang === "zh_CN" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-say]")) {
    element.textContent = say(/** @type {HTMLElement} */ (element).dataset.say ?? "");
  }
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.lang === lang));
  }
  showTokenState();
}

/** @param {string} text @param {boolean} [busy] */
function status(text, busy = false) {
  at("status").removeAttribute("data-say");
  at("status").textContent = text;
  at("status").classList.toggle("busy", busy);
}

/** @param {string} text */
function fail(text) {
  at("failure").hidden = !text;
  at("failure").textContent = text;
}

/** @param {unknown} error */
function explain(error) {
  if (!(error instanceof ApiFailure)) return say("away");
  if (error.code === "token_missing") return say("no_token");
  if (error.code === "token_unknown") return say("bad_token");
  if (error.status === 429) return say("too_many");
  if (error.status === 413) return say("too_large");
  return error.message;
}

async function panel() {
  if (document.body.dataset.panel !== "built") return null;
  state.panel ??= await import(PANEL);
  return state.panel;
}

/** What this server offers beside vetting; without an answer nothing is offered. */
async function learnFeatures() {
  state.features = await call("/readyz", token()).then((ready) => ready.features ?? [], () => []);
}

async function draw() {
  const made = await panel();
  made?.renderPanel(at("panel"), state.verdict, {
    id: String(state.asked), lang: state.lang, mail: state.request, onAction: act, features: state.features,
    notes: state.request ? state.notes : null,
  });
  return Boolean(made);
}

/** @param {any} verdict */
async function show(verdict) {
  state.verdict = verdict;
  at("json").textContent = JSON.stringify(verdict, null, 2);
  at("json-box").hidden = false;
  if (!state.features.length) await learnFeatures();
  if (!await draw()) at("json-box").open = true;
  const level = LEVELS.includes(verdict.risk.level) ? verdict.risk.level : "unknown";
  const done = say("done", { ms: verdict.elapsed_ms, level: say(`level_${level}`), score: verdict.risk.score });
  status(verdict.complete ? done : `${done} ${say("still")}`, !verdict.complete);
}

/**
 * What the panel asks of the page; some of it is answered.
 * @param {string} action
 * @param {any} [detail]
 * @returns {Promise<unknown>}
 */
async function act(action, detail) {
  if (action === "recheck") return run(true);
  if (action === "note") {
    state.notes = state.panel.changedNotes(state.notes, detail);
    return draw();
  }
  const send = (/** @type {string} */ path, /** @type {object} */ body) =>
    call(path, token(), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  try {
    if (action === "letter") return { letter: await send("/v1/letters", { ...detail, ...(state.request ? { mail: state.request } : { key: state.verdict.key }) }) };
    if (action === "feedback") return await send("/v1/feedback", detail);
    if (action === "site") {
      const seen = await call(`/v1/domains/${state.verdict.facts.sender.domain}?site=1&max_wait_ms=10000&lang=${state.lang}`, token());
      return { site: (seen.checked ?? []).find((/** @type {any} */ row) => row.what === "website") ?? { outcome: "unknown", why: "" } };
    }
    return null;
  } catch (error) {
    return { problem: { code: "invalid", detail: explain(error) } };
  }
}

/** @param {boolean} fresh */
async function run(fresh = false) {
  const mine = ++state.asked;
  fail("");
  status(say("running"), true);
  at("vet").disabled = true;
  try {
    const typed = Object.fromEntries(FIELDS.map((id) => [id, at(id).value]));
    if (!fresh) state.notes = {};
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const request = { ...requestOf(typed, state.lang), context: { ...state.notes, ...(timeZone && { timezone: timeZone }) } };
    state.request = state.file ? null : request;
    let verdict = await vet({ request, file: state.file, lang: state.lang, token: token(), fresh });
    const end = Date.now() + PATIENCE_MS;
    while (mine === state.asked) {
      await show(verdict);
      if (verdict.complete || Date.now() > end) break;
      await new Promise((resolve) => setTimeout(resolve, verdict.retry_after_ms ?? 500));
      verdict = await call(`/v1/vet/${verdict.key}`, token());
    }
    at("status").classList.remove("busy");
  } catch (error) {
    if (mine !== state.asked) return;
    status("");
    fail(explain(error));
    if (error instanceof ApiFailure && error.status === 401) {
      at("token-box").open = true;
      at("token").focus();
    }
  } finally {
    at("vet").disabled = false;
  }
}

/** @param {File | null} file */
function take(file) {
  state.file = file;
  at("file-chosen").hidden = !file;
  at("file-name").textContent = file?.name ?? "";
  at("fields").disabled = Boolean(file);
  if (!file) at("file").value = "";
}

/** @param {Record<string, string>} values */
function fill(values) {
  take(null);
  for (const id of FIELDS) at(id).value = values[id] ?? "";
  at("fields").querySelector("details").open = MORE.some((id) => values[id]);
}

function listen() {
  at("form").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    void run();
  });
  at("form").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void run();
    else if (event.key === "Enter" && event.target === at("token")) {
      event.preventDefault();
      at("token-save").click();
    }
  });
  at("token-save").addEventListener("click", () => {
    const given = at("token").value.trim();
    if (given) sessionStorage.setItem("token", given);
    else sessionStorage.removeItem("token");
    at("token").value = "";
    fail("");
    showTokenState();
  });
  at("file").addEventListener("change", () => take(at("file").files?.[0] ?? null));
  at("file-clear").addEventListener("click", () => {
    take(null);
    at("file").focus();
  });
  at("clear").addEventListener("click", () => fill({}));
  for (const button of document.querySelectorAll("[data-example]")) {
    button.addEventListener("click", () => {
      fill(EXAMPLES[/** @type {HTMLElement} */ (button).dataset.example ?? ""] ?? {});
      void run();
    });
  }
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.addEventListener("click", () => {
      speak(/** @type {HTMLElement} */ (button).dataset.lang === "zh_CN" ? "zh_CN" : "en");
      if (state.verdict) void run();
    });
  }
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      at("drop").classList.toggle("over", name === "dragover");
      const file = name === "drop" ? /** @type {DragEvent} */ (event).dataTransfer?.files[0] : null;
      if (file) {
        take(file);
        void run();
      }
    });
  }
}

const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem("lang") ?? navigator.language;
takeTokenFromAddress();
speak(asked.toLowerCase().startsWith("zh") ? "zh_CN" : "en");
at("address").textContent = location.origin;
listen();
