/** What is known about a mail right now, and how it may be shown. Green is the exception that must be earned. */

import { inOrder } from "./reasons.js";

/** @typedef {import("./types.js").Verdict} Verdict */
/** @typedef {import("./types.js").Preview} Preview */

/**
 * @typedef {object} Problem
 * @property {string} code  the `problem_…` words say it
 * @property {string} [address]
 * @property {string} [detail]
 */

/**
 * @typedef {object} Standing
 * @property {Verdict | null} verdict
 * @property {Preview | null} preview
 * @property {Problem | null} problem  why there is no (newer) verdict
 * @property {boolean} busy  an answer is still awaited
 * @property {string[]} missing  fields of the mail that could not be read
 * @property {string} [sender]
 * @property {string} [subject]
 * @property {import("../webmail/types.js").PageNotes} [page]  what the page said beside the mail
 * @property {import("./places.js").Place[]} [places]  where the quotes stand in the mail
 * @property {boolean} [idle]  the server is asked only when the reader clicks
 * @property {boolean} [outdated]  the browser's own rules are older than the server's and could not be renewed
 */

/** @typedef {"low" | "neutral" | "caution" | "high" | "critical" | "unknown" | "busy" | "error"} Tone */

/**
 * @typedef {object} Look
 * @property {Tone} tone
 * @property {number | null} score
 * @property {"verdict" | "preview" | "none"} basis
 * @property {string[]} notes  keys of words: what to add so that the tone is not misread
 */

export const RAISED = new Set(["caution", "high", "critical"]);
/** Mails that a customer level applies to; others get a neutral mark instead of green, if the server gives them none. */
const INQUIRIES = new Set(["inquiry", "order_talk", "platform_relay"]);

/** @returns {Standing} */
export function emptyStanding() {
  return { verdict: null, preview: null, problem: null, busy: true, missing: [] };
}

/**
 * @param {Standing} standing
 * @returns {Look}
 */
export function lookOf(standing) {
  const { verdict, preview, problem, busy } = standing;
  if (verdict) return verdictLook(verdict, standing);
  if (preview && RAISED.has(preview.risk.level)) {
    return {
      tone: /** @type {Tone} */ (preview.risk.level), score: preview.risk.score, basis: "preview",
      notes: [standing.idle ? "badge_note_click" : problem ? "badge_note_offline" : "badge_note_looking"],
    };
  }
  if (standing.idle) return { tone: "unknown", score: null, basis: "none", notes: ["badge_note_click"] };
  if (problem) return { tone: "error", score: null, basis: "none", notes: [`badge_problem_${problem.code}`] };
  return { tone: busy ? "busy" : "unknown", score: null, basis: "none", notes: [] };
}

/**
 * @param {Verdict} verdict
 * @param {Standing} standing
 * @returns {Look}
 */
function verdictLook(verdict, { missing, busy, problem }) {
  const { level, score, confidence } = verdict.risk;
  const unread = missing.filter((field) => field !== "subject");
  const notes = [
    ...(unread.length ? ["badge_note_partial"] : []),
    ...(verdict.complete ? [] : ["badge_note_incomplete"]),
  ];
  if (RAISED.has(level)) return { tone: /** @type {Tone} */ (level), score, basis: "verdict", notes };
  if (level !== "low") return { tone: "unknown", score: null, basis: "verdict", notes };
  // From here on the server says "low": show it only where nothing was left unread or open.
  if (!verdict.complete) return { tone: busy && !problem ? "busy" : "unknown", score: null, basis: "verdict", notes };
  if (unread.length) return { tone: "unknown", score: null, basis: "verdict", notes };
  if (confidence === "low") return { tone: "unknown", score: null, basis: "verdict", notes: ["badge_note_confidence"] };
  if (!isInquiry(verdict)) return { tone: "neutral", score: null, basis: "verdict", notes: ["badge_note_nothing_odd"] };
  return { tone: "low", score, basis: "verdict", notes: confidence === "medium" ? ["badge_note_domain"] : [] };
}

/** @param {Verdict} verdict */
const isInquiry = ({ mail_kind: kind, customer_level: customer }) => INQUIRIES.has(kind) || (kind === "other" && Boolean(customer?.level));

/** @param {Standing} standing */
export const reasonsOf = ({ verdict, preview }) => inOrder((verdict ?? preview)?.reasons ?? []);

/** Warnings that stand under every mail until the administrator acts: in the panel's foot, or nobody would read the others. */
const QUIET = new Set(["country_data_old"]);

/** @param {Standing} standing @param {boolean} [quiet]  those for the foot instead */
export const warningsOf = ({ verdict }, quiet = false) => (verdict?.warnings ?? []).filter(({ id }) => QUIET.has(id) === quiet);

/** As many points make a reason that must be cleared up even where the rest of the mail is good. */
export const STRONG = 25;

/**
 * What is left to clear up although the level says low: the badge and the head must not say that all is well.
 * @param {Standing} standing
 * @returns {"warning" | "reason" | ""}
 */
export function openPoint(standing) {
  if (warningsOf(standing).length) return "warning";
  return reasonsOf(standing).some(({ points }) => points >= STRONG) ? "reason" : "";
}

/**
 * The few words behind the badge's level: the heaviest reason, or what keeps the mark from being green.
 * @param {Standing} standing
 * @param {import("./words.js").Words} words
 * @returns {string}
 */
export function noteOf(standing, words) {
  const look = lookOf(standing);
  const fields = standing.missing.map((field) => words(`badge_field_${field}`)).join(words("badge_list_separator"));
  const facts = unknownDomainFacts(standing, words);
  const restless = Boolean(standing.page?.hints?.includes("restless"));
  const keys = restless ? [...look.notes.filter((key) => key !== "badge_note_partial"), "badge_how_restless"] : look.notes;
  const notes = keys.map((key) => (key === "badge_note_domain" && facts ? words("badge_note_domain_facts", { facts }) : words(key, { fields })));
  const open = look.tone === "low" || look.tone === "neutral" ? openPoint(standing) : "";
  const found = reasonsOf(standing).find((reason) => reason.points > 0)?.title ?? "";
  const worst = open === "warning" ? words("badge_note_warning") : RAISED.has(look.tone) || open ? found : "";
  if (look.tone === "low" && !notes.length && !worst) return found ? words("badge_note_weak", { title: found }) : words("badge_note_no_reason");
  return [worst, ...notes].filter(Boolean).join(" · ");
}

/**
 * Why something of the mail is missing, and how the reader can give it.
 * @param {Standing} standing
 * @param {import("./words.js").Words} words
 * @returns {string[]}
 */
export function hintsOf({ page }, words) {
  const known = (page?.hints ?? []).map((hint) => ({ key: `badge_how_${hint}`, text: words(`badge_how_${hint}`) }));
  return known.filter(({ key, text }) => text !== key).map(({ text }) => text);
}

/**
 * The facts of the domain that nobody could look up, in words, three at most; empty if none has a name.
 * @param {Standing} standing
 * @param {import("./words.js").Words} words
 * @returns {string}
 */
function unknownDomainFacts({ verdict }, words) {
  const names = (verdict?.not_checked ?? []).filter(({ fact }) => fact.startsWith("domain."))
    .map(({ fact }) => ({ key: `badge_fact_${fact.slice(7)}`, name: words(`badge_fact_${fact.slice(7)}`) }))
    .filter(({ key, name }) => name !== key).map(({ name }) => name);
  return [...new Set(names)].slice(0, 3).join(words("badge_list_separator"));
}
