/** What the rep knows of a counterpart besides the mail: amount, country, visit, results of checks. Nothing else is taken. */

/** @typedef {import("./types.js").VetContext} VetContext */
/** @typedef {Omit<VetContext, "timezone" | "working_days">} Notes */

const RESULTS = ["found", "not_found", "contradicts"];
const PRODUCTS = ["ordinary", "dual_use", "high_value", "perishable"];
const MOST_CHECKS = 100;
const MOST_DELAYS = 24;

/** @param {unknown} value @param {number} most */
const amount = (value, most) => (typeof value === "number" && value >= 0 && value <= most ? value : undefined);
/** @param {RegExp} form */
const word = (form) => (/** @type {unknown} */ value) => (typeof value === "string" && form.test(value) ? value : undefined);
/** @param {unknown} value */
const flag = (value) => (typeof value === "boolean" ? value : undefined);
const isId = word(/^[a-z0-9_./-]{1,80}$/i);

/** @param {unknown} value */
function day(value) {
  const text = word(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)(value);
  const at = new Date(`${text}T00:00:00Z`);
  return text && text >= "1990" && at.toJSON()?.startsWith(text) ? text : undefined;
}

/** @param {unknown} value */
function override(value) {
  const { level, reason } = /** @type {{level?: unknown, reason?: unknown}} */ (value && typeof value === "object" ? value : {});
  const text = typeof reason === "string" ? reason.trim().slice(0, 300) : "";
  return [1, 2, 3, 4].includes(Number(level)) && text ? { level: Number(level), reason: text } : undefined;
}

/** @param {unknown} value */
function checks(value) {
  const rows = Object.entries(value && typeof value === "object" && !Array.isArray(value) ? value : {})
    .filter(([id, result]) => isId(id) && RESULTS.includes(String(result))).slice(0, MOST_CHECKS);
  return rows.length ? Object.fromEntries(rows) : undefined;
}

/** @param {unknown} value */
function history(value) {
  const rows = (Array.isArray(value) ? value : []).slice(0, MOST_DELAYS)
    .map((row) => ({ date: day(row?.date), days: amount(row?.days, 36500), balance: amount(row?.balance, 1e12) }))
    .filter(({ date, days }) => date !== undefined && Number.isInteger(days))
    .map(({ date, days, balance }) => ({ date, days, ...(balance === undefined ? {} : { balance }) }));
  return rows.length ? rows : undefined;
}

/** @type {Record<keyof Notes, (value: unknown) => unknown>} */
const TAKEN = {
  order_amount: (value) => amount(value, 1e12),
  currency: word(/^[A-Z]{3}$/),
  country: word(/^[A-Z]{2}$/),
  product_class: (value) => (PRODUCTS.includes(String(value)) ? value : undefined),
  payment_term: isId,
  order_placed: flag,
  visited_us: flag,
  local_influence: flag,
  level_override: override,
  arrears_days: (value) => amount(value, 36500),
  open_balance: (value) => amount(value, 1e12),
  arrears_history: history,
  checks,
  thread_length: () => undefined,
  mailed_by: () => undefined,
  signed_by: () => undefined,
};

/**
 * Only the keys and values that a request may hold.
 * @param {unknown} given
 * @returns {Notes}
 */
export function cleanNotes(given) {
  const held = /** @type {Record<string, unknown>} */ (given && typeof given === "object" ? given : {});
  const rows = Object.entries(TAKEN).map(([name, take]) => [name, take(held[name])]).filter(([, value]) => value !== undefined);
  return Object.fromEntries(rows);
}

/**
 * Notes with a change laid over them: null takes a value away, `checks` are changed one by one.
 * @param {Notes} notes
 * @param {unknown} change
 * @returns {Notes}
 */
export function changedNotes(notes, change) {
  const given = /** @type {Record<string, unknown>} */ (change && typeof change === "object" ? change : {});
  const results = given.checks && typeof given.checks === "object" ? { ...notes.checks, ...given.checks } : notes.checks;
  return cleanNotes({ ...notes, ...given, checks: results });
}

/**
 * The delays that a rep has typed: a line each, as `2026-03-31 12 5000` (day, days overdue, unpaid).
 * @param {string} text
 * @returns {{ rows: NonNullable<Notes["arrears_history"]>, wrong: number }}  `wrong`: the first line that cannot be read, 0 if none
 */
export function delaysIn(text) {
  /** @type {NonNullable<Notes["arrears_history"]>} */
  const rows = [];
  for (const [at, line] of text.split("\n").entries()) {
    const [date = "", days = "", balance = "", ...more] = line.trim().split(/[\s;，、]+/);
    if (date === "") continue;
    const [year = "", month = "", dayOf = ""] = date.split(/[./-]/);
    const row = { date: `${year}-${month.padStart(2, "0")}-${dayOf.padStart(2, "0")}`, days: Number(days || NaN), ...(balance ? { balance: Number(balance.replaceAll(",", "")) } : {}) };
    const [good] = history([row]) ?? [];
    if (!good || more.length || rows.length === MOST_DELAYS || ("balance" in row && good.balance === undefined)) return { rows: [], wrong: at + 1 };
    rows.push(/** @type {typeof rows[number]} */ (good));
  }
  return { rows, wrong: 0 };
}

/**
 * Delays as the rep types them.
 * @param {Notes["arrears_history"]} rows
 */
export function delaysAsText(rows = []) {
  return rows.map(({ date, days, balance }) => [date, days, balance].filter((part) => part !== undefined).join(" ")).join("\n");
}

/**
 * Whether nothing is known.
 * @param {Notes | undefined} notes
 */
export function isBlank(notes) {
  return !notes || Object.keys(notes).length === 0;
}
