/**
 * Words without which a pattern cannot match. One automaton over a thousand patterns costs the browser about a second
 * for each new mail (measured); looking for these words first leaves a handful of patterns to run.
 */

/** Larger products of alternatives are cut into their parts. */
const MOST_STRINGS = 24

/** @typedef {{ exact: string[] | null, need: string[] | null }} Part what a piece matches exactly, or must contain */

/** @type {Part} */
const ANYTHING = { exact: null, need: null }

/**
 * @param {string} pattern RE2 source as it stands in rulebook.json
 * @returns {string[] | null} every match holds at least one of these; null where no such words are known
 */
export function requiredLiterals(pattern) {
  const reader = new Reader(pattern)
  let part
  try {
    part = reader.alternatives(0)
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
  const need = needOf(part)
  return need !== null && weight(need) >= 2 ? need : null
}

class Unreadable extends Error {}

class Reader {
  /** @param {string} pattern */
  constructor(pattern) {
    this.chars = Array.from(pattern)
    this.at = 0
  }

  /**
   * @param {number} depth of open brackets
   * @returns {Part}
   */
  alternatives(depth) {
    const parts = [this.sequence(depth)]
    while (this.chars[this.at] === '|') {
      this.at++
      parts.push(this.sequence(depth))
    }
    if (depth === 0 && this.at < this.chars.length) throw new Unreadable()
    return parts.length === 1 ? parts[0] : either(parts)
  }

  /** @param {number} depth */
  sequence(depth) {
    /** @type {Part[]} */
    const parts = []
    while (this.at < this.chars.length && this.chars[this.at] !== '|' && this.chars[this.at] !== ')') {
      parts.push(this.repeated(this.piece(depth)))
    }
    return joined(parts)
  }

  /**
   * @param {number} depth
   * @returns {Part}
   */
  piece(depth) {
    const char = this.chars[this.at++]
    if (char === '(') return this.group(depth)
    if (char === '[') return this.charClass()
    if (char === '.') return ANYTHING
    if (char === '^' || char === '$') return { exact: [''], need: null }
    if (char === '\\') return this.escape()
    if (char === '*' || char === '+' || char === '?') throw new Unreadable()
    return { exact: [char], need: null }
  }

  /** @param {number} depth */
  group(depth) {
    if (this.chars[this.at] === '?') {
      if (this.chars[this.at + 1] !== ':') throw new Unreadable()
      this.at += 2
    }
    const inner = this.alternatives(depth + 1)
    if (this.chars[this.at++] !== ')') throw new Unreadable()
    return inner
  }

  /** A class is left open: its characters are no word to look for. */
  charClass() {
    if (this.chars[this.at] === '^') this.at++
    if (this.chars[this.at] === ']') this.at++
    while (this.at < this.chars.length && this.chars[this.at] !== ']') {
      if (this.chars[this.at] === '[') throw new Unreadable()
      this.at += this.chars[this.at] === '\\' ? 2 : 1
    }
    if (this.chars[this.at++] !== ']') throw new Unreadable()
    return ANYTHING
  }

  /** @returns {Part} */
  escape() {
    const char = this.chars[this.at++]
    if (char === undefined) throw new Unreadable()
    if (char === 'b' || char === 'B' || char === 'A' || char === 'z') return { exact: [''], need: null }
    if (char === 'p' || char === 'P') return this.property()
    if (isWordChar(char)) throw new Unreadable()
    return { exact: [char], need: null }
  }

  /** A script or category such as `\p{Han}` or `\pL`. */
  property() {
    const end = this.chars[this.at] === '{' ? this.chars.indexOf('}', this.at) : this.at
    if (end < 0 || end >= this.chars.length) throw new Unreadable()
    this.at = end + 1
    return ANYTHING
  }

  /**
   * @param {Part} part the piece before a quantifier, if one follows
   * @returns {Part}
   */
  repeated(part) {
    const char = this.chars[this.at]
    if (char === '?' || char === '*' || char === '+') this.at++
    const least = char === '{' ? this.countedLeast() : null
    if (char !== '?' && char !== '*' && char !== '+' && least === null) return part
    if (this.chars[this.at] === '?') this.at++
    if (char === '?' && part.exact !== null) return { exact: ['', ...part.exact.filter((text) => text !== '')], need: null }
    if (char === '+' || (least !== null && least > 0)) return { exact: null, need: needOf(part) }
    return ANYTHING
  }

  /** Reads `{n}`, `{n,}` or `{n,m}`. */
  countedLeast() {
    const end = this.chars.indexOf('}', this.at)
    const inside = this.chars.slice(this.at + 1, end).join('')
    const least = inside.split(',')[0]
    if (end < 0 || least === '' || !Array.from(inside).every((char) => char === ',' || (char >= '0' && char <= '9'))) {
      throw new Unreadable()
    }
    this.at = end + 1
    return Number(least)
  }
}

/** @param {string} char */
function isWordChar(char) {
  return (char >= '0' && char <= '9') || (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z')
}

/**
 * @param {Part} part
 * @returns {string[] | null}
 */
function needOf(part) {
  if (part.exact === null) return part.need
  return part.exact.includes('') ? null : part.exact
}

/**
 * @param {Part[]} parts
 * @returns {Part}
 */
function either(parts) {
  if (parts.every((part) => part.exact !== null)) {
    const all = [...new Set(parts.flatMap((part) => part.exact ?? []))]
    if (all.length <= MOST_STRINGS) return { exact: all, need: null }
  }
  const needs = parts.map(needOf)
  if (needs.some((need) => need === null)) return ANYTHING
  return { exact: null, need: [...new Set(needs.flatMap((need) => need ?? []))] }
}

/**
 * @param {Part[]} parts that follow one another
 * @returns {Part}
 */
function joined(parts) {
  /** @type {string[] | null} */
  let best = null
  /** @type {string[]} */
  let run = ['']
  let whole = true
  const close = () => {
    if (!run.includes('')) best = better(best, run)
    run = ['']
  }
  for (const part of parts) {
    if (part.exact === null) {
      close()
      best = better(best, part.need)
      whole = false
    } else if (run.length * part.exact.length > MOST_STRINGS) {
      close()
      run = part.exact
      whole = false
    } else {
      const exact = part.exact
      run = [...new Set(run.flatMap((head) => exact.map((tail) => head + tail)))]
    }
  }
  if (whole) return { exact: run, need: null }
  close()
  return { exact: null, need: best }
}

/**
 * @param {string[] | null} one
 * @param {string[] | null} other
 * @returns {string[] | null} the rarer set
 */
function better(one, other) {
  if (one === null || other === null) return one ?? other
  const difference = weight(one) - weight(other)
  if (difference !== 0) return difference > 0 ? one : other
  return one.length <= other.length ? one : other
}

/**
 * How telling the shortest of these words is; a Chinese character tells as much as two letters.
 * @param {string[]} texts
 */
function weight(texts) {
  let least = Infinity
  for (const text of texts) {
    let sum = 0
    for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i) >= 0x2e80 ? 2 : 1
    least = Math.min(least, sum)
  }
  return least
}
