/** In which order reasons are read, and what those are called that only say how sure others are. */

/** @typedef {import("./types.js").Reason} Reason */

/** Rules that weigh the sentences of other reasons once more: alone their names say nothing of the mail. */
const REPEATS = new Set(["combo_sure_move", "combo_two_moves", "combo_move_and_tenor"]);

/** A second one of them stands behind all that has something to say by itself. */
const BELOW_MEDIUM = 11;

/** Trust stands behind everything else. */
const TRUST = -1000;

/** So much of a sentence must be the same: the server cuts long ones. */
const LEAST = 60;

/**
 * Reasons that speak against the sender, heaviest first; information and trust follow, its heaviest first too. Of equal ones those come first
 * that say where the money is to go, then one of each group, then those with words of the mail that no other has shown
 * yet; what is put together from others stands behind them.
 * @param {readonly Reason[]} given
 * @returns {Reason[]}
 */
export function inOrder(given) {
  const repeating = given.find(({ id }) => REPEATS.has(id));
  const named = given.map((reason) => (reason === repeating ? { ...reason, title: nameOf(reason, given) } : reason));
  const again = named.filter(({ id }) => REPEATS.has(id)).slice(1);
  /** @param {Reason} reason */
  const weightOf = (reason) => (again.includes(reason) ? Math.min(reason.points, BELOW_MEDIUM) : reason.points < 0 ? TRUST - reason.points : reason.points);
  const rows = named.map((reason) => ({ reason, weight: weightOf(reason), rank: REPEATS.has(reason.id) ? 2 : reason.group === "thread" ? 0 : 1 }))
    .sort((a, b) => b.weight - a.weight || a.rank - b.rank);
  /** @type {Reason[]} */
  const ordered = [];
  while (rows.length) {
    const equal = rows.splice(0, rows.filter(({ weight }) => weight === rows[0].weight).length).map(({ reason }) => reason);
    const late = equal.filter((reason, at) => reason.group === "combo" || repeats(reason, [...ordered, ...equal.slice(0, at)]));
    const early = equal.filter((reason) => !late.includes(reason));
    const first = early.filter(({ group }, at) => early.findIndex((other) => other.group === group) === at);
    ordered.push(...first, ...early.filter((reason) => !first.includes(reason)), ...late);
  }
  return ordered;
}

/** Whether a reason shows only words of the mail that earlier ones have shown. @param {Reason} reason @param {readonly Reason[]} before */
const repeats = ({ quotes = [] }, before) => quotes.length > 0 && quotes.every(({ text }) => wasShown(text, before));

/** @param {string} text  of a quote @param {readonly Reason[]} before */
export function wasShown(text, before) {
  return before.some(({ quotes = [] }) => quotes.some((quote) => quote.text.includes(text) || text.startsWith(quote.text)));
}

/**
 * With the names of the reasons that it repeats; its own alone if they are not among them.
 * @param {Reason} reason @param {readonly Reason[]} all
 */
function nameOf({ title, quotes = [] }, all) {
  const names = all.filter(({ group, quotes: theirs = [] }) => group === "meaning" && theirs.some(({ text }) => quotes.some((quote) => same(quote.text, text))))
    .map((reason) => reason.title);
  const chinese = /[\u4e00-\u9fff]/.test(title);
  return names.length ? `${title}${chinese ? "：" : ": "}${names.join(chinese ? "；" : "; ")}` : title;
}

/** @param {string} one @param {string} other */
const same = (one, other) => one.slice(0, LEAST) === other.slice(0, LEAST);
