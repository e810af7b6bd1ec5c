/** Icons of the panel's buttons, 16 by 16. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = /** @type {Record<string, string>} */ ({
  close: "M4 4l8 8M12 4l-8 8",
  recheck: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.8h-2.8",
  settings: "M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 3v3M6 10v3",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8Z",
  done: "M3 8.5 6.5 12 13 4.5",
  flag: "M4 14V2.5M4 3h7.5l-1.8 2.7 1.8 2.8H4",
  yes: "M3 8.5 6.5 12 13 4.5",
  no: "M4 4l8 8M12 4l-8 8",
  unknown: "M5.6 6C5.6 3.2 10.4 3.2 10.4 6 10.4 7.8 8 7.7 8 9.8M8 12.6v.1",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9ZM10.4 10.4 14 14",
});

/** @param {string} name */
export function buttonIcon(name) {
  const icon = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: "16", height: "16", class: "line-icon", "aria-hidden": "true", focusable: "false" })) {
    icon.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? "");
  icon.append(path);
  return icon;
}
