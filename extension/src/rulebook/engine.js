/** The compiled rulebook: made once, used for every mail. */

import { Lexicon } from "../evidence/lexicon.js";
import { compileCondition } from "./conditions.js";
import { Scanner } from "./match.js";
import { prepare } from "./normalise.js";

/** @typedef {import("../shared/types.js").Rule} Rule */
/** @typedef {import("./conditions.js").Condition} Condition */
/** @typedef {import("./signals.js").Ready} Ready */

/**
 * rulebook.json as the server compiles it; what the preview does not use is left out here.
 * @typedef {object} Rulebook
 * @property {string} version
 * @property {Record<string, { type: string, preview: boolean }>} facts
 * @property {import("./score.js").Groups} groups
 * @property {import("./score.js").Levels} levels
 * @property {{ why: Record<string, import("../shared/types.js").Text> }} texts
 * @property {{ set: string, lang: string, re: string }[]} phrases
 * @property {Record<string, { langs: string[] }>} sets
 * @property {import("./meeting.js").Meeting[]} meets
 * @property {Rule[]} rules
 * @property {Rule[]} combos
 * @property {{ kind: string, when: string }[]} kinds
 * @property {Record<string, any>} tables
 */

/** @typedef {ReturnType<typeof compileRulebook>} Engine */

/**
 * @param {Rulebook} rulebook
 * @param {readonly import("./literals.js").Needs[]} [needs] of its phrases, by `needsOfAll`; saves a third of the time
 */
export function compileRulebook(rulebook, needs) {
  const rules = rulebook.rules.map(ready);
  const combos = rulebook.combos.map(ready);
  const normalise = prepare(/** @type {any} */ (rulebook.tables));
  const facts = Object.keys(rulebook.facts);
  return {
    version: rulebook.version,
    rules,
    combos,
    byId: new Map([...rules, ...combos].map((rule) => [rule.id, rule])),
    groups: [...new Set(facts.map((fact) => fact.slice(0, fact.indexOf("."))))],
    facts: rulebook.facts,
    ceilings: rulebook.groups,
    levels: rulebook.levels,
    trustVoidWhen: rulebook.levels.trust_void_when.map(compileCondition),
    /** When each guard holds, beside its `when`. @type {{ id: string, holds: Condition }[]} */
    guards: rulebook.levels.guards.map(({ id, given }) => ({ id, holds: compileCondition(given ?? "true") })),
    kinds: rulebook.kinds.map((row) => ({ kind: row.kind, holds: compileCondition(row.when) })),
    why: rulebook.texts.why,
    /** @type {[string, string[]][]} */
    sets: Object.entries(rulebook.sets).map(([name, set]) => [name, set.langs]),
    setNames: new Set(Object.keys(rulebook.sets)),
    scanner: new Scanner(rulebook.phrases, rulebook.meets, normalise, needs),
    lexicon: new Lexicon(rulebook.tables),
  };
}

/** @param {Rule} rule @returns {Ready} */
function ready(rule) {
  return { ...rule, fires: compileCondition(rule.when) };
}
