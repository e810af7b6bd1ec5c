/** The rulebook's tables made ready for look-up: sets, indexes and patterns. Built once for each rulebook. */

import { isDigits, isNationalOrCom, skeleton, splitOrg } from "./names.js";
import { Choice } from "./pattern.js";
import { bare, fold, trim, wordList } from "./plain.js";

/**
 * A protected brand. `everyday` names are words or given names too and need more around them to count.
 * @typedef {{ name: string, kind: string, aliases: string[], domains: string[], everyday: boolean }} Brand
 */
/** @typedef {{ brand: Brand, domain: string, name: string, look: string, isNational: boolean }} Target */
/** @typedef {{ code: string, cctld: string, dial: number, names: string[][] }} Country */
/** @typedef {Record<string, any>} Tables the `tables` of rulebook.json */

const SETS = /** @type {const} */ ([
  "free_providers", "disposable", "alias_providers", "vanity_providers", "suspicious_tlds", "url_shorteners",
  "free_hosts", "mail_relays", "tracking_hosts", "generic_cctlds", "role_locals",
]);
const WORD_LISTS = /** @type {const} */ ([
  "titles", "roles", "domain_words", "reseller", "not_sites", "streets", "greetings", "connectors",
  "not_first", "han_openers", "han_self", "not_bodies", "particles", "counters", "opt_out", "footers",
]);

/** Everything that the extractors look up. The fields follow the tables of the same name. */
export class Lexicon {
  /** @param {Tables} tables a table that is missing is empty */
  constructor(tables) {
    const words = tables.name_words ?? {};
    const prefixes = tables.reply_prefixes ?? {};
    this.psl = new Set(strings(tables, "psl"));
    this.confusables = pairs(tables.confusables);
    this.sets = /** @type {Record<typeof SETS[number], Set<string>>} */ (
      Object.fromEntries(SETS.map((name) => [name, new Set(strings(tables, name))]))
    );
    this.brands = rows(tables, "brands").map(brandOf);
    /** @type {Map<string, Brand>} */
    this.official = new Map(this.brands.flatMap((brand) => brand.domains.map((domain) => [domain, brand])));
    const aliases = this.brands.flatMap((brand) => brand.aliases.map((alias) => pair(alias, brand)));
    this.byWord = byFirst(aliases.filter(([alias]) => !isJoined(alias)), (alias) => wordList(alias)[0], (alias) => alias.length);
    this.hanAliases = aliases.filter(([alias]) => isJoined(alias));
    this.countries = rows(tables, "countries").map(countryOf);
    const named = this.countries.flatMap((country) => country.names.map((name) => pair(name, country.code)));
    this.countryWords = byFirst(named.filter(([name]) => !isJoined(name[0] ?? "")), (name) => name[0], (name) => name.length);
    this.hanCountries = named.filter(([name]) => isJoined(name[0] ?? "")).map(([name, code]) => pair(name.join(""), code));
    this.cctlds = new Map(this.countries.map((country) => [country.cctld, country.code]));
    this.stopwords = setsOf(tables.stopwords);
    this.kinds = setsOf(tables.attachment_kinds);
    this.legal = legalOf(tables.legal_forms ?? {});
    const oneWord = (this.legal.get("after") ?? []).filter((form) => form.length === 1);
    this.legalWords = new Set(oneWord.flat());
    /** All words of legal forms before and after a name. */
    this.formWords = new Set([...(this.legal.get("after") ?? []), ...(this.legal.get("before") ?? [])].flat());
    this.tradeWords = new Set((this.legal.get("trade") ?? []).flat());
    this.nameWords = /** @type {Record<typeof WORD_LISTS[number], Set<string>>} */ (
      Object.fromEntries(WORD_LISTS.map((name) => [name, new Set((words[name] ?? []).map(String))]))
    );
    this.hanOpeners = [...this.nameWords.han_openers].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    this.quoteMarker = new Choice(strings(tables, "quote_markers"), "(?im)^[ \\t>]*");
    this.signoff = new Choice(strings(tables, "signoffs"));
    this.reply = new Set(prefixes.reply ?? []);
    this.forward = new Set(prefixes.forward ?? []);
    this.introduction = new Choice(listed(words.introductions), "(?:^|[^\\p{L}\\p{N}]|\\p{Han})", "$");
    this.claimAfter = new Choice(listed(words.claim_after), "^");
    this.brandAfter = new Choice(listed(words.after), "^");
    this.institution = new Choice(rows(tables, "institutions").map((row) => String(row.re)));
    /** Organisational domains worked out before. @type {Map<string, string>} */
    this.orgDomains = new Map();
    /** @type {Target[] | undefined} */
    this.officialTargets = undefined;
    /** @type {Map<string, string[]>} */
    this.forms = new Map();
  }

  /**
   * @param {string} word
   * @returns {boolean} whether it is a legal form that stands behind a name
   */
  isLegalForm(word) {
    return this.legalWords.has(word);
  }

  /**
   * @param {string} alias of a brand
   * @returns {string[]} its words
   */
  formsOf(alias) {
    let forms = this.forms.get(alias);
    if (forms === undefined) {
      forms = wordList(alias);
      this.forms.set(alias, forms);
    }
    return forms;
  }

  /**
   * The official brand domains, taken apart once: each is compared with every host.
   * @returns {Target[]}
   */
  get targets() {
    this.officialTargets ??= [...this.official].flatMap(([domain, brand]) => {
      const [name, suffix] = splitOrg(domain, this);
      if (name.length < 3 || isDigits(name)) return [];
      return [{ brand, domain, name, look: skeleton(name, this), isNational: isNationalOrCom(suffix, this) }];
    });
    return this.officialTargets;
  }
}

/**
 * @template A, B
 * @param {A} one
 * @param {B} other
 * @returns {[A, B]}
 */
function pair(one, other) {
  return [one, other];
}

/**
 * A table of rows; brands.yaml keeps its rows under its own name, beside its source.
 * @param {Tables} tables
 * @param {string} name
 * @returns {Record<string, any>[]}
 */
function rows(tables, name) {
  const table = tables[name] ?? [];
  return Array.isArray(table) ? table : table[name] ?? [];
}

/**
 * @param {Tables} tables
 * @param {string} name
 * @returns {string[]}
 */
function strings(tables, name) {
  return tables[name] ?? [];
}

/** @param {string | string[] | undefined} value @returns {string[]} */
function listed(value) {
  return typeof value === "string" ? [value] : value ?? [];
}

/** @param {Record<string, string> | undefined} table @returns {Map<string, string>} */
function pairs(table) {
  return new Map(Object.entries(table ?? {}));
}

/** @param {Record<string, string[]> | undefined} table @returns {Map<string, Set<string>>} */
function setsOf(table) {
  return new Map(Object.entries(table ?? {}).map(([name, items]) => [name, new Set(items)]));
}

/**
 * @param {string} text
 * @returns {boolean} a script that is written without spaces between words (Chinese, Japanese, Korean)
 */
export function isJoined(text) {
  return Array.from(text).some((char) => (char >= "\u2e80" && char <= "\u9fff") || (char >= "\uac00" && char <= "\ud7af"));
}

/** @param {Record<string, any>} row @returns {Brand} */
function brandOf(row) {
  const name = String(row.name);
  const given = [name, .../** @type {unknown[]} */ (row.aliases ?? []).map(String)];
  const aliases = [...new Set(given.flatMap((alias) => [fold(trim(alias)), bare(alias)]).filter((form) => form !== ""))];
  return { name, kind: String(row.kind ?? ""), aliases, domains: row.domains ?? [], everyday: Boolean(row.word) };
}

/** @param {Record<string, any>} row @returns {Country} */
function countryOf(row) {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const name of /** @type {unknown[]} */ (row.names ?? [])) {
    const words = wordList(fold(String(name)));
    if (words.length > 0) names.set(words.join(" "), words);
  }
  return { code: String(row.code), cctld: String(row.cctld), dial: Number(row.dial ?? 0), names: [...names.values()] };
}

/**
 * Legal forms as word sequences, the longest first.
 * @param {Record<string, string[]>} table
 * @returns {Map<string, string[][]>}
 */
function legalOf(table) {
  return new Map(Object.entries(table).map(([place, forms]) => {
    /** @type {Map<string, string[]>} */
    const made = new Map();
    for (const form of forms) {
      const sequence = place === "joined" ? [form] : wordList(fold(form));
      made.set(sequence.join(" "), sequence);
    }
    return [place, [...made.values()].sort(byLength)];
  }));
}

/** @param {string[]} one @param {string[]} other */
function byLength(one, other) {
  const difference = other.length - one.length || other.join("").length - one.join("").length;
  return difference || (one.join("\0") < other.join("\0") ? -1 : 1);
}

/**
 * @template A, B
 * @param {[A, B][]} entries
 * @param {(key: A) => string | undefined} firstOf
 * @param {(key: A) => number} lengthOf
 * @returns {Map<string, [A, B][]>} by first word, longest first
 */
function byFirst(entries, firstOf, lengthOf) {
  /** @type {Map<string, [A, B][]>} */
  const index = new Map();
  for (const entry of entries) {
    const first = firstOf(entry[0]);
    if (first === undefined) continue;
    const found = index.get(first);
    if (found) found.push(entry);
    else index.set(first, [entry]);
  }
  for (const found of index.values()) found.sort((a, b) => lengthOf(b[0]) - lengthOf(a[0]));
  return index;
}
