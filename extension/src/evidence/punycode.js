/** Punycode as RFC 3492 defines it. The browser decodes it only inside its own address bar. */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;

/**
 * @param {string} text the label without `xn--`, ASCII
 * @returns {string | null} null where it is broken
 */
export function decodePunycode(text) {
  const hyphen = text.lastIndexOf("-");
  const points = Array.from(hyphen < 0 ? "" : text.slice(0, hyphen), (char) => char.charCodeAt(0));
  const digits = text.slice(hyphen + 1);
  let code = 128;
  let place = 0;
  let bias = 72;
  for (let at = 0; at < digits.length;) {
    const before = place;
    const isFirst = at === 0;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(digits.charCodeAt(at++));
      if (digit < 0 || place > 0x7fffffff) return null;
      place += digit * weight;
      const limit = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < limit) break;
      weight *= BASE - limit;
    }
    bias = adapted(place - before, points.length + 1, isFirst);
    code += Math.floor(place / (points.length + 1));
    place %= points.length + 1;
    if (code > 0x10ffff) return null;
    points.splice(place++, 0, code);
  }
  return points.map((point) => String.fromCodePoint(point)).join("");
}

/** @param {number} code */
function digitOf(code) {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  return -1;
}

/**
 * @param {number} delta
 * @param {number} count
 * @param {boolean} isFirst
 */
function adapted(delta, count, isFirst) {
  let rest = isFirst ? Math.floor(delta / DAMP) : Math.floor(delta / 2);
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
