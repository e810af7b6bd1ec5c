/**
 * A line of goods and figures taken apart: numbers with their value, words in lower case, single signs.
 * Twin of server/evidence/tokens.py.
 */

/**
 * `text` is a word, a sign, or the digits of a number, whose `value` is null where it may be two things.
 * @typedef {{ text: string, start: number, end: number, isNumber: boolean, value: number | null }} Token
 */

export const MAX_LINE = 300;
const MAX_DIGITS = 15;
const FROM = Array.from("×✕＊″”“′’‘：（），／＝～–—−＋％＠");
const TO = Array.from("***\"\"\"''':(),/=~---+%@");
const SAME = new Map(FROM.map((char, at) => [char, TO[at] ?? char]));
const SPACES = new Set(" \t\xa0\u202f\u3000");

/** @param {string} char */
const isDigit = (char) => char >= "0" && char <= "9";
/** @param {string} char */
const isLatin = (char) => { const low = char.toLowerCase(); return low.length === 1 && low >= "a" && low <= "z"; };

/**
 * The tokens of a line, none where it is longer than 300 places. Linear; a digit ends a word.
 * @param {string} line
 * @returns {Token[]}
 */
export function tokens(line) {
  if (line.length > MAX_LINE) return [];
  const text = Array.from(line, (char) => SAME.get(char) ?? char).join("");
  /** @type {Token[]} */
  const found = [];
  for (let at = 0; at < text.length;) {
    const start = at;
    const char = text.charAt(at++);
    if (SPACES.has(char)) continue;
    if (isDigit(char)) {
      while (at < text.length && (isDigit(text.charAt(at)) || (".,".includes(text.charAt(at)) && isDigit(text.charAt(at + 1))))) at++;
      const digits = text.slice(start, at);
      found.push({ text: digits, start, end: at, isNumber: true, value: valueOf(digits) });
      continue;
    }
    if (isLatin(char)) while (at < text.length && isLatin(text.charAt(at))) at++;
    const word = text.slice(start, at);
    found.push({ text: isLatin(char) ? word.toLowerCase() : word, start, end: at, isNumber: false, value: null });
  }
  return found;
}

/**
 * The value of `1,200.50`, `1.200.000`, `12,5`; null for `1.200`, one or a thousand, for dates and long rows.
 * @param {string} digits
 * @returns {number | null}
 */
export function valueOf(digits) {
  if (digits.length > MAX_DIGITS) return null;
  const commas = digits.split(",").length - 1;
  const dots = digits.split(".").length - 1;
  if (commas + dots === 0) return Number(digits);
  const mark = digits.lastIndexOf(",") > digits.lastIndexOf(".") ? "," : ".";
  const other = mark === "," ? "." : ",";
  const at = digits.lastIndexOf(mark);
  const whole = digits.slice(0, at);
  const rest = digits.slice(at + 1);
  if (commas > 0 && dots > 0) {
    return !whole.includes(mark) && isGrouped(whole, other) ? Number(`${whole.replaceAll(other, "")}.${rest}`) : null;
  }
  if (commas + dots > 1) return isGrouped(digits, mark) ? Number(digits.replaceAll(mark, "")) : null;
  if (rest.length === 3 && whole !== "0") return mark === "," && whole.length <= 3 ? Number(whole + rest) : null;
  return Number(`${whole}.${rest}`);
}

/** @param {string} digits @param {string} mark */
function isGrouped(digits, mark) {
  const [first = "", ...rest] = digits.split(mark);
  return first.length >= 1 && first.length <= 3 && rest.every((group) => group.length === 3);
}
