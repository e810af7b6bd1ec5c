/** A mail that rewrites itself again and again is not asked about again and again. */

/** @typedef {import("../webmail/types.js").Reading} Reading */

/** So many versions of one mail within this time are believed: loading, translating, opening the details. */
const VERSIONS = 5;
const WITHIN_MS = 10000;
/** After more than that it has to rest, or we do, for so long. */
const PAUSE_MS = 20000;

/**
 * @param {() => number} [now]  milliseconds that only go forward
 * @returns {(reading: Reading) => boolean} whether this version of a mail may be asked about now
 */
export function createCalm(now = () => performance.now()) {
  /** @type {WeakMap<Element, {mail: string, times: number[]}>} */
  const known = new WeakMap();
  return ({ element, core }) => {
    const mail = core.slice(0, core.lastIndexOf(":"));
    const at = now();
    const last = known.get(element);
    const times = last?.mail === mail ? last.times.filter((time) => at - time < PAUSE_MS) : [];
    const restless = times.filter((time) => at - time < WITHIN_MS).length >= VERSIONS
      || (times.length >= VERSIONS && at - (times.at(-1) ?? 0) < PAUSE_MS);
    known.set(element, { mail, times: restless ? times : [...times, at].slice(-2 * VERSIONS) });
    return !restless;
  };
}
