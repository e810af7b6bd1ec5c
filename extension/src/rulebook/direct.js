/**
 * Evaluates conditions of plain comparisons without the library: the same answers at a tenth of the cost. A mail has some
 * three hundred judged, nearly all of them `phrases.x.size() > 0 && !sender.y` and the like. What is not plain is left to
 * the library; a test holds both against each other. Twin of server/rulebook/condition_direct.py.
 */

/** @typedef {{ op: string, args: any }} Node of the library's tree */
/** @typedef {Record<string, Record<string, any>>} Facts */
/** @typedef {(facts: Facts) => boolean | null} Direct true, false, or null where a fact that decides it is absent */

/** @type {Record<string, (one: any, other: any) => boolean>} */
const SIGNS = {
  "==": (one, other) => one === other,
  "!=": (one, other) => one !== other,
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
};
/** @type {Record<string, (text: string, part: string) => boolean>} */
const TEXT_TESTS = {
  contains: (text, part) => text.includes(part),
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
};

/**
 * @param {Node} node
 * @returns {Direct | null} the condition as a function, null if something in it is not plain
 */
export function direct(node) {
  if (node.op === "value" && typeof node.args === "boolean") return () => node.args;
  if (isFact(node)) return fact(node, (value) => alike(value, true));
  if (node.op === "!_") {
    const inner = direct(node.args);
    return inner && negated(inner);
  }
  if (node.op === "&&" || node.op === "||") {
    const [first, second] = node.args.map(direct);
    return first && second ? joined(first, second, node.op === "||") : null;
  }
  return node.op === "rcall" ? call(node.args) : comparison(node);
}

/** @param {Node} node @returns {Direct | null} */
function comparison({ op, args }) {
  if (op === "in") return membership(args[0], args[1]);
  const compare = Object.hasOwn(SIGNS, op) ? SIGNS[op] : undefined;
  if (!compare) return null;
  const [left, right] = args;
  if (isFact(left) && isFact(right)) return twoFacts(left, right, compare);
  const literal = literalOf(right);
  if (literal === undefined) return null;
  if (isFact(left)) return fact(left, (value) => compare(alike(value, literal), literal));
  return isSize(left) ? fact(left.args[1], (value) => compare(sizeOf(value), literal)) : null;
}

/** `fact in [...]`, `fact.size() in [...]` and `"x" in fact`. @param {Node} left @param {Node} right @returns {Direct | null} */
function membership(left, right) {
  const literal = literalOf(left);
  if (literal !== undefined && isFact(right)) return fact(right, (value) => value.includes(literal));
  const values = literalsOf(right);
  if (values === null) return null;
  if (isFact(left)) return fact(left, (value) => values.has(value));
  return isSize(left) ? fact(left.args[1], (value) => values.has(sizeOf(value))) : null;
}

/**
 * `fact.contains("x")` and the like, and `fact.exists(x, …)` of nothing but such tests of x.
 * @param {[string, Node, Node[]]} args
 * @returns {Direct | null}
 */
function call([name, target, args]) {
  if (!isFact(target)) return null;
  if (name === "exists") {
    const holds = args.length === 2 ? ofOne(/** @type {Node} */ (args[1]), args[0]?.args) : null;
    return holds && fact(target, (values) => values.some(holds));
  }
  const test = textTest(name, args);
  return test && fact(target, test);
}

/** @param {string} name @param {Node[]} args @returns {((text: string) => boolean) | null} */
function textTest(name, [node]) {
  const test = Object.hasOwn(TEXT_TESTS, name) ? TEXT_TESTS[name] : undefined;
  const part = node && literalOf(node);
  return test && typeof part === "string" ? (text) => test(text, part) : null;
}

/**
 * @param {Node} node
 * @param {string} name of an item of a list
 * @returns {((item: any) => boolean) | null} null if it is more than tests of the item, && and ||
 */
function ofOne({ op, args }, name) {
  const isItem = (/** @type {Node} */ node) => node.op === "id" && node.args === name;
  if (op === "rcall") return isItem(args[1]) ? textTest(args[0], args[2]) : null;
  if (op === "&&" || op === "||") {
    const [first, second] = args.map((/** @type {Node} */ node) => ofOne(node, name));
    if (!first || !second) return null;
    return op === "&&" ? (item) => first(item) && second(item) : (item) => first(item) || second(item);
  }
  if (!Array.isArray(args) || !isItem(args[0])) return null;
  const values = op === "in" ? literalsOf(args[1]) : null;
  if (values !== null) return (item) => values.has(item);
  const literal = literalOf(args[1]);
  const compare = Object.hasOwn(SIGNS, op) ? SIGNS[op] : undefined;
  return compare && literal !== undefined ? (item) => compare(item, literal) : null;
}

/** @param {Node} node @returns {boolean} `group.name` */
function isFact(node) {
  return node.op === "." && node.args[0].op === "id";
}

/** @param {Node} node @returns {boolean} `group.name.size()` */
function isSize(node) {
  return node.op === "rcall" && node.args[0] === "size" && isFact(node.args[1]);
}

/**
 * @template T
 * @param {T} value
 * @param {unknown} other
 * @returns {T} throws where they are of two kinds: the server checks conditions before it hands them out
 */
function alike(value, other) {
  if (typeof value !== typeof other) throw new TypeError(`${typeof value} beside ${typeof other}`);
  return value;
}

/** @param {string | unknown[]} value */
function sizeOf(value) {
  return typeof value === "string" ? Array.from(value).length : value.length;
}

/** @param {Node} node @returns {string | number | boolean | undefined} */
function literalOf({ op, args }) {
  if (op !== "value" || args === null) return undefined;
  if (typeof args === "bigint") return Number(args);
  return ["string", "number", "boolean"].includes(typeof args) ? args : undefined;
}

/** @param {Node} node @returns {Set<string | number | boolean> | null} */
function literalsOf({ op, args }) {
  if (op !== "list") return null;
  const values = args.map(literalOf);
  return values.includes(undefined) ? null : new Set(values);
}

/** @param {Node} node @param {(value: any) => boolean} test @returns {Direct} */
function fact({ args: [group, name] }, test) {
  return (facts) => {
    const value = facts[group.args]?.[name];
    return value === undefined ? null : test(value);
  };
}

/** @param {Node} left @param {Node} right @param {(one: any, other: any) => boolean} compare @returns {Direct} */
function twoFacts({ args: [group, name] }, { args: [otherGroup, otherName] }, compare) {
  return (facts) => {
    const value = facts[group.args]?.[name];
    const other = facts[otherGroup.args]?.[otherName];
    return value === undefined || other === undefined ? null : compare(alike(value, other), other);
  };
}

/** @param {Direct} inner @returns {Direct} */
function negated(inner) {
  return (facts) => {
    const answer = inner(facts);
    return answer === null ? null : !answer;
  };
}

/**
 * One side with the decisive answer decides, whatever is absent on the other.
 * @param {Direct} first
 * @param {Direct} second
 * @param {boolean} decisive
 * @returns {Direct}
 */
function joined(first, second, decisive) {
  return (facts) => {
    const answer = first(facts);
    if (answer === decisive) return decisive;
    const other = second(facts);
    return other === decisive || answer !== null ? other : null;
  };
}
