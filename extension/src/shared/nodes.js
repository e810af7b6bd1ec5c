/** Building nodes. Text goes in as text only, so that nothing in a mail can become markup. */

/** @typedef {string | number | Node | null | undefined | false} Child */

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | ((event: Event) => void) | null | undefined>} [attributes]
 *   functions listen to the event of that name, `true` sets an empty attribute, false and null none
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined && value !== "") element.setAttribute(name, String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false && child !== "") {
      element.append(typeof child === "number" ? String(child) : child);
    }
  }
  return element;
}

/**
 * A link's address if it is one that a search may have; nothing else is ever made clickable.
 * @param {string} url
 * @returns {string}
 */
export function safeUrl(url) {
  return /^https:\/\/[^\s"'<>]{1,4000}$/i.test(url) ? url : "";
}
