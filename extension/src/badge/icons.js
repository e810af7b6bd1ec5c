/** A shape for each level, so that colour is never the only sign. Drawn as SVG nodes, 16 by 16. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {import("../shared/standing.js").Tone} Tone */

/** Outline, then the mark in it. Shield, dot, triangle, diamond, octagon, circle, ring, struck circle. */
const SHAPES = /** @type {Record<Tone, {outline: string, mark: string}>} */ ({
  low: { outline: "M8 1 14 3.2V8c0 3.4-2.4 5.9-6 7-3.6-1.1-6-3.6-6-7V3.2Z", mark: "M5 8.1 7.2 10.3 11.2 5.9" },
  neutral: { outline: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2Z", mark: "M5.2 8h5.6" },
  caution: { outline: "M8 1.6 15 14H1Z", mark: "M8 6v4M8 12v.1" },
  high: { outline: "M8 .8 15.2 8 8 15.2.8 8Z", mark: "M8 4.6v4M8 11v.1" },
  critical: { outline: "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z", mark: "M5.4 5.4 10.6 10.6M10.6 5.4 5.4 10.6" },
  unknown: { outline: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13Z", mark: "M6 6.2C6 3.6 10 3.6 10 6.2 10 7.8 8 7.7 8 9.4M8 11.8v.1" },
  busy: { outline: "", mark: "M8 2a6 6 0 1 1-6 6" },
  error: { outline: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 1 0 0-13Z", mark: "M3.6 3.6 12.4 12.4" },
});

/**
 * @param {Document} document
 * @param {Tone} tone
 * @param {number} [size]  in pixels
 * @returns {SVGSVGElement}  hidden from screen readers: the word stands beside it
 */
export function iconFor(document, tone, size = 16) {
  const icon = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 16 16", width: size, height: size, class: `icon icon-${tone}`, "aria-hidden": "true", focusable: "false" };
  for (const [name, value] of Object.entries(attributes)) icon.setAttribute(name, String(value));
  for (const part of /** @type {const} */ (["outline", "mark"])) {
    if (!SHAPES[tone][part]) continue;
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", SHAPES[tone][part]);
    path.setAttribute("class", part);
    icon.append(path);
  }
  return icon;
}
