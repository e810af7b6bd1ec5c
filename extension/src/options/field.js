/** Short ways to the settings page's parts. */

/** @param {string} id */
export const at = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/**
 * One listener for an element, however often its part is drawn anew.
 * @param {string} id
 * @param {string} type
 * @param {(event: Event) => void} act
 */
export function on(id, type, act) {
  const element = at(id);
  const slot = `on${type}`;
  Object.assign(element, { [slot]: act });
}
