/**
 * A short verdict gives its first searches whole and names the others by id. Their words and the patterns of all addresses
 * are the same for all mails (`GET /v1/searches`); here the two are joined.
 */

/** @typedef {import("./types.js").Verdict} Verdict */
/** @typedef {import("./types.js").SearchLink} SearchLink */

/**
 * `GET /v1/searches`.
 * @typedef {object} Table
 * @property {string} rulebook
 * @property {string} lang
 * @property {string} default_engine
 * @property {Record<string, { start: string, wording: string }>} engines
 * @property {Record<string, { topic: string, label: string, why: string, good: string, bad: string, query: string, wordings: Record<string, string>, url: string }>} searches
 */

/** Where the worker keeps the table, in `storage.session`. */
export const SEARCHES = "searches";
const PLAIN = "google";
const NAME = /\{([a-z][a-z0-9_]{0,40})\}/g;

/** @param {any} table @param {Verdict} verdict @returns {table is Table} */
export const fits = (table, verdict) => table?.rulebook === verdict.rulebook && table.lang === verdict.lang
  && typeof table.searches === "object" && typeof table.engines === "object";

/**
 * The standing with all searches of its verdict, if the table is that of its rules and language.
 * @template {{ verdict: Verdict | null }} T
 * @param {T} standing
 * @param {unknown} table
 * @returns {T}
 */
export function withSearches(standing, table) {
  const { verdict } = standing;
  return verdict?.more_searches && fits(table, verdict) ? { ...standing, verdict: { ...verdict, search_links: allLinks(verdict, table) } } : standing;
}

/**
 * Every search of a short verdict in its order, with its addresses at all engines.
 * @param {Verdict} verdict
 * @param {Table} table
 * @returns {SearchLink[]}
 */
export function allLinks({ search_links: first, more_searches: more }, table) {
  if (!more) return first;
  const inSites = mapped(more.values, encoded);
  const plain = mapped(inSites, spaced);
  /** @param {string} wording */
  const valuesOf = (wording) => ({ ...plain, ...mapped(mapped(more.short[wording] ?? {}, encoded), spaced) });
  const engines = Object.entries(table.engines).map(([engine, { start, wording }]) => ({ engine, start, wording, values: valuesOf(wording) }));
  /** @param {string} id */
  const twinsOf = (id) => {
    const wordings = table.searches[id]?.wordings ?? {};
    return Object.fromEntries(engines.filter(() => wordings[PLAIN] !== undefined).map(({ engine, start, wording, values }) =>
      [engine, start + filled(wordings[wording] ?? wordings[PLAIN] ?? "", values)]));
  };
  const rest = more.ids.filter((id) => Object.hasOwn(table.searches, id)).map((id, at) => {
    const { topic, label, why, good, bad, query, url } = /** @type {Table["searches"][string]} */ (table.searches[id]);
    const twins = twinsOf(id);
    const address = url ? filled(url, inSites) : twins[table.default_engine] ?? "";
    return { id, topic, label, query: filled(query, more.values), url: address, why, good, bad, rank: first.length + at + 1, twins };
  });
  return [...first.map((link) => ({ ...link, twins: Object.hasOwn(table.searches, link.id) ? twinsOf(link.id) : {} })), ...rest];
}

/** @param {Record<string, string>} values @param {(value: string) => string} change */
const mapped = (values, change) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
/** As the server encodes: everything but letters, digits and `_.-~`. @param {string} value */
const encoded = (value) => encodeURIComponent(value).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
/** @param {string} value */
const spaced = (value) => value.replaceAll("%20", "+");
/** @param {string} pattern @param {Record<string, string>} values */
const filled = (pattern, values) => pattern.replace(NAME, (_, name) => values[name] ?? "");
