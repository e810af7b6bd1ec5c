/** Offsets in code points over JavaScript's UTF-16 strings, so that quotes mean the same here and on the server. */

/**
 * @param {string} text
 * @returns {boolean} whether every UTF-16 unit of the text is one code point
 */
export function isFlat(text) {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) return false;
  }
  return true;
}

/**
 * The code points of a text. A lone surrogate counts as one, as in Python.
 * @param {string} text
 * @returns {number[]}
 */
export function codePoints(text) {
  /** @type {number[]} */
  const points = [];
  for (let i = 0; i < text.length; i++) {
    const point = /** @type {number} */ (text.codePointAt(i));
    points.push(point);
    if (point > 0xffff) i++;
  }
  return points;
}

/**
 * @param {string} text
 * @returns {number} length in code points
 */
export function count(text) {
  let points = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if (isPair(text, i)) {
      points--;
      i++;
    }
  }
  return points;
}

/**
 * Translates between code points and UTF-16 units of one text, in both directions.
 */
export class Ruler {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    /** Where each code point starts, in units; null where both counts agree. @type {Uint32Array | null} */
    this.units = isFlat(text) ? null : unitStarts(text);
  }

  /** @returns {number} length in code points */
  get length() {
    return this.units ? this.units.length - 1 : this.text.length;
  }

  /**
   * @param {number} point offset in code points
   * @returns {number} offset in UTF-16 units
   */
  unit(point) {
    if (!this.units) return Math.min(point, this.text.length);
    return this.units[Math.min(point, this.units.length - 1)];
  }

  /**
   * @param {number} unit offset in UTF-16 units
   * @returns {number} offset in code points
   */
  point(unit) {
    if (!this.units) return unit;
    let low = 0;
    let high = this.units.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.units[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * @param {number} start in code points
   * @param {number} [end] in code points
   * @returns {string}
   */
  slice(start, end = this.length) {
    return this.text.slice(this.unit(start), this.unit(end));
  }
}

/**
 * @param {string} text
 * @param {number} index in units
 */
function isPair(text, index) {
  const high = text.charCodeAt(index);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(index + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}

/** @param {string} text */
function unitStarts(text) {
  const starts = new Uint32Array(count(text) + 1);
  let point = 0;
  for (let i = 0; i < text.length; i++) {
    starts[point++] = i;
    if (isPair(text, i)) i++;
  }
  starts[point] = text.length;
  return starts;
}
