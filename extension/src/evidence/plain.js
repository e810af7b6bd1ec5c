/**
 * Plain string reading shared by the extractors: lines, words, case and accents, always with offsets that stay true.
 * Everything here has a twin in server/evidence/plain.py; both must give the same answer for the same text.
 */

/** @typedef {[number, number]} Span half-open range of places */

/** What counts as white space around a word. Written out because Python's strip() and JavaScript's trim() differ. */
export const WHITE =
  " \t\n\r\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d" +
  "\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u3000\ufeff";

const WHITE_CHARS = new Set(WHITE);
const LINE_ENDS = new Set("\n\r\x0b\x0c\x85\u2028\u2029");
const WORD = /(?:(?![\u3400-\u9fff\uf900-\ufaff])[\p{L}\p{N}])+|[\u3400-\u9fff\uf900-\ufaff]+/gu;
const HAN = /[\u3400-\u9fff\uf900-\ufaff]/;
const MARKS = /\p{M}+/gu;

/**
 * @param {string} text
 * @param {ReadonlySet<string>} [chars] white space and invisible marks
 * @returns {string} the text without these characters around it
 */
export function trim(text, chars = WHITE_CHARS) {
  let start = 0;
  let end = text.length;
  while (start < end && chars.has(text.charAt(start))) start++;
  while (end > start && chars.has(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * @param {string} text
 * @param {ReadonlySet<string>} chars
 * @returns {string} the text without these characters at its end
 */
export function rstrip(text, chars) {
  let end = text.length;
  while (end > 0 && chars.has(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** ASCII digits, for `rstrip`. */
export const DIGITS = new Set("0123456789");

/** What Python's strip() takes away. */
const STRIPPED = new Set(
  "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009" +
    "\u200a\u2028\u2029\u202f\u205f\u3000",
);

/**
 * @param {string} text
 * @returns {string} as Python's strip() leaves it
 */
export function strip(text) {
  return trim(text, STRIPPED);
}

/** @param {string} text @returns {string[]} the pieces between white space, as Python's split() gives them */
export function pieces(text) {
  /** @type {string[]} */
  const found = [];
  let piece = "";
  for (const char of text) {
    if (!STRIPPED.has(char)) piece += char;
    else if (piece !== "") {
      found.push(piece);
      piece = "";
    }
  }
  return piece === "" ? found : [...found, piece];
}

/**
 * The lines of a stretch of the text, without their line ends.
 * @param {string} text
 * @param {number} [start]
 * @param {number} [stop]
 * @returns {Span[]}
 */
export function lines(text, start = 0, stop = text.length) {
  /** @type {Span[]} */
  const found = [];
  let at = start;
  for (let i = start; i < stop; i++) {
    if (!LINE_ENDS.has(text.charAt(i))) continue;
    found.push([at, i]);
    if (text[i] === "\r" && text[i + 1] === "\n" && i + 1 < stop) i++;
    at = i + 1;
  }
  found.push([at, stop]);
  return found;
}

/**
 * @param {string} text
 * @returns {string} lower case with every white-space character as a space, exactly as long as the text
 */
export function fold(text) {
  let lower = text.toLowerCase();
  if (lower.length !== text.length) {
    lower = Array.from(text, (char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char)).join(
      "",
    );
  }
  let out = "";
  for (const char of lower) out += WHITE_CHARS.has(char) ? " " : char;
  return out;
}

/**
 * @param {string} text
 * @returns {{ text: string, start: number, end: number }[]} runs of letters and digits (L and N), Chinese ones apart
 */
export function words(text) {
  return Array.from(text.matchAll(WORD), (match) => {
    return { text: match[0], start: match.index, end: match.index + match[0].length };
  });
}

/**
 * @param {string} text
 * @returns {string[]} the words alone
 */
export function wordList(text) {
  return text.match(WORD) ?? [];
}

/**
 * @param {string} text
 * @returns {string} lower case without accents: `Hidráulica` as `hidraulica`; for comparing, never for offsets
 */
export function bare(text) {
  return text.slice(0, 1000).toLowerCase().normalize("NFD").replace(MARKS, "");
}

/**
 * @param {string} text
 * @returns {string} its letters and digits, lower case, without accents: for comparing names with domains
 */
export function lettersOnly(text) {
  return wordList(bare(text)).join("");
}

const LETTERS = /^\p{L}+$/u;
const LETTER_OR_NUMBER = /^[\p{L}\p{N}]+$/u;
const DECIMAL = /^[\p{Nd}\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490]+$/u;

/** @param {string} text @returns {boolean} letters only, at least one */
export function isAlpha(text) {
  return LETTERS.test(text);
}

/** @param {string} text @returns {boolean} letters and numbers only, at least one */
export function isAlnum(text) {
  return LETTER_OR_NUMBER.test(text);
}

/** @param {string} text @returns {boolean} digits of any script only, at least one */
export function isDigit(text) {
  return DECIMAL.test(text);
}

/**
 * @param {string} char
 * @returns {boolean} whether it is a Chinese character
 */
export function isHan(char) {
  return (char >= "\u3400" && char <= "\u9fff") || (char >= "\uf900" && char <= "\ufaff");
}

/**
 * @param {string} text
 * @returns {boolean} whether a Chinese character stands in it
 */
export function hasHan(text) {
  return HAN.test(text);
}

/**
 * @param {Span[]} spans
 * @param {number} at
 * @returns {boolean} whether a place lies in one of the spans
 */
export function inside(spans, at) {
  return spans.some(([start, end]) => start <= at && at < end);
}

/**
 * The spans cut to their first `head` and last `tail` places: the most that text rules ever read.
 * @param {Span[]} spans
 * @param {number} [head]
 * @param {number} [tail]
 * @returns {Span[]}
 */
export function headAndTail(spans, head = 32_768, tail = 16_384) {
  const total = spans.reduce((sum, [start, end]) => sum + end - start, 0);
  if (total <= head + tail) return spans;
  /** @type {Span[]} */
  const kept = [];
  let passed = 0;
  for (const [start, end] of spans) {
    const length = end - start;
    for (const [low, high] of /** @type {Span[]} */ ([
      [0, head],
      [total - tail, total],
    ])) {
      const first = Math.max(low - passed, 0);
      const last = Math.min(high - passed, length);
      if (first < last) kept.push([start + first, start + last]);
    }
    passed += length;
  }
  return kept;
}

/**
 * The spans without those taken away. Both are sorted and free of overlap; so is the result.
 * @param {Span[]} spans
 * @param {Span[]} taken
 * @returns {Span[]}
 */
export function subtract(spans, taken) {
  /** @type {Span[]} */
  const left = [];
  let index = 0;
  for (const [start, end] of spans) {
    let at = start;
    while (index < taken.length && endOf(taken, index) <= at) index++;
    for (let ahead = index; ahead < taken.length; ahead++) {
      const [from, to] = /** @type {Span} */ (taken[ahead]);
      if (from >= end) break;
      if (from > at) left.push([at, from]);
      at = Math.max(at, to);
    }
    if (at < end) left.push([at, end]);
  }
  return left;
}

/**
 * @param {Span[]} spans
 * @param {number} index
 */
function endOf(spans, index) {
  return spans[index]?.[1] ?? Infinity;
}
