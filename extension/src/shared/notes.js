/** What the rep knows of a counterpart besides the mail: amount, country, visit, results of checks. Nothing else is taken. */

/** @typedef {import("./types.js").VetContext} VetContext */
/** @typedef {Omit<VetContext, "timezone" | "working_days">} Notes */

const RESULTS = ["found", "not_found", "contradicts"];
const PRODUCTS = ["ordinary", "dual_use", "high_value", "perishable"];
const MOST_CHECKS = 100;

/** @param {unknown} value @param {number} most */
const amount = (value, most) => (typeof value === "number" && value >= 0 && value <= most ? value : undefined);
/** @param {RegExp} form */
const word = (form) => (/** @type {unknown} */ value) => (typeof value === "string" && form.test(value) ? value : undefined);
/** @param {unknown} value */
const flag = (value) => (typeof value === "boolean" ? value : undefined);
const isId = word(/^[a-z0-9_./-]{1,80}$/i);

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
 * Whether nothing is known.
 * @param {Notes | undefined} notes
 */
export function isBlank(notes) {
  return !notes || Object.keys(notes).length === 0;
}
