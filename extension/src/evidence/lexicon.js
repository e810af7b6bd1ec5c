/** The rulebook's tables made ready for look-up: sets, indexes and patterns. Built once for each rulebook. */

import { skeleton } from "./imitation.js";
import { isDigits, isNationalOrCom, splitOrg } from "./names.js";
import { Choice } from "./pattern.js";
import { wordList } from "./plain.js";
import { SpecWords } from "./spec_words.js";
import {
  brandOf, byFirst, countryOf, isJoined, legalOf, listed, pair, pairs, rows, setsOf, strings,
} from "./tables.js";

/**
 * A protected brand. `everyday` names are words or given names too and need more around them to count.
 * @typedef {{ name: string, kind: string, aliases: string[], domains: string[], everyday: boolean }} Brand
 */
/** @typedef {{ brand: Brand, domain: string, name: string, look: string, isNational: boolean }} Target */
/** @typedef {{ code: string, cctld: string, dial: number, names: string[][] }} Country */
/** @typedef {{ host: string, path: string, names: string[] }} Wrapper */
/** @typedef {Record<string, any>} Tables the `tables` of rulebook.json */

const SETS = /** @type {const} */ ([
  "free_providers",
  "disposable",
  "alias_providers",
  "vanity_providers",
  "suspicious_tlds",
  "url_shorteners",
  "free_hosts",
  "mail_relays",
  "tracking_hosts",
  "generic_cctlds",
  "role_locals",
  "numeric_locals",
  "list_labels",
  "official_labels",
  "official_tlds",
  "common_tlds",
]);
const WORD_LISTS = /** @type {const} */ ([
  "titles",
  "roles",
  "domain_words",
  "reseller",
  "not_sites",
  "streets",
  "greetings",
  "connectors",
  "not_first",
  "han_openers",
  "name_ends",
  "not_bodies",
  "particles",
  "counters",
  "opt_out",
  "footers",
  "postscripts",
  "generic",
  "weak_endings",
  "han_firms",
  "han_not_names",
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
    this.official = new Map();
    // The first row of a shared domain owns it: Apple before iCloud.
    for (const brand of this.brands) for (const domain of brand.domains) if (!this.official.has(domain)) this.official.set(domain, brand);
    const aliases = this.brands.flatMap((brand) => brand.aliases.map((alias) => pair(alias, brand)));
    this.byWord = byFirst(
      aliases.filter(([alias]) => !isJoined(alias)),
      (alias) => wordList(alias)[0],
      (alias) => alias.length,
    );
    this.hanAliases = aliases.filter(([alias]) => isJoined(alias));
    this.countries = rows(tables, "countries").map(countryOf);
    const named = this.countries.flatMap((country) => country.names.map((name) => pair(name, country.code)));
    this.countryWords = byFirst(
      named.filter(([name]) => !isJoined(name[0] ?? "")),
      (name) => name[0],
      (name) => name.length,
    );
    this.hanCountries = named
      .filter(([name]) => isJoined(name[0] ?? ""))
      .map(([name, code]) => pair(name.join(""), code))
      // The longest first: Pasir Gudang (巴西古当) is not in Brazil (巴西).
      .sort(([one], [other]) => other.length - one.length);
    this.cctlds = new Map(this.countries.map((country) => [country.cctld, country.code]));
    this.stopwords = setsOf(tables.stopwords);
    this.kinds = setsOf(tables.attachment_kinds);
    /** Languages that the text rules can read. */
    this.languages = new Set(strings(tables, "languages"));
    /** Which field of the message a fact needs: by its full name, else by its group. */
    this.fields = pairs(tables.fact_fields);
    /** Hosts and paths that lead on to the address in one of these parameters. @type {Wrapper[]} */
    this.wrappers = rows(tables, "link_wrappers").map(({ host, path, names }) => ({ host, path, names }));
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
    this.mentioned = new Choice(listed(words.mentioned), "(?:^|[^\\p{L}\\p{N}]|\\p{Han})", "$");
    this.papers = new Choice(listed(words.papers), "^ ?");
    this.hanClaim = new Choice(listed(words.han_claims), "", "$");
    this.hanUnits = new Choice(listed(words.han_units), "^");
    this.institution = new Choice(rows(tables, "institutions").map((row) => String(row.re)));
    this.specs = new SpecWords(tables);
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
