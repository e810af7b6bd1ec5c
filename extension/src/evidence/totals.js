/**
 * Sums in a mail that do not add up: quantity times price against a total, listed quantities against their sum.
 * Twin of server/evidence/totals.py.
 */

/** @typedef {import("./tokens.js").Token} Token */
/** @typedef {ReadonlyMap<string, string>} Units */

const TOLERANCE = 0.02;
const MOST = 1e12;
/** `12,500` is 12.5 to some: a thousand times more or less is a way of writing. */
const NOTATIONS = [1, 1000, 0.001];
const TIMES = new Set(["x", "*", "@", "at"]);
const MONEY = new Map(Object.entries({
  usd: "USD", us: "USD", $: "USD", dollars: "USD", eur: "EUR", "€": "EUR", euro: "EUR", euros: "EUR",
  gbp: "GBP", "£": "GBP", cny: "CNY", rmb: "CNY", "¥": "CNY", yuan: "CNY", 元: "CNY",
}));
const TOTAL = new Set(["total", "=", ":", ",", "amount", "is", "value", "price", "sum", "of", "合", "总", "共", "计", "价", "额"]);
const NAMES_TOTAL = new Set(["=", "total", "合", "总", "共"]);
const SPOILS = new Set([
  "+", "-", "%", "/", "*", "x", "k", "m", "million", "thousand", "万", "incl", "including", "inclusive", "with", "plus", "net",
  "less", "after", "minus", "discount", "deposit", "含", "优", "加",
]);
const SUM_WORDS = new Set(["total", "totally", "sum", "合", "总", "共", "grand"]);
const TOTAL_WORDS = new Set([":", "=", ",", "qty", "quantity", "is", "of", "计", "数", "量", "-"]);
const PER = new Set(["/", "per", "each", "x", "*", "a", "@", "每", "-", "~", "to"]);
const RATE = new Set(["/", "per", "each"]);

/** @param {readonly Token[]} line @param {number} at @returns {string} the token there, "" outside the line */
export const textAt = (line, at) => line[at]?.text ?? "";

/**
 * A number as short as it can be, three decimals at most: `6250`, `12.5`.
 * @param {number} value
 */
export function shown(value) {
  const thousandths = Math.floor(value * 1000 + 0.5);
  const rest = String(thousandths % 1000).padStart(3, "0").replace(/0{1,3}$/, "");
  const whole = String(Math.floor(thousandths / 1000));
  return rest ? `${whole}.${rest}` : whole;
}

/** @param {number[]} values @returns {number} their sum, added one by one */
export const totalOf = (values) => values.reduce((total, value) => total + value, 0);

/**
 * What is wrong in `500 pcs x USD 12.50 = USD 7,250`: words, first and last token. One such sum a line.
 * @param {readonly Token[]} line
 * @param {Units} units
 * @returns {[string, number, number][]}
 */
export function products(line, units) {
  const found = line.map((_, at) => product(line, at, units)).filter((row) => row !== null);
  return found.length === 1 ? found : [];
}

/** @param {readonly Token[]} line @param {number} at @param {Units} units @returns {[string, number, number] | null} */
function product(line, at, units) {
  const first = line[at];
  if (!first?.isNumber || SPOILS.has(textAt(line, at - 1)) || line[at - 1]?.isNumber) return null;
  const counted = units.get(textAt(line, at + 1)) ?? "";
  let here = counted ? at + 2 : at + 1;
  if (!TIMES.has(textAt(line, here))) return null;
  const price = sumAt(line, here + 1);
  if (price.number === null) return null;
  here = price.end;
  if (RATE.has(textAt(line, here)) || units.has(textAt(line, here))) {
    if (RATE.has(textAt(line, here))) here++;
    const unit = units.get(textAt(line, here)) ?? "";
    if (counted && unit && unit !== counted) return null;
    if (unit) here++;
  }
  let isNamed = false;
  for (; TOTAL.has(textAt(line, here)); here++) isNamed ||= NAMES_TOTAL.has(textAt(line, here));
  if (!isNamed) return null;
  const total = sumAt(line, here);
  const isOther = price.money && total.money && price.money !== total.money;
  if (total.number === null || SPOILS.has(textAt(line, total.end)) || isOther || !(price.money || total.money)) return null;
  const [count, each, stated] = [first.value, price.number.value, total.number.value];
  if (count === null || each === null || !stated) return null;
  const whole = count * each;
  if (!(whole > 0 && whole < MOST) || NOTATIONS.some((factor) => isNear(whole * factor, stated))) return null;
  return [`${shown(count)} x ${shown(each)} = ${shown(whole)} ≠ ${shown(stated)}`, at, total.end - 1];
}

/**
 * A number with or without its currency on either side, where it ends, and the currency.
 * @param {readonly Token[]} line
 * @param {number} at
 * @returns {{ number: Token | null, end: number, money: string }}
 */
function sumAt(line, at) {
  let money = "";
  const skip = () => {
    for (let code = MONEY.get(textAt(line, at)); code !== undefined; code = MONEY.get(textAt(line, at))) {
      money = code;
      at++;
    }
  };
  skip();
  const number = line[at];
  if (!number?.isNumber) return { number: null, end: at, money: "" };
  at++;
  skip();
  return { number, end: at, money };
}

/**
 * Lines that state the sum of the quantities listed right above, where it is another one: words and the line.
 * @param {[number, Token[]][]} lines
 * @param {Units} units
 * @returns {[string, [number, Token[]]][]}
 */
export function listedTotals(lines, units) {
  /** @type {[string, [number, Token[]]][]} */
  const found = [];
  for (const [at, row] of lines.entries()) {
    const stated = quantity(row[1], units);
    if (stated === null || !SUM_WORDS.has(textAt(row[1], 0)) || !isPlainTotal(row[1])) continue;
    /** @type {number[]} */
    const parts = [];
    let above = at - 1;
    for (; above >= 0; above--) {
      const part = quantity(lines[above]?.[1] ?? [], units);
      if (part === null || part[1] !== stated[1]) break;
      parts.push(part[0]);
    }
    if (parts.length < 2 || (above >= 0 && lines[above]?.[1].some((token) => token.isNumber))) continue;
    const whole = totalOf(parts);
    if (whole >= MOST || isNear(whole, stated[0])) continue;
    const text = parts.slice(-6).reverse().map(shown).join(" + ");
    found.push([`${text} = ${shown(whole)} ≠ ${shown(stated[0])} ${stated[1]}`, row]);
  }
  return found;
}

/** `Total quantity: 500 pcs`, and not `Total of the contract 500 pcs`. @param {Token[]} line */
function isPlainTotal(line) {
  const end = line.findIndex((token) => token.isNumber);
  return line.slice(0, end < 0 ? line.length : end).every(({ text }) => SUM_WORDS.has(text) || TOTAL_WORDS.has(text));
}

/** @param {number} one @param {number} other */
const isNear = (one, other) => Math.abs(one - other) <= TOLERANCE * Math.max(one, other);

/**
 * The only quantity of a line with its unit; null where there is none, several, or a rate.
 * @param {Token[]} line
 * @param {Units} units
 * @returns {[number, string] | null}
 */
function quantity(line, units) {
  const there = line.flatMap((token, at) => (token.isNumber && units.has(textAt(line, at + 1)) ? [at] : []));
  const at = there[0];
  if (there.length !== 1 || at === undefined) return null;
  const value = line[at]?.value ?? null;
  if (value === null || PER.has(textAt(line, at - 1)) || PER.has(textAt(line, at + 2))) return null;
  return [value, units.get(textAt(line, at + 1)) ?? ""];
}
