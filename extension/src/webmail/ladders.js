/** The selector ladders in force: those that came with the rules, each rung tried, over those that we were built with. */

/** @typedef {import("./types.js").Ladders} Ladders */
/** @typedef {Record<string, Ladders>} Selectors */

/**
 * A ladder that the rules lack, or of which no rung can be used, is taken from the build.
 * @param {Record<string, any> & {schema: number}} bundled
 * @param {any} newer  from the rulebook in force
 * @param {Document} document
 * @returns {Selectors}
 */
export function laddersInForce(bundled, newer, document) {
  const { schema, ...own } = bundled;
  const given = newer?.schema === schema ? newer : {};
  const trial = document.createDocumentFragment();
  return Object.fromEntries(Object.entries(own).map(([webmail, ladders]) => [webmail, {
    ...ladders, ...usable(given[webmail], ladders, trial),
  }]));
}

/**
 * @param {any} given @param {Ladders} own @param {DocumentFragment} trial
 * @returns {Record<string, any>}
 */
function usable(given, own, trial) {
  /** @type {Record<string, any>} */
  const taken = {};
  for (const [name, rungs] of Object.entries(given && typeof given === "object" ? given : {})) {
    if (name === "labels" && rungs && typeof rungs === "object") taken.labels = { ...own.labels, ...rungs };
    else if (Array.isArray(rungs)) {
      const good = rungs.filter((rung) => typeof rung === "string" && isSelector(rung, trial)).slice(0, 20);
      if (good.length) taken[name] = good;
    }
  }
  return taken;
}

/** @param {string} selector @param {DocumentFragment} trial */
function isSelector(selector, trial) {
  try {
    return selector.trim() !== "" && trial.querySelector(selector) === null;
  } catch (error) {
    if (error instanceof Error && error.name === "SyntaxError") return false;
    throw error;
  }
}

/**
 * How many nodes each rung of each ladder finds in the page, as `sender.0`; for a report on a changed page.
 * @param {Document} document
 * @param {Ladders} ladders
 * @returns {Record<string, number>}
 */
export function countRungs(document, ladders) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const [name, rungs] of Object.entries(ladders)) {
    if (!Array.isArray(rungs)) continue;
    for (const [rung, selector] of rungs.entries()) counts[`${name}.${rung}`] = document.querySelectorAll(selector).length;
  }
  return counts;
}
