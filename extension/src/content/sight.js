/** What the reader has before his eyes, or almost: a screen above and below. */

/**
 * @param {Element} element
 * @returns {boolean}
 */
export function isNear(element) {
  const height = element.ownerDocument.defaultView?.innerHeight ?? 0;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > -height && top < 2 * height;
}
