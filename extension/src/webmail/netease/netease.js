/** NetEase's classic front end "js6" (163, 126, yeah, VIP, enterprise classic): the one visible read module. */

import { pick, pickAll, shortText } from "../dom.js";
import { createMemo } from "../memo.js";
import { readNeteaseMail } from "./mail.js";

/**
 * @param {import("../types.js").Page} page
 * @param {import("../types.js").Ladders} ladders
 * @returns {import("../types.js").Adapter}
 */
export function createNetease(page, ladders) {
  const { document, location, visible } = page;
  const once = createMemo();

  /** @param {Element} module */
  const innerOf = (module) => {
    const frame = pick(module, ladders.body_frame)?.element;
    return (frame && /** @type {HTMLIFrameElement} */ (frame).contentDocument) ?? null;
  };

  return {
    id: "netease",

    listOpen() {
      const open = openModule(page, ladders);
      if (!open) return [];
      const { element, rung } = open;
      const inner = innerOf(element);
      const extra = `${location.hash}\n${inner?.readyState}\n${inner?.body?.textContent ?? ""}`;
      return [once(element, extra, () => readNeteaseMail(element, page, ladders, rung))];
    },

    expectsMail: () => moduleOf(location).startsWith("read.ReadModule"),

    frames() {
      const open = openModule(page, ladders);
      const inner = open && innerOf(open.element);
      return inner ? [inner] : [];
    },

    diagnose() {
      /** @type {Record<string, number>} */
      const counts = {};
      for (const [name, rungs] of Object.entries(ladders)) {
        if (!Array.isArray(rungs)) continue;
        for (const [rung, selector] of rungs.entries()) counts[`${name}.${rung}`] = document.querySelectorAll(selector).length;
      }
      counts.read_modules_visible = pickAll(document, ladders.message, visible).elements.length;
      return counts;
    },
  };
}

/**
 * Whether a page is js6, by its signature: schools and companies serve it on hosts of their own.
 * @param {Location | URL} location
 * @param {Document} document
 * @param {import("../types.js").Ladders} ladders
 */
export function isJs6(location, document, ladders) {
  return location.pathname.endsWith("/js6/main.jsp") || pick(document, ladders.signature) !== null;
}

/**
 * The module named in the address, as `read.ReadModule|{…}`; the part behind the bar is often percent-encoded.
 * @param {Location | URL} location
 */
export function moduleOf(location) {
  const found = /^#module=(.{0,2000})$/.exec(location.hash.slice(0, 2010));
  if (!found?.[1]) return "";
  try {
    return decodeURIComponent(found[1]);
  } catch (error) {
    if (error instanceof URIError) return found[1];
    throw error;
  }
}

/**
 * The visible read module; of several, the one whose subject the selected tab shows.
 * @param {import("../types.js").Page} page
 * @param {import("../types.js").Ladders} ladders
 */
function openModule({ document, location, visible }, ladders) {
  const module = moduleOf(location);
  if (module && !module.startsWith("read.")) return null;
  const found = pickAll(document, ladders.message, visible);
  const tab = pick(document, ladders.selected_tab)?.element.getAttribute("title")?.trim() ?? "";
  const named = found.elements.find((element) => {
    const subject = pick(element, ladders.subject);
    return tab !== "" && subject !== null && shortText(subject.element) === tab;
  });
  const element = named ?? found.elements[0];
  return element ? { element, rung: found.rung } : null;
}
