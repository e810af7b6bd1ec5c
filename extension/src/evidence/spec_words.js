/**
 * The table of figures that belong together (shared_rules/tables/specs.yaml), made ready.
 * Twin of server/evidence/spec_words.py.
 */

/** What certainly fits together. Empty where the table is missing: then nothing contradicts anything. */
export class SpecWords {
  /** @param {Record<string, any>} tables those of rulebook.json */
  constructor(tables) {
    const table = tables.specs ?? {};
    /** @type {[number, number][]} */
    const sizes = table.sizes ?? [];
    /** Nominal size DN, and its place in the row of sizes. */
    this.sizes = new Map(sizes.map(([dn], at) => [dn, at]));
    this.inches = new Map(sizes.map(([, inches], at) => [inches, at]));
    /** A pressure class, the lowest and the highest PN that may stand beside it. @type {Map<number, [number, number]>} */
    this.classes = new Map(Object.entries(table.classes ?? {}).map(([name, span]) => [Number(name), span]));
    /** @type {Map<number, number>} */
    this.containers = new Map(Object.entries(table.containers ?? {}).map(([feet, most]) => [Number(feet), most]));
    this.lumens = Number(table.lumens ?? Infinity);
    /** The longest first. @type {string[]} */
    this.fibres = [...(table.fibres ?? [])].sort((a, b) => b.length - a.length);
    /** @type {[string, string[]][]} */
    const units = Object.entries(table.units ?? {});
    /** Every spelling of a unit, with the one that stands for it. */
    this.units = new Map(units.flatMap(([unit, words]) => [unit, ...words].map((word) => /** @type {[string, string]} */ ([word, unit]))));
  }
}
