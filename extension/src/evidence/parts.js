/**
 * Splits the text of a mail: what is new, its signature, and what is quoted from older mails.
 * Twin of server/evidence/parts.py. Patterns are the tables `quote_markers` and `signoffs`.
 */

import { isAlnum, lines, subtract, trim } from "./plain.js";
import { isProse } from "./prose.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./plain.js").Span} Span */

/**
 * Ranges of the text, sorted, without overlap. Together they leave out only line ends. `closing` is where
 * identity is read: from the last sign-off on, else the last short paragraph; (n, n) if neither is there.
 * @typedef {{ newest: Span[], signature: Span[], quoted: Span[], closing: Span }} Parts
 */

const MAX_SIGNATURE_LINES = 16;
const MAX_SIGNATURE = 1000;
/** Fewer places than this above a forwarded mail: the forwarded text is what there is to read. */
const FORWARD_ONLY = 20;
/** With fewer places above the closing, what stands below it is the letter itself (a mail that starts with --). */
const MIN_LETTER = 20;
const MAX_MARKERS = 50;
const MAX_RUNS = 1000;
const MAX_SIGNOFF = 160;

/**
 * @param {string} text
 * @param {Lexicon} lexicon
 * @param {boolean} [forwarded] the subject says that this is a forwarded mail
 * @returns {Parts}
 */
export function split(text, lexicon, forwarded = false) {
  let quoted = quotedSpans(text, lexicon);
  let newest = subtract([[0, text.length]], quoted);
  const length = newest.reduce((sum, [start, end]) => sum + trim(text.slice(start, end)).length, 0);
  // A mail that is nothing but quotation is read all the same: else a quote mark on each line would hide it.
  if (quoted.length > 0 && (length === 0 || (forwarded && length < FORWARD_ONLY))) {
    newest = [[0, text.length]];
    quoted = [];
  }
  const { signature, closing } = signatureOf(text, newest, lexicon);
  return { newest: subtract(newest, signature), signature, quoted, closing };
}

/**
 * Runs of lines that start with ">", and everything from the first quote marker on. A marker right above such lines is
 * only their heading: what stands below them is the writer's answer.
 * @param {string} text
 * @param {Lexicon} lexicon
 */
function quotedSpans(text, lexicon) {
  const runs = text.includes(">") ? runsOf(text) : [];
  let at = 0;
  let stop = text.length;
  /** @type {Span[]} */
  const headings = [];
  for (let count = 0; count < MAX_MARKERS; count++) {
    const found = lexicon.quoteMarker.search(text, at);
    if (found === null) break;
    const below = runBelow(text, found[1], runs);
    if (below === null) {
      stop = found[0];
      break;
    }
    if (found[0] < below[0]) headings.push([found[0], below[0]]);
    at = Math.max(below[1], found[0] + 1);
  }
  let quoted = merged([...runs.filter(([start]) => start < stop), ...headings]);
  if (stop < text.length) {
    quoted = quoted.filter(([start]) => start < stop).map(([start, end]) => [start, Math.min(end, stop)]);
    quoted.push([stop, text.length]);
  }
  return quoted;
}

/** @param {string} text @returns {Span[]} runs of lines that start with ">", the first thousand */
function runsOf(text) {
  /** @type {Span[]} */
  const runs = [];
  for (let start = 0; start <= text.length;) {
    const stop = text.indexOf("\n", start);
    const end = stop < 0 ? text.length : stop;
    let first = start;
    while (first < start + 3 && (text[first] === " " || text[first] === "\t")) first++;
    if (first < end && text[first] === ">") {
      const last = runs[runs.length - 1];
      if (last && start === last[1] + 1) last[1] = end;
      else if (runs.length < MAX_RUNS) runs.push([start, end]);
      else break;
    }
    start = end + 1;
  }
  return runs;
}

/**
 * The run of ">" lines that starts right below a place, blank lines between allowed (or that the place is in).
 * @param {string} text
 * @param {number} at
 * @param {Span[]} runs
 * @returns {Span | null}
 */
function runBelow(text, at, runs) {
  for (const run of runs) {
    const [start, end] = run;
    if (start <= at && at < end) return run;
    if (start >= at) return start - at < 400 && trim(text.slice(at, start)) === "" ? run : null;
  }
  return null;
}

/** @param {Span[]} spans */
function merged(spans) {
  /** @type {Span[]} */
  const kept = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = kept[kept.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
    else kept.push([start, end]);
  }
  return kept;
}

/**
 * @param {string} text
 * @param {Span[]} newest
 * @param {Lexicon} lexicon
 * @returns {{ signature: Span[], closing: Span }}
 */
function signatureOf(text, newest, lexicon) {
  const rows = lastLines(text, newest, 60);
  for (let back = 0; back < rows.length; back++) {
    const [start, end] = /** @type {Span} */ (rows[rows.length - 1 - back]);
    const line = trim(text.slice(start, Math.min(end, start + MAX_SIGNOFF + 1))).toLowerCase();
    if (line.length === 0 || line.length > MAX_SIGNOFF || !lexicon.signoff.whole(line)) continue;
    const stop = newest[newest.length - 1]?.[1] ?? text.length;
    /** @type {Span} */
    const closing = [
      start,
      Math.min(footerBelow(text, rows, back, lexicon) ?? stop, ownEnd(newest, start) ?? stop, start + MAX_SIGNATURE),
    ];
    const before = newest
      .filter(([low]) => low < start)
      .map(([low, high]) => trim(text.slice(low, Math.min(high, start))));
    const above = before.reduce((sum, piece) => sum + piece.length, 0);
    const isShort = back < MAX_SIGNATURE_LINES && stop - start <= MAX_SIGNATURE;
    if (!isShort || above < MIN_LETTER) return { signature: [], closing };
    const inside = subtract([[start, stop]], subtract([[0, text.length]], newest));
    return { signature: withoutPostscript(text, inside, lexicon), closing };
  }
  return { signature: [], closing: lastParagraph(text, rows, lexicon) };
}

/**
 * @param {string} text
 * @param {Span[]} rows
 * @param {number} back how many of them stand below the sign-off
 * @param {Lexicon} lexicon
 * @returns {number | undefined} where the first footer below the sign-off starts
 */
function footerBelow(text, rows, back, lexicon) {
  return rows.slice(rows.length - back).find((row) => isFooter(text.slice(...row), lexicon))?.[0];
}

/** @param {Span[]} newest @param {number} at @returns {number | undefined} the end of the span that holds a place */
function ownEnd(newest, at) {
  return newest.find(([low, high]) => low <= at && at < high)?.[1];
}

/**
 * A mailing list's or mail provider's footer: a ruled line, or its usual words.
 * @param {string} line
 * @param {Lexicon} lexicon
 */
function isFooter(line, lexicon) {
  const plain = trim(line);
  if (plain.length >= 5 && new Set(plain).size <= 2 && !Array.from(plain).some(isAlnum)) return true;
  const start = plain.slice(0, 200).toLowerCase();
  return [...lexicon.nameWords.footers].some((mark) => start.includes(mark));
}

/**
 * The last lines of the newest part that hold anything.
 * @param {string} text
 * @param {Span[]} newest
 * @param {number} most
 */
function lastLines(text, newest, most) {
  /** @type {Span[]} */
  let kept = [];
  for (const [start, end] of [...newest].reverse()) {
    const filled = lines(text, Math.max(start, end - 8000), end).filter((row) => trim(text.slice(...row)) !== "");
    kept = [...filled.slice(-most), ...kept];
    if (kept.length >= most) break;
  }
  return kept.slice(-most);
}

/**
 * The signature up to a "P.S.": what follows that is said to the reader again.
 * @param {string} text
 * @param {Span[]} spans
 * @param {Lexicon} lexicon
 * @returns {Span[]}
 */
function withoutPostscript(text, spans, lexicon) {
  const marks = [...lexicon.nameWords.postscripts];
  for (const [index, [start, end]] of spans.entries()) {
    for (const [lineStart, lineEnd] of lines(text, start, end)) {
      const head = trim(text.slice(lineStart, lineEnd)).slice(0, 5).toLowerCase().replaceAll(" ", "");
      if (!marks.some((mark) => head.startsWith(mark))) continue;
      return lineStart > start ? [...spans.slice(0, index), [start, lineStart]] : spans.slice(0, index);
    }
  }
  return spans;
}

/**
 * The last paragraph, if it looks like a block of contact lines: up to 8 short lines after an empty one.
 * @param {string} text
 * @param {Span[]} rows
 * @param {Lexicon} lexicon
 * @returns {Span}
 */
function lastParagraph(text, rows, lexicon) {
  /** @type {Span[]} */
  const block = [];
  for (const row of [...rows].reverse()) {
    const first = block[0];
    if (first && countBreaks(text, row[1], first[0]) > 1) break;
    block.unshift(row);
  }
  const isShort = block.every(([start, end]) => end - start <= 100 && !isFooter(text.slice(start, end), lexicon));
  // What stands below the last sentence of the letter.
  block.splice(0, block.map((row) => isProse(text.slice(...row))).lastIndexOf(true) + 1);
  const first = block[0];
  const last = block[block.length - 1];
  if (first && last && block.length <= 8 && block.length < rows.length && isShort) return [first[0], last[1]];
  return [text.length, text.length];
}

/** @param {string} text @param {number} start @param {number} end */
function countBreaks(text, start, end) {
  let count = 0;
  for (let i = start; i < end; i++) if (text[i] === "\n") count++;
  return count;
}
