/** The self-check: of each open mail page which selector found what, to be copied for whoever mends them. No content. */

import { FROM_PAGE } from "../shared/messages.js";
import { el } from "../shared/nodes.js";
import { askFromPage, dressPage } from "../shared/page.js";

/** @typedef {import("../content/report.js").Report} Report */

const STATES = {
  "no-mail-open": "selfcheck_state_no_mail_open", loading: "selfcheck_state_loading", ok: "selfcheck_state_ok", own: "selfcheck_state_own",
  partial: "selfcheck_state_partial", unrecognised: "selfcheck_state_unrecognised",
};

const { words } = await dressPage();
const pages = /** @type {HTMLElement} */ (document.getElementById("pages"));

/** @param {string} key @param {() => string | Promise<string>} text */
function copier(key, text) {
  const button = el("button", {
    type: "button", click: async () => {
      await navigator.clipboard.writeText(await text());
      button.textContent = words("badge_copied");
    },
  }, words(key));
  return button;
}

/** @param {[string, number][]} rows @param {(name: string, value: number) => Node | string} cell */
function table(rows, cell) {
  return el("table", {}, el("tbody", {}, ...rows.map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, el("code", {}, name)), el("td", {}, cell(name, value))))));
}

/** Without these a mail cannot be judged, or has no place for its badge. */
const NEEDED = new Set(["message", "sender", "subject", "body", "body_frame", "anchor"]);

/** @param {string} field @param {number} rung */
function rungCell(field, rung) {
  if (rung >= 0) return words("selfcheck_rung", { rung: rung + 1 });
  return NEEDED.has(field) ? el("span", { class: "none" }, words("selfcheck_rung_none")) : words("selfcheck_rung_absent");
}

/** @param {{tab: number, report: Report}} row */
function sectionOf({ tab, report }) {
  const counts = Object.entries(report.counts);
  return el("section", {},
    el("h2", {}, `${report.host} (${report.webmail})`),
    el("p", { class: "hint" }, words(STATES[report.state] ?? "selfcheck_state_unrecognised")),
    ...report.mails.flatMap(({ missing, from }, at) => [
      el("h3", {}, words("selfcheck_mail", { number: at + 1 })),
      missing.length > 0 && el("p", { class: "hint none" }, words("badge_note_partial", { fields: missing.map((field) => words(`badge_field_${field}`)).join(words("badge_list_separator")) })),
      table(Object.entries(from), rungCell),
    ].filter((node) => node !== false)),
    el("details", {}, el("summary", {}, words("selfcheck_counts")), table(counts, (_name, count) => String(count))),
    el("p", { class: "buttons" },
      copier("selfcheck_copy_report", () => JSON.stringify({ ...report, browser: navigator.userAgent, version: chrome.runtime.getManifest().version }, null, 1)),
      copier("selfcheck_copy_structure", async () => (await askFromPage(FROM_PAGE.structure, { tab })).structure)));
}

async function check() {
  const answer = await askFromPage(FROM_PAGE.reports);
  const rows = /** @type {{tab: number, report: Report}[]} */ (answer?.reports ?? []);
  pages.replaceChildren(...(rows.length ? rows.map(sectionOf) : [el("section", {}, el("p", { class: "hint" }, words("selfcheck_none")))]));
}

document.getElementById("again")?.addEventListener("click", () => void check());
await check();
