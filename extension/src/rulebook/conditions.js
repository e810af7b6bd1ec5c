/** Conditions of the rules: Common Expression Language over the known facts. Absent facts make a condition unchecked. */

import { Environment, EvaluationError } from "@marcbachmann/cel-js";
import { direct } from "./direct.js";

const environment = new Environment({ unlistedVariablesAreDyn: true });

/**
 * To the library an absent fact is an error, and to note the way to it takes longer than all the rest.
 * @type {{ stackTraceLimit?: number | undefined }}
 */
const traces = /** @type {any} */ (Error);

/** @typedef {(context: Record<string, unknown>) => boolean | null} Condition true, false, or null: not checked */

/**
 * @param {string} source
 * @returns {Condition} throws where the condition is wrong in itself, and only then
 */
export function compileCondition(source) {
  const program = environment.parse(source);
  const plain = direct(/** @type {any} */ (program).ast);
  if (plain) return /** @type {Condition} */ (plain);
  return byLibrary(source);
}

/**
 * @param {string} source
 * @returns {Condition} the same, whatever is in it
 */
export function byLibrary(source) {
  const program = environment.parse(source);
  return (context) => {
    let value;
    const depth = traces.stackTraceLimit;
    traces.stackTraceLimit = 0;
    try {
      value = program(context);
    } catch (error) {
      if (error instanceof EvaluationError && error.code === "no_such_key") return null;
      throw error;
    } finally {
      traces.stackTraceLimit = depth;
    }
    if (typeof value !== "boolean") throw new TypeError(`Not a condition: ${source}`);
    return value;
  };
}
