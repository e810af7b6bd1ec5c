/** How many typing slips lie between two names. */

/**
 * OSA distance (optimal string alignment: insert, delete, replace, swap neighbours, no letter touched twice).
 * @param {string} one
 * @param {string} other
 * @param {number} most
 * @returns {number} `most + 1` if it is larger than `most`
 */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, at(before, column - 2) + 1);
      }
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most + 1) return most + 1;
    before = last;
    last = current;
  }
  return Math.min(at(last, other.length), most + 1);
}

/**
 * @param {number[]} row
 * @param {number} index
 */
function at(row, index) {
  return row[index] ?? Infinity;
}
