/** What kind of mail it is: the first row of mail_kinds.yaml whose condition holds. Twin of server/evidence/kind.py. */

/** @typedef {{ kind: string, holds: import("../rulebook/conditions.js").Condition }} Kind */

/**
 * @param {Kind[]} kinds
 * @param {Record<string, unknown>} context
 * @returns {string}
 */
export function kindOf(kinds, context) {
  return kinds.find((row) => row.holds(context) === true)?.kind ?? "other";
}
