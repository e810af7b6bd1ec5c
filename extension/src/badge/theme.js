/** Light or dark behind the badge. Webmails set no class for it and ignore the system's choice, so it is measured. */

/**
 * Whether the first painted ground behind a node is dark.
 * @param {Element} element
 * @returns {boolean}
 */
export function isDarkBehind(element) {
  const view = element.ownerDocument.defaultView;
  for (let node = /** @type {Element | null} */ (element); node && view; node = node.parentElement) {
    const light = lightness(view.getComputedStyle(node).backgroundColor);
    if (light !== null) return light < 0.4;
  }
  return false;
}

/**
 * Relative lightness 0..1 of a computed colour; null where it lets the ground behind it through.
 * @param {string} colour  as `rgb(…)` or `rgba(…)`
 * @returns {number | null}
 */
export function lightness(colour) {
  const found = /^rgba?\(([0-9.]{1,8}),? ([0-9.]{1,8}),? ([0-9.]{1,8})(?:(?:,| \/) ([0-9.]{1,8}))?\)$/.exec(colour);
  if (!found || Number(found[4] ?? 1) < 0.5) return null;
  const [red, green, blue] = found.slice(1, 4).map((part) => Number(part) / 255);
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
