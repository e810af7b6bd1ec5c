/** Which rules fired, and which could not be checked for want of which facts. Twin of server/judging/signals.py. */

import { render } from "./render.js";

/** @typedef {import("../shared/types.js").Facts} Facts */
/** @typedef {import("../shared/types.js").Lang} Lang */
/** @typedef {import("../shared/types.js").NotChecked} NotChecked */
/** @typedef {import("../shared/types.js").Quote} Quote */
/** @typedef {import("../shared/types.js").Reason} Reason */
/** @typedef {import("../shared/types.js").Rule} Rule */
/** @typedef {import("../evidence/evidence.js").Evidence} Evidence */
/** @typedef {import("./conditions.js").Condition} Condition */
/** @typedef {Rule & { fires: Condition }} Ready a rule with its condition compiled */
/** @typedef {{ rule: Ready, quotes: Quote[], parts: Ready[] }} Fired `parts`: the rules that a combination is made of */
/** @typedef {{ fired: Fired[], states: Map<string, boolean | null>, waiting: Map<string, string[]> }} Signals */

/** The name under which all phrase sets that were not checked are reported: one doubt, not eighty. */
const PHRASES = "phrases";
/** The name under which all moves (what sentences mean, judged by the server alone) are reported. */
const MEANING = "meaning";
const MOVES = /^(moves|hints|meaning|deal_signs)\./;
/** The name under which all that only a visit to the sender's web site shows is reported. */
const SITE = "site";
const VISIT = /^(site|tls)\./;

/**
 * What conditions are evaluated in. Every group is there, if only empty: then an absent fact is a missing key.
 * @param {string[]} groups
 * @param {Facts} known
 * @param {Record<string, string[]>} phrases
 * @param {Record<string, boolean>} [fired]
 */
export function contextOf(groups, known, phrases, fired = {}) {
  /** @type {Record<string, unknown>} */
  const context = {};
  for (const group of groups) context[group] = known[group] ?? {};
  context.phrases = phrases;
  context.fired = fired;
  return context;
}

/**
 * The places that show why a rule fired: its own phrases first, then its facts', then those of a combination's parts.
 * @param {Rule} rule
 * @param {Map<string, Quote[]>} quotes
 * @param {Rule[]} parts
 * @returns {Quote[]}
 */
export function quotesOf(rule, quotes, parts = []) {
  /** @type {Map<string, Quote>} */
  const found = new Map();
  for (const one of [rule, ...parts]) {
    for (const name of [...one.sets.map((set) => `phrases.${set}`), ...one.facts]) {
      for (const quote of quotes.get(name) ?? []) found.set(`${quote.part} ${quote.start} ${quote.end}`, quote);
    }
  }
  return [...found.values()];
}

/**
 * Rules first, then the combinations, which read what fired.
 * @param {Evidence} evidence
 * @param {Record<string, string[]>} phrases
 * @param {{ rules: Ready[], combos: Ready[], byId: Map<string, Ready>, groups: string[] }} engine
 * @returns {Signals}
 */
export function signals(evidence, phrases, engine) {
  const context = contextOf(engine.groups, evidence.known, phrases);
  /** @type {Map<string, boolean | null>} */
  const states = new Map();
  /** @type {Record<string, boolean>} */
  const known = {};
  for (const rule of engine.rules) {
    const state = rule.fires(context);
    states.set(rule.id, state);
    if (state !== null) known[rule.id] = state;
  }
  const withFired = { ...context, fired: known };
  for (const combo of engine.combos) states.set(combo.id, combo.fires(withFired));
  const all = [...engine.rules, ...engine.combos];
  const fired = all
    .filter((rule) => states.get(rule.id))
    .map((rule) => {
      const parts = partsOf(rule, engine.byId).filter((part) => states.get(part.id));
      return { rule, quotes: quotesOf(rule, evidence.quotes, parts), parts };
    });
  return { fired, states, waiting: waitingFor(all, evidence, phrases, states, engine.byId) };
}

/** @param {Rule} rule @param {Map<string, Ready>} byId */
function partsOf(rule, byId) {
  return (rule.fired ?? []).flatMap((id) => byId.get(id) ?? []);
}

/**
 * @param {Ready[]} rules
 * @param {Evidence} evidence
 * @param {Record<string, string[]>} phrases
 * @param {Map<string, boolean | null>} states
 * @param {Map<string, Ready>} byId
 */
function waitingFor(rules, evidence, phrases, states, byId) {
  /** @type {Map<string, string[]>} */
  const waiting = new Map();
  for (const rule of rules.filter(({ id }) => states.get(id) === null)) {
    const open = [rule, ...partsOf(rule, byId).filter((part) => states.get(part.id) === null)];
    for (const fact of new Set(open.flatMap((one) => missing(one, evidence, phrases)))) {
      const ids = waiting.get(fact);
      if (ids) ids.push(rule.id);
      else waiting.set(fact, [rule.id]);
    }
  }
  return waiting;
}

/** @param {Rule} rule @param {Evidence} evidence @param {Record<string, string[]>} phrases */
function missing(rule, evidence, phrases) {
  const unknown = rule.facts.filter((fact) => evidence.get(fact) === undefined);
  const facts = unknown.map((fact) => (MOVES.test(fact) ? MEANING : VISIT.test(fact) ? SITE : fact));
  return rule.sets.some((set) => phrases[set] === undefined) ? [...facts, PHRASES] : facts;
}

/**
 * The fired rules in the reader's language, with values and quotes; the heaviest first, trust last.
 * @param {Fired[]} fired
 * @param {Facts} known
 * @param {Lang} lang
 * @returns {Reason[]}
 */
export function reasons(fired, known, lang) {
  const rows = fired.map(({ rule, quotes }) => {
    const texts = quotes.map((quote) => quote.text);
    return {
      id: rule.id,
      group: rule.group,
      points: rule.points,
      title: rule.title[lang],
      detail: render(rule.reason[lang], known, texts),
      quotes: quotes.map(({ part, text, start, end }) => ({ part, text, start, end })),
      advice: render(rule.advice?.[lang] ?? "", known, texts),
      source: rule.source,
    };
  });
  return rows.sort((a, b) => b.points - a.points);
}

/**
 * What could not be checked, and why. What does not apply here is left out. Phrase sets without a pattern in the mail's
 * language are no gap while the language itself is covered.
 * @param {Map<string, string[]>} waiting
 * @param {Evidence} evidence
 * @param {Record<string, Record<Lang, string>>} words why-codes in the reader's language
 * @param {Lang} lang
 * @returns {NotChecked[]}
 */
export function notChecked(waiting, evidence, words, lang) {
  return [...waiting].flatMap(([fact, rules]) => {
    const why = fact === PHRASES ? phrasesWhy(evidence) : (evidence.unknown.get(fact) ?? "not_given");
    return why === null || why === "not_applicable" ? [] : [{ fact, why: words[why]?.[lang] ?? why, rules }];
  });
}

/** @param {Evidence} evidence */
function phrasesWhy(evidence) {
  const covered = evidence.get("content.language_covered");
  if (covered === true) return null;
  return covered === false ? "not_covered" : (evidence.unknown.get("content.chars") ?? "not_given");
}
