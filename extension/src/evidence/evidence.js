/** Facts without opinion: what is known, why the rest is not, and where in the mail a fact was seen. */

/** @typedef {import("../shared/types.js").Facts} Facts */
/** @typedef {import("../shared/types.js").Quote} Quote */
/** @typedef {import("../shared/types.js").Value} Value */
/** @typedef {import("../shared/types.js").Why} Why */

export class Evidence {
  constructor() {
    /** @type {Facts} */
    this.known = {};
    /** @type {Map<string, Why>} */
    this.unknown = new Map();
    /** By fact, or `phrases.<set>`. @type {Map<string, Quote[]>} */
    this.quotes = new Map();
  }

  /**
   * States that a fact (`group.name`) is known, with the places in the mail that show it.
   * @param {string} fact
   * @param {Value} value
   * @param {Quote[]} [quotes]
   */
  put(fact, value, quotes = []) {
    const [group, name] = halves(fact);
    (this.known[group] ??= {})[name] = value;
    this.unknown.delete(fact);
    if (quotes.length > 0) this.quotes.set(fact, quotes);
  }

  /**
   * States that a fact is unknown, and why. A known fact stays known; of two reasons the first one counts.
   * @param {string} fact
   * @param {Why} why
   */
  miss(fact, why) {
    if (this.get(fact) === undefined && !this.unknown.has(fact)) this.unknown.set(fact, why);
  }

  /**
   * @param {string} fact
   * @returns {Value | undefined}
   */
  get(fact) {
    const [group, name] = halves(fact);
    return this.known[group]?.[name];
  }
}

/**
 * @param {string} fact
 * @returns {[string, string]} group and name
 */
function halves(fact) {
  const dot = fact.indexOf(".");
  return [fact.slice(0, dot), fact.slice(dot + 1)];
}
