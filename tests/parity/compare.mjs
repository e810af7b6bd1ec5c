/** Compares the browser's engine with what the server wrote out (tests/parity/export.py), mail by mail. */

import { Ruler } from "../../extension/src/rulebook/codepoints.js";
import { prepare } from "../../extension/src/rulebook/normalise.js";
import { collect } from "../../extension/src/evidence/collect.js";
import { preview } from "../../extension/src/rulebook/preview.js";
import { contextOf, quotesOf } from "../../extension/src/rulebook/signals.js";
import { wording } from "../../extension/src/rulebook/wording.js";

/** @typedef {{ what: string, here: unknown, there: unknown }} Difference `here`: this engine, `there`: the server */

/**
 * @param {{ facts: Record<string, Record<string, unknown>> }} here
 * @param {{ facts: Record<string, Record<string, unknown>> }} there
 * @returns {Difference[]} facts that one side lacks or has otherwise
 */
function factDifferences(here, there) {
  const flat = (facts) =>
    new Map(
      Object.entries(facts).flatMap(([group, row]) => {
        return Object.entries(row).map(([name, value]) => [`${group}.${name}`, value]);
      }),
    );
  const [one, other] = [flat(here.facts), flat(there.facts)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((name) =>
    differs(name, one.get(name), other.get(name)),
  );
}

/** @returns {Difference[]} */
function differs(what, here, there) {
  return canonical(here) === canonical(there) ? [] : [{ what, here, there }];
}

/** JSON with the keys of maps in order. */
function canonical(value) {
  return JSON.stringify(value, (_, item) => {
    if (item === null || typeof item !== "object" || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** @param {{ part: string, text: string, start: number, end: number }} quote */
function plain(quote) {
  return [quote.part, quote.text, quote.start, quote.end];
}

/**
 * @param {object} message
 * @param {object} expected a row of expected.jsonl
 * @param {object} engine
 * @returns {Difference[]} in facts, phrases, rules that fired, their words and quotes, steps and score
 */
export function messageDifferences(message, expected, engine) {
  const seen = preview(message, engine, "zh_CN");
  const rows = seen.reasons.map((row) => [row.id, row.points, row.detail, row.advice, row.quotes.map(plain)]);
  return [
    ...factDifferences(seen, expected),
    ...differs("phrases", collect(message, engine).phrases, expected.phrases),
    ...differs("reasons", rows, expected.reasons),
    ...differs(
      "adjustments",
      seen.adjustments.map((row) => [row.why, row.points]),
      expected.adjustments,
    ),
    ...differs("score", seen.risk.score, expected.score),
    ...differs("level", seen.risk.level, expected.level),
    ...differs(
      "not_checked",
      seen.not_checked.map((row) => [row.fact, row.rules]),
      expected.not_checked,
    ),
  ];
}

/**
 * @param {object} row of cases.json
 * @param {object} engine
 * @returns {Difference[]} in the case's outcome and its quotes
 */
export function caseDifferences(row, engine) {
  const subject = row.subject === null ? null : new Ruler(row.subject);
  const text = row.text === null ? null : new Ruler(row.text);
  const found = engine.scanner.find(subject, text, text?.text ? [[0, text.length]] : []);
  const { known } = wording(engine.sets, found, row.language);
  if (row.is_phrase_set) {
    const wordings = known[row.rule];
    const state = wordings === undefined ? "not_checked" : wordings.length > 0 ? "matches" : "silent";
    return [
      ...differs("state", state, row.state),
      ...differs("quotes", (found.quotes.get(row.rule) ?? []).map(plain), row.quotes),
    ];
  }
  const rule = engine.byId.get(row.rule);
  const fires = rule.fires(contextOf(engine.groups, row.facts, known, row.fired));
  const quotes = new Map([...found.quotes].map(([name, places]) => [`phrases.${name}`, places]));
  const parts = (rule.fired ?? []).filter((id) => row.fired[id]).map((id) => engine.byId.get(id));
  return [
    ...differs("state", fires === null ? "not_checked" : fires ? "fires" : "silent", row.state),
    ...differs("quotes", quotesOf(rule, quotes, parts).map(plain), row.quotes),
  ];
}

/**
 * @param {[string, string, number[], number[]]} row of strings.json
 * @param {object} tables of the rulebook
 * @returns {Difference[]} in normal form and offsets
 */
export function stringDifferences([text, normal, starts, ends], tables) {
  const here = prepare(tables)(text);
  return [
    ...differs("normal form", here.text, normal),
    ...differs("starts", here.starts, starts),
    ...differs("ends", here.ends, ends),
  ];
}
