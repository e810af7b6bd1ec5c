/**
 * A short verdict gives its first searches whole and names the others by id. Their words and the patterns of all addresses
 * are the same for all mails: the server gives them once for each version of its rules and each language.
 */

import { ask } from "./api.js";
import { readStored, writeStored } from "./store.js";

/** @typedef {import("../shared/types.js").Verdict} Verdict */
/** @typedef {import("../shared/types.js").SearchLink} SearchLink */

/**
 * `GET /v1/searches`.
 * @typedef {object} Table
 * @property {string} rulebook
 * @property {string} lang
 * @property {string} default_engine
 * @property {Record<string, { start: string, wording: string }>} engines
 * @property {Record<string, { topic: string, label: string, why: string, good: string, bad: string, query: string, wordings: Record<string, string>, url: string }>} searches
 */

const PLAIN = "google";
const NAME = /\{([a-z][a-z0-9_]{0,40})\}/g;

/** @type {Table | null} Only a cache: the worker may end at any time. */
let held = null;

/** @param {any} table @param {Verdict} verdict @returns {table is Table} */
const fits = (table, verdict) => table?.rulebook === verdict.rulebook && table.lang === verdict.lang
  && typeof table.searches === "object" && typeof table.engines === "object";

/** The table for this verdict, if it was fetched before. @param {Verdict} verdict @returns {Promise<Table | null>} */
async function tableFor(verdict) {
  if (fits(held, verdict)) return held;
  try {
    const stored = await readStored("searches");
    if (fits(stored, verdict)) held = stored;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // no IndexedDB here (private windows)
  }
  return fits(held, verdict) ? held : null;
}

/**
 * Fetches the table that this verdict needs, if it is not here yet.
 * @param {Verdict} verdict
 * @param {{address: string, token: string}} server
 * @returns {Promise<boolean>} whether it came just now
 */
export async function fetchSearches(verdict, server) {
  if (!verdict.more_searches || await tableFor(verdict)) return false;
  const answer = await ask(server, `/v1/searches?lang=${verdict.lang}`);
  if (answer.problem || !fits(answer.data, verdict)) return false;
  held = answer.data;
  try {
    await writeStored("searches", held);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  return true;
}

/**
 * The standing with all searches of its verdict, as far as the table is here.
 * @template {{ verdict: Verdict | null }} T
 * @param {T} standing
 * @returns {Promise<T>}
 */
export async function withSearches(standing) {
  const { verdict } = standing;
  const table = verdict?.more_searches ? await tableFor(verdict) : null;
  return verdict && table ? { ...standing, verdict: { ...verdict, search_links: allLinks(verdict, table) } } : standing;
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
