/** What stands between the brackets of a class of characters. */

/** @param {string} inside of a class @returns {boolean} whether neither blank nor line end is in it, for sure */
export function holdsNoBlank(inside) {
  if (inside.startsWith("^")) return inside.includes(" ") && (inside.includes("\n") || inside.includes("\\n"));
  return !/[ \n]|\\[A-Za-z]/.test(inside);
}

/** @param {string} inside of a class @returns {string[]} its characters, [] if it does not name them one by one */
export function membersOf(inside) {
  if (inside.startsWith("^") || inside.slice(1, -1).includes("-") || inside.includes(" ")) return [];
  const members = inside.match(/\\.|[^\\]/gsu) ?? [];
  if (members.some((one) => one.startsWith("\\") && /[0-9A-Za-z]/.test(one[1] ?? ""))) return [];
  return members.map((one) => (one.startsWith("\\") ? one.slice(1) : one));
}
