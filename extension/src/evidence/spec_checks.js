/**
 * What certainly contradicts itself in one line of figures: standards, the load of a container, light, fabrics.
 * A line counts only where nothing in it could mean something else: a list, a range or a second figure ends the check.
 * Twin of server/evidence/spec_checks.py.
 */

import { products, shown, textAt, totalOf } from "./totals.js";

/** @typedef {import("./tokens.js").Token} Token */
/** @typedef {import("./spec_words.js").SpecWords} SpecWords */
/**
 * Two figures that cannot both be right, as `DN50 ≠ 4"`, and where they stand in the line.
 * @typedef {{ words: string, start: number, end: number }} Clash
 */
/** @typedef {(line: readonly Token[], words: SpecWords) => Clash[]} Check */

const RANGE = new Set(["-", "/", "~", "to", "x", "*", "、", "至", "到", "through"]);
const INCH = new Set(['"', "inch", "inches"]);
const LINKS = new Set([
  "in", "into", "inside", "one", "a", "an", "per", "each", "every", "x", "*", "(", ")", "=", ":", "/", "fcl", "of", "with",
  "container", "containers", "loaded", "load", "loading", "net", "weight", "gross", "holds", "装", "一", "个", "每", "在", "到",
  "重", "共", "货", "柜", "箱", "集",
]);
const FEET = new Set(["'", "ft", "feet", "foot", "gp", "hq", "hc", "fcl", "dc", "dv", "尺", "英", "footer"]);
const TONNES = new Map(Object.entries({ t: 1, mt: 1, mts: 1, ton: 1, tons: 1, tonne: 1, tonnes: 1, 吨: 1, kg: 0.001, kgs: 0.001 }));
/** More is `28,500` written for 28.5. */
const MOST_TONNES = 1000;
const ONE = new Set(["one", "a", "per", "each", "every", "一", "个", "每", "single"]);
const POUNDS = new Set(["lb", "lbs", "#"]);
const WATTS = new Set(["w", "watt", "watts", "瓦"]);
const LIGHT = new Set(["lm", "lumen", "lumens", "流"]);
const STOPS = new Set([...RANGE, "per", "each", "+"]);
const PAIRED = new Set(["(", "/", "="]);
const MIXED = new Set(["/", "+", "and", "&"]);

/** DN beside inches of one item that are more than one size apart, as `DN50 (4")`. @type {Check} */
function sizes(line, words) {
  // Marks of a quotation are no inches.
  if (line.some((token, at) => token.text === '"' && !line[at - 1]?.isNumber)) return [];
  return line.slice(0, -2).flatMap((token, at) => {
    const found = token.text === "dn" && line[at + 1]?.isNumber ? afterDn(line, at) : beforeDn(line, at);
    if (found === null) return [];
    const { dn, width, end } = found;
    if (end === 0 || !dn?.isNumber || line[at - 1]?.isNumber) return [];
    const [before, after] = [textAt(line, at - 1), textAt(line, end)];
    // A range, or in a row of pairs the one half of another pair.
    if (RANGE.has(before) || INCH.has(before) || RANGE.has(after) || after === "dn") return [];
    const [one, other] = [words.sizes.get(dn.value ?? 0), words.inches.get(width)];
    if (one === undefined || other === undefined || Math.abs(one - other) <= 1) return [];
    return [{ words: `DN${dn.text} ≠ ${shown(width)}"`, start: token.start, end: line[end - 1]?.end ?? token.end }];
  });
}

/** @param {readonly Token[]} line @param {number} at */
function afterDn(line, at) {
  const [width, end] = inches(line, afterLink(line, at + 2, PAIRED));
  return { dn: line[at + 1], width, end };
}

/** @param {readonly Token[]} line @param {number} at */
function beforeDn(line, at) {
  const [width, end] = inches(line, at);
  const mid = afterLink(line, end, PAIRED);
  return end > 0 && textAt(line, mid) === "dn" ? { dn: line[Math.min(mid + 1, line.length - 1)], width, end: mid + 2 } : null;
}

/** PN beside a pressure class of one item that are far apart, as `PN16/Class 900`. @type {Check} */
function ratings(line, words) {
  return line.slice(0, -3).flatMap((token, at) => {
    const pn = line[at + 1];
    if (token.text !== "pn" || !pn?.isNumber || RANGE.has(textAt(line, at - 1))) return [];
    const mid = afterLink(line, at + 2, PAIRED);
    const isClass = textAt(line, mid) === "class" && mid + 1 < line.length;
    if (!isClass && !POUNDS.has(textAt(line, mid + 1))) return [];
    const rated = line[isClass ? mid + 1 : mid];
    const span = words.classes.get(rated?.value ?? 0);
    if (rated === undefined || span === undefined || pn.value === null || RANGE.has(textAt(line, mid + 2))) return [];
    if (span[0] <= pn.value && pn.value <= span[1]) return [];
    return [{ words: `PN${pn.text} ≠ Class ${rated.text}`, start: token.start, end: line[mid + 1]?.end ?? token.end }];
  });
}

/** More tonnes in a container than any of its length carries, as `40 t in one 20' container`. @type {Check} */
function loads(line, words) {
  const boxes = line.flatMap((token, at) => (token.value !== null && words.containers.has(token.value) && FEET.has(textAt(line, at + 1)) ? [at] : []));
  const weights = line.flatMap((token, at) => (token.isNumber && TONNES.has(textAt(line, at + 1)) ? [at] : []));
  const [box, weight] = [boxes[0], weights[0]];
  if (boxes.length !== 1 || weights.length !== 1 || box === undefined || weight === undefined) return [];
  const [first, last] = [Math.min(box, weight), Math.max(box, weight)];
  const count = countOf(line, box);
  if (last - first - 2 > 8 || count === null || !line.slice(first + 2, last).every(isLink)) return [];
  if (RANGE.has(textAt(line, weight - 1)) || RANGE.has(textAt(line, weight + 2))) return [];
  const tonnes = (line[weight]?.value ?? 0) * (TONNES.get(textAt(line, weight + 1)) ?? 0);
  const most = words.containers.get(line[box]?.value ?? 0) ?? Infinity;
  if (!(most * count < tonnes && tonnes < MOST_TONNES * count)) return [];
  return [{ words: `${shown(tonnes)} t ≠ ${shown(count)} x ${textAt(line, box)}'`, start: line[first]?.start ?? 0, end: line[last + 1]?.end ?? 0 }];
}

/** More light than the watts can give, as `5000 lm` beside `12 W`, where the line has one of each. @type {Check} */
function lumens(line, words) {
  const [watts, light] = [lone(line, WATTS), lone(line, LIGHT)];
  if (!watts?.value || !light?.value || light.value <= words.lumens * watts.value) return [];
  const [first, last] = watts.start < light.start ? [watts, light] : [light, watts];
  return [{ words: `${light.text} lm ≠ ${watts.text} W`, start: first.start, end: last.end }];
}

/** Parts of one fabric that are more than the whole, as `65% cotton 45% polyester`. @type {Check} */
function fibres(line, words) {
  /** @type {Clash[]} */
  const found = [];
  for (let at = 0; at < line.length;) {
    const first = at;
    /** @type {Part[]} */
    const run = [];
    for (let one = part(line, at, words); one !== null; one = part(line, at, words)) {
      run.push(one);
      at = afterLink(line, one.end, MIXED);
    }
    at = Math.max(at, first + 1);
    const shares = run.map(({ share }) => share);
    const total = totalOf(shares);
    const isOneFabric = run.length > 1 && new Set(run.map(({ fibre }) => fibre)).size === run.length;
    if (!isOneFabric || total <= 101 || shares.some((share) => share >= 100) || hasWhole(shares)) continue;
    const text = shares.map((share) => `${shown(share)}%`).join(" + ");
    found.push({ words: `${text} = ${shown(total)}% ≠ 100%`, start: line[first]?.start ?? 0, end: line[(run.at(-1)?.end ?? 1) - 1]?.end ?? 0 });
  }
  return found;
}

/** @type {Check[]} */
export const CHECKS = [
  sizes, ratings, loads, lumens, fibres,
  (line, words) => products(line, words.units).map(([text, first, last]) => ({ words: text, start: line[first]?.start ?? 0, end: line[last]?.end ?? 0 })),
];

/** @param {readonly Token[]} line @param {number} at @param {ReadonlySet<string>} links */
const afterLink = (line, at, links) => (links.has(textAt(line, at)) ? at + 1 : at);

/**
 * The inches from a place on and where they end, as `2"`, `1/2"`, `1 1/2 inch`; [0, 0] if there are none.
 * @param {readonly Token[]} line
 * @param {number} at
 * @returns {[number, number]}
 */
function inches(line, at) {
  const first = line[at];
  if (!first?.isNumber || first.value === null) return [0, 0];
  let value = first.value;
  let end = at + 1;
  if (textAt(line, end) === "/" && line[end + 1]?.value) {
    value /= line[end + 1]?.value ?? 1;
    end += 2;
  } else {
    const start = textAt(line, end) === "-" ? end + 1 : end;
    const [over, under] = [line[start]?.value, line[start + 2]?.value];
    if (textAt(line, start + 1) === "/" && over && under) {
      value += over / under;
      end = start + 3;
    }
  }
  if (INCH.has(textAt(line, end))) return [value, end + 1];
  return textAt(line, end) === "英" && textAt(line, end + 1) === "寸" ? [value, end + 2] : [0, 0];
}

/** How many containers `2 x 20'`, `one 20'` are; null where nothing says it. @param {readonly Token[]} line @param {number} box */
function countOf(line, box) {
  const before = textAt(line, box - 1);
  if ((before === "x" || before === "*") && box >= 2) return line[box - 2]?.value ?? null;
  return ONE.has(before) ? 1 : null;
}

/** @param {Token} token */
const isLink = (token) => token.isNumber || LINKS.has(token.text) || FEET.has(token.text);

/**
 * The number of the only figure with this unit, where it is no range, product or rate; null otherwise.
 * @param {readonly Token[]} line
 * @param {ReadonlySet<string>} units
 * @returns {Token | null}
 */
function lone(line, units) {
  const there = line.slice(0, -1).flatMap((_, at) => (units.has(textAt(line, at + 1)) ? [at] : []));
  const at = there[0];
  const token = at === undefined ? undefined : line[at];
  if (there.length !== 1 || at === undefined || !token?.isNumber) return null;
  const after = textAt(line, at + 1) === "流" ? at + 3 : at + 2;
  return STOPS.has(textAt(line, at - 1)) || STOPS.has(textAt(line, after)) ? null : token;
}

/** @typedef {{ share: number, fibre: string, end: number }} Part */

/** A share of a fabric from a place on. @param {readonly Token[]} line @param {number} at @param {SpecWords} words @returns {Part | null} */
function part(line, at, words) {
  const [first, named] = [line[at], line[at + 2]];
  if (!first?.isNumber || first.value === null || textAt(line, at + 1) !== "%" || named === undefined) return null;
  const rest = named.text > "\x7f" ? line.slice(at + 2, at + 5).map(({ text }) => text).join("") : "";
  for (const fibre of words.fibres) {
    if (named.text === fibre) return { share: first.value, fibre, end: at + 3 };
    if (rest && rest.startsWith(fibre)) return { share: first.value, fibre, end: at + 2 + fibre.length };
  }
  return null;
}

/** The first of the shares are a whole fabric, the rest belong to another one. @param {number[]} shares */
function hasWhole(shares) {
  let total = 0;
  return shares.some((share) => {
    total += share;
    return total >= 99 && total <= 101;
  });
}
