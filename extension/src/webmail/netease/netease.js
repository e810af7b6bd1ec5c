/** NetEase's classic front end "js6" (163, 126, yeah, VIP, enterprise classic): the one visible read module. */

import { pick, pickAll, shortText } from "../dom.js";
import { countRungs } from "../ladders.js";
import { createMemo } from "../memo.js";
import { textOf } from "../safe.js";
import { fetchNeteaseHeaders } from "./headers.js";
import { readNeteaseMail } from "./mail.js";

/**
 * @param {import("../types.js").Page} page
 * @param {import("../types.js").Ladders} ladders
 * @returns {import("../types.js").Adapter}
 */
export function createNetease(page, ladders) {
  const { document, location, visible } = page;
  const memo = createMemo();
  const modules = (ladders.message ?? []).join(",");

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
      const words = inner?.body ? textOf(inner.body) ?? "" : "";
      const extra = `${location.hash}\n${inner?.readyState}\n${words.length}\n${words.slice(0, 100000)}`;
      return [memo.read(element, extra, () => readNeteaseMail(element, page, ladders, rung))];
    },

    unfinished: () => false,

    expectsMail: () => moduleOf(location).startsWith("read.ReadModule"),

    frames() {
      const open = openModule(page, ladders);
      const inner = open && innerOf(open.element);
      return inner ? [inner] : [];
    },

    bringsMail: (node) => modules !== "" && (node.matches(modules) || node.querySelector(modules) !== null),

    fetchHeaders: (mid, get) => fetchNeteaseHeaders(mid, location, performance.getEntriesByType("resource"), get),

    diagnose() {
      const inner = openModule(page, ladders);
      const frame = inner && innerOf(inner.element);
      return {
        ...countRungs(document, ladders), read_modules_visible: pickAll(document, ladders.message, visible).elements.length,
        ...(frame && { body_in_frame: (ladders.body ?? []).findIndex((selector) => frame.querySelector(selector)) }),
      };
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
 * The visible read module; of several, the one whose subject the selected tab shows. A conversation is read only if it
 * holds no more than one mail: how js6 lays out several is not known.
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
  if (!element) return null;
  // Without any known node the page has changed, or has not drawn the mail yet: nothing of it is judged.
  if (![ladders.subject, ladders.header_rows, ladders.body_frame].some((ladder) => pick(element, ladder))) return null;
  const isThread = /"isThread"\s{0,3}:\s{0,3}true/.test(module);
  if (isThread && pickAll(element, ladders.body_frame).elements.length > 1) return null;
  return { element, rung: found.rung };
}
