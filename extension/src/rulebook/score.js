/** The score: reasons, then the steps that change their sum, each as a row. Twin of server/judging/score.py. */

/** @typedef {import("../shared/types.js").Adjustment} Adjustment */
/** @typedef {import("../shared/types.js").Lang} Lang */
/** @typedef {import("../shared/types.js").Text} Text */
/** @typedef {import("./signals.js").Fired} Fired */
/** @typedef {{ id: string, when: string, cap: number, text: Text, tag?: string, group?: string, given?: string }} Guard */

/**
 * @typedef {object} Levels levels.yaml: every number of the judgement
 * @property {Record<string, number>} weights
 * @property {number} trust_cap
 * @property {number} decisive_floor
 * @property {string[]} trust_void_tags
 * @property {string[]} trust_void_when
 * @property {{ caution: number, high: number, critical: number }} thresholds
 * @property {number} min_chars
 * @property {Guard[]} guards
 * @property {Record<string, Text>} rows
 */

/** @typedef {Record<string, { ceiling: number, title: Text }>} Groups */
/**
 * What the score needs to know beside the rules that fired. `guards`: those whose `given` holds, or that have none.
 * @typedef {{ knownCounterpart: boolean, trustVoid: boolean, guards: Set<string> }} Situation
 */

/** By itself it never passes caution, so beside wording it counts as a weak sign. */
const TWO_FREEMAILS = "two_freemails";
const WORDING_FACTS = ["content.", "mail."];
const EDGE = new Set(" .!?。！？\n");
const INNER_END = /[!?。！？；;\n]|\.(?=[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])/;

class Tally {
  /** @param {number} total */
  constructor(total) {
    this.total = total;
    /** @type {Adjustment[]} */
    this.rows = [];
  }

  /**
   * Changes the sum by a row; nothing happens for 0.
   * @param {number} points
   * @param {string} why
   */
  add(points, why) {
    if (points === 0) return;
    this.total += points;
    this.rows.push({ why, points });
  }
}

/**
 * Sum, ceilings, trust, guards, floor, clamp.
 * @param {Fired[]} fired
 * @param {Levels} levels
 * @param {Groups} groups
 * @param {Situation} situation
 * @param {Lang} lang
 * @returns {{ value: number, adjustments: Adjustment[] }} adjustments and the reasons' points add up to the value
 */
export function score(fired, levels, groups, situation, lang) {
  const tally = new Tally(fired.reduce((sum, { rule }) => sum + rule.points, 0));
  const row = (/** @type {string} */ name) => levels.rows[name]?.[lang] ?? name;
  const sums = ceilings(fired, groups, tally, row("ceiling"), lang);
  trust(fired, levels, situation, tally, row);
  const limit = guards(fired, levels, situation, sums, tally, lang);
  const floor = Math.min(levels.decisive_floor, limit);
  if (fired.some(({ rule }) => rule.weight === "decisive") && tally.total < floor) {
    tally.add(floor - tally.total, row("floor").replace("{floor}", String(floor)));
  }
  tally.add(Math.max(0, Math.min(100, tally.total)) - tally.total, row("clamp"));
  return { value: tally.total, adjustments: tally.rows };
}

/**
 * Cuts each group to its ceiling.
 * @param {Fired[]} fired
 * @param {Groups} groups
 * @param {Tally} tally
 * @param {string} text
 * @param {Lang} lang
 * @returns {Map<string, number>} what is left of every group
 */
function ceilings(fired, groups, tally, text, lang) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const { rule } of fired) if (rule.points > 0) sums.set(rule.group, (sums.get(rule.group) ?? 0) + rule.points);
  for (const [name, points] of sums) {
    const group = groups[name];
    if (!group || points <= group.ceiling) continue;
    tally.add(
      group.ceiling - points,
      text.replace("{group}", () => group.title[lang]),
    );
    sums.set(name, group.ceiling);
  }
  return sums;
}

/**
 * Gives trust back where it is void or above its cap.
 * @param {Fired[]} fired
 * @param {Levels} levels
 * @param {Situation} situation
 * @param {Tally} tally
 * @param {(name: string) => string} row
 */
function trust(fired, levels, situation, tally, row) {
  const credit = fired.reduce((sum, { rule }) => sum - Math.min(0, rule.points), 0);
  const isVoid = fired.some(({ rule }) => {
    return rule.weight === "decisive" || rule.tags.some((tag) => levels.trust_void_tags.includes(tag));
  });
  if (situation.trustVoid || isVoid) tally.add(credit, row("trust_void"));
  else if (credit > levels.trust_cap) {
    tally.add(credit - levels.trust_cap, row("trust_cap").replace("{cap}", String(levels.trust_cap)));
  }
}

/**
 * @param {Fired[]} fired
 * @param {Levels} levels
 * @param {Situation} situation
 * @param {Map<string, number>} sums
 * @param {Tally} tally
 * @param {Lang} lang
 * @returns {number} the lowest cap on the whole score that holds: the floor may not lift above it
 */
function guards(fired, levels, situation, sums, tally, lang) {
  let limit = 100;
  const doubts = fired.filter(({ rule }) => rule.points > 0);
  for (const guard of levels.guards) {
    if (!situation.guards.has(guard.id)) continue;
    if (guard.when === "known_counterpart") {
      if (!situation.knownCounterpart || touchesIdentity(fired)) continue;
      tally.add(Math.min(0, guard.cap - (sums.get(guard.group ?? "") ?? 0)), guard.text[lang]);
    } else if (doubts.length > 0 && holds(guard, doubts, levels.weights)) {
      limit = Math.min(limit, guard.cap);
      tally.add(Math.min(0, guard.cap - tally.total), guard.text[lang]);
    }
  }
  return limit;
}

/** @param {Guard} guard @param {Fired[]} doubts @param {Record<string, number>} weights */
function holds(guard, doubts, weights) {
  if (guard.when === "only_tag") return doubts.every(({ rule }) => rule.tags.includes(guard.tag ?? ""));
  if (guard.when === "only_strong_tag") {
    const carries = (/** @type {Fired} */ { rule }) => rule.tags.includes(guard.tag ?? "");
    return doubts.some(carries) && heavyOf(doubts, weights.strong ?? 0).every(carries);
  }
  if (guard.when === "only_weak_beside_wording") {
    const heavy = heavyOf(doubts, weights.medium ?? 0).filter(({ rule }) => !rule.tags.includes(TWO_FREEMAILS));
    const carries = (/** @type {Fired} */ one) => carriesTag(one, guard.tag ?? "", weights.medium ?? 0);
    return heavy.length > 0 && heavy.every((one) => isWording(one) || carries(one));
  }
  return doubts.every(isWording) && !doubts.some(decidesByText);
}

/** @param {Fired[]} doubts @param {number} least */
function heavyOf(doubts, least) {
  return doubts.filter(({ rule }) => rule.points >= least || rule.group === "combo");
}

/**
 * The rule has the tag; of a combo all that fired but weak signs and two freemails have it.
 * @param {Fired} one
 * @param {string} tag
 * @param {number} least
 */
function carriesTag({ rule, parts }, tag, least) {
  if (rule.group !== "combo") return rule.tags.includes(tag);
  const heavy = parts.filter((part) => part.points >= least && !part.tags.includes(TWO_FREEMAILS));
  return heavy.length > 0 && heavy.every((part) => part.tags.includes(tag));
}

/** @param {Fired[]} fired */
function touchesIdentity(fired) {
  return fired.some(({ rule }) => rule.tags.includes("identity_hit") || rule.tags.includes("thread_hit"));
}

/**
 * A content rule, one marked as prose, or a combination that rests on content rules and facts of the text alone.
 * @param {Fired} one
 */
function isWording({ rule, parts }) {
  if (rule.group === "content" || rule.tags.includes("prose")) return true;
  if (rule.group !== "combo") return false;
  if (!parts.every((part) => part.group === "content" || part.tags.includes("prose"))) return false;
  return rule.facts.every((fact) => WORDING_FACTS.some((start) => fact.startsWith(start)));
}

/**
 * A rule that may decide by wording, shown by two sentences or parts of the mail.
 * @param {Fired} one
 */
function decidesByText({ rule, quotes }) {
  if (!rule.tags.includes("decisive_text")) return false;
  const places = new Set(quotes.map((quote) => `${quote.part} ${quote.sentence ?? 0}`));
  return places.size > 1 || quotes.some((quote) => INNER_END.test(withoutEdge(quote.text)));
}

/** @param {string} text */
function withoutEdge(text) {
  let end = text.length;
  while (end > 0 && EDGE.has(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
