/** Checking a mail by hand: pasted parts or an `.eml` file, on any site. The same panel shows the answer. */

import { renderPanel } from "../panel/render.js";
import { FROM_PAGE } from "../shared/messages.js";
import { askFromPage, dressPage, holdForms } from "../shared/page.js";
import { SEARCHES, withSearches } from "../shared/searches.js";
import { engineAddress } from "../shared/settings.js";
import { emptyStanding } from "../shared/standing.js";
import { addressOf } from "../webmail/dom.js";
import { base64Of, looksLikeMail, mailOf } from "./reading.js";

/** @typedef {import("../shared/standing.js").Standing} Standing */

const MOST_BYTES = 25 * 1024 * 1024;
const POLLS = [700, 1000, 1500, 2500, 4000];

/** @param {string} id */
const at = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
holdForms();
let { words, settings } = await dressPage({ early: true });
/** @type {Record<string, string>} */
let engines = {};
/** @type {Record<string, Record<string, string>>} readable names of facts, by language */
let facts = {};
/** @type {unknown} what the searches of all mails have in common */
let table = null;
/** @type {{mail?: object, eml?: string}} what was sent last, to send it again */
let last = {};
let turn = 0;

/** @type {Standing} */
let shown = emptyStanding();
let id = "";
/** @type {Record<string, {notes: import("../shared/notes.js").Notes}>} */
let book = {};
/** @type {{features: string[], extension: string}} */
let news = { features: [], extension: "" };

/** @type {Record<import("../panel/render.js").Action, (detail: any) => unknown>} */
const ACTIONS = {
  recheck: () => run(last, true),
  settings: () => chrome.runtime.openOptionsPage(),
  close: () => {},
  headers: () => {},
  note: async (change) => {
    await askFromPage(FROM_PAGE.note, { id, change });
    await readBook();
    draw(shown);
  },
  letter: (wanted) => askFromPage(FROM_PAGE.letter, { ...wanted, ...(last.mail ? { mail: last.mail } : { key: shown.verdict?.key }) }),
  site: () => askFromPage(FROM_PAGE.site, { id }),
  feedback: (feedback) => askFromPage(FROM_PAGE.feedback, { feedback }),
};

async function readBook() {
  book = /** @type {typeof book} */ ((await chrome.storage.local.get("counterparts")).counterparts ?? {});
}

/** @param {Standing} standing */
function draw(standing) {
  shown = standing;
  // Of a mail file the server takes nothing but the file: notes could not go with it.
  const sender = last.mail ? standing.sender?.toLowerCase() ?? "" : "";
  const whole = withSearches(standing, table);
  renderPanel(at("panel"), whole.verdict, {
    id, lang: settings.lang, standing: whole, actions: ["recheck", "settings"], onAction: (action, detail) => ACTIONS[action](detail),
    notes: sender ? (Object.hasOwn(book, sender) ? book[sender].notes : {}) : null,
    features: news.features, newer: news.extension,
    engineId: settings.engine, engine: engineAddress(settings, engines),
    factNames: Object.fromEntries(Object.entries(facts).map(([fact, names]) => [fact, names[settings.lang] ?? fact])),
  });
}

/**
 * @param {string} type @param {Record<string, unknown>} payload
 * @returns {Promise<Standing | null>}  null if the worker failed
 */
async function askWhole(type, payload) {
  const answer = await askFromPage(type, payload);
  return !answer || answer.failed ? null : answer;
}

/** @param {boolean} asked */
function show(asked) {
  at("form").hidden = asked;
  at("result").hidden = !asked;
}

/** @param {{mail?: object, eml?: string}} what @param {boolean} fresh */
async function run(what, fresh) {
  const mine = ++turn;
  // The same mail again keeps what was unfolded and typed.
  if (last !== what || !id) id = crypto.randomUUID();
  last = what;
  show(true);
  draw(fresh ? { ...shown, busy: true } : emptyStanding());
  const first = what.mail && !fresh ? await askWhole(FROM_PAGE.preview, { id, mail: what.mail }) : null;
  if (mine === turn && first) draw(first);
  let now = (await askWhole(FROM_PAGE.vet, { ...what, id, fresh })) ?? { ...emptyStanding(), busy: false, problem: { code: "internal" } };
  for (const pause of [0, ...POLLS]) {
    if (pause) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      now = (await askWhole(FROM_PAGE.poll, { id })) ?? { ...now, busy: false };
    }
    if (mine !== turn) return;
    draw(now);
    if (!now.busy) return;
  }
  draw({ ...now, busy: false });
}

/** @param {File | undefined} file */
async function take(file) {
  if (!file) return;
  at("error").textContent = "";
  const bytes = new Uint8Array(await file.slice(0, MOST_BYTES + 1).arrayBuffer());
  if (bytes.length > MOST_BYTES) at("error").textContent = words("popup_too_large");
  else if (!looksLikeMail(bytes)) at("error").textContent = words("popup_not_mail");
  else await run({ eml: base64Of(bytes) }, false);
}

at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const [sender, subject, body] = [at("sender").value.trim(), at("subject").value.trim(), at("body").value];
  const refused = sender && !addressOf(sender) ? "popup_bad_sender" : sender || body.trim() || subject ? "" : "popup_empty";
  at("error").textContent = refused && words(refused);
  if (refused) at("sender").focus();
  else void run({ mail: mailOf(addressOf(sender), subject, body) }, false);
});
at("back").addEventListener("click", () => {
  turn += 1;
  show(false);
  at("sender").focus();
});
/** Text selected on a page, handed over under a name that serves once. */
async function takeSelection() {
  const name = new URLSearchParams(location.search).get("selection");
  if (!name) return;
  const slot = `selection:${name}`;
  const text = (await chrome.storage.session.get(slot))[slot];
  await chrome.storage.session.remove(slot);
  history.replaceState(null, "", location.pathname);
  if (typeof text !== "string" || !text.trim()) return;
  at("body").value = text;
  await run({ mail: mailOf("", "", text) }, false);
}

chrome.storage.onChanged.addListener((changes, area) => {
  if (area !== "session" || !changes[SEARCHES]) return;
  table = changes[SEARCHES].newValue;
  if (shown.verdict) draw(shown);
});
at("tab").addEventListener("click", () => void chrome.tabs.create({ url: chrome.runtime.getURL("popup/popup.html") }));
at("choose").addEventListener("click", () => at("file").click());
at("file").addEventListener("change", () => void take(at("file").files?.[0]));
for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    event.preventDefault();
    at("drop").classList.toggle("over", type === "dragover");
    if (type === "drop") void take(/** @type {DragEvent} */ (event).dataTransfer?.files[0]);
  });
}

// A browser that has just started keeps the policy waiting for seconds; nobody should wait with it.
void dressPage().then((later) => {
  ({ words, settings } = later);
  if (!at("result").hidden) draw(shown);
});
if (at("file").files?.length) void take(at("file").files?.[0]);

await readBook();
// What follows waits for the worker; whoever has typed need not.
/** @type {HTMLButtonElement} */ (document.querySelector("#form [type=submit]")).disabled = false;
void takeSelection();
({ engines = {}, facts = {} } = (await askFromPage(FROM_PAGE.engines).catch(() => null)) ?? {});
table = (await chrome.storage.session.get(SEARCHES))[SEARCHES];
if (shown.verdict) draw(shown);
const told = await askFromPage(FROM_PAGE.news).catch(() => null);
if (told?.features) {
  news = told;
  if (shown.verdict) draw(shown);
}
