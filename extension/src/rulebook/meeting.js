/** Phrase sets that must stand together: in one sentence, one paragraph, two neighbouring lines, or one mail. */

/** @typedef {import("./piece.js").Piece} Piece */
/** @typedef {import("./piece.js").Hit} Hit */
/** @typedef {{ id: string, meets: string[], without: string[], within: string }} Meeting */
/** @typedef {{ key: string, piece: number, number: number, hits: Hit[], sets: number }} Window */

/**
 * The windows that a hit stands in. Its start decides; a `neighbours` window is a line and the next one.
 * @param {Hit} hit
 * @param {string} within
 * @param {Piece[]} pieces
 * @returns {[number, number][]} piece and number of the window
 */
function windowsOf(hit, within, pieces) {
  const piece = /** @type {Piece} */ (pieces[hit.piece]);
  if (within === "mail") return [[-1, 0]];
  if (within === "sentence") return [[hit.piece, piece.sentence(hit.start)]];
  const line = piece.line(hit.start);
  if (within === "neighbours")
    return [
      [hit.piece, line - 1],
      [hit.piece, line],
    ];
  return [[hit.piece, line]];
}

/**
 * The stretches from the first to the last hit of each window in which all sets meet and none of `without` stands.
 * @param {Meeting} meeting
 * @param {Map<string, Hit[]>} hits
 * @param {Piece[]} pieces
 * @returns {Hit[]}
 */
export function meet(meeting, hits, pieces) {
  if (meeting.meets.some((name) => !hits.has(name))) return [];
  /** @type {Map<string, Window>} */
  const windows = new Map();
  meeting.meets.forEach((name, order) => {
    for (const hit of hits.get(name) ?? []) {
      for (const [piece, number] of windowsOf(hit, meeting.within, pieces)) {
        const key = `${piece} ${number}`;
        const window = windows.get(key) ?? { key, piece, number, hits: [], sets: 0 };
        windows.set(key, window);
        window.hits.push(hit);
        if (window.sets === order) window.sets++;
      }
    }
  });
  for (const name of meeting.without) {
    for (const hit of hits.get(name) ?? []) {
      for (const [piece, number] of windowsOf(hit, meeting.within, pieces)) windows.delete(`${piece} ${number}`);
    }
  }
  const common = [...windows.values()].filter((window) => window.sets === meeting.meets.length);
  common.sort((a, b) => a.piece - b.piece || a.number - b.number);
  return common.flatMap((window) => stretches(window.hits));
}

/**
 * @param {Hit[]} hits of one window
 * @returns {Hit[]} one for each piece that they stand in
 */
function stretches(hits) {
  const numbers = [...new Set(hits.map((hit) => hit.piece))].sort((a, b) => a - b);
  return numbers.map((piece) => {
    const here = hits.filter((hit) => hit.piece === piece);
    return { piece, start: Math.min(...here.map((hit) => hit.start)), end: Math.max(...here.map((hit) => hit.end)) };
  });
}
