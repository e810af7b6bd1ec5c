/** Gmail's attachment chips: names and sizes. A file on Drive has a chip too, and is a link as well. */

import { pick, pickAll, shortText } from "../dom.js";
import { attr } from "../safe.js";

const MOST = 100;

/**
 * @param {Element} message
 * @param {import("../types.js").Ladders} ladders
 * @param {(node: Element) => boolean} outside  not inside the mail's body
 * @param {Record<string, number>} from
 * @returns {{attachments: {name: string, size?: number}[], links: {text: string, href: string}[]}}
 */
export function readAttachments(message, ladders, outside, from) {
  const chips = pickAll(message, ladders.attachment, outside);
  from.attachments = chips.rung;
  /** @type {{name: string, size?: number}[]} */
  const attachments = [];
  /** @type {{text: string, href: string}[]} */
  const links = [];
  for (const chip of chips.elements.slice(0, MOST)) {
    const shown = pick(chip, ladders.attachment_name);
    const name = ((shown && shortText(shown.element)) || downloadName(attr(chip, "download_url") ?? "")).slice(0, 500);
    if (shown) from.attachment_name = shown.rung;
    const drive = pick(chip, ladders.drive_link);
    if (drive) {
      from.drive_link = drive.rung;
      links.push({ text: name.slice(0, 300), href: (attr(drive.element, "href") ?? "").slice(0, 2000) });
    }
    if (!name) continue;
    const sizeNode = pick(chip, ladders.attachment_size);
    if (sizeNode) from.attachment_size = sizeNode.rung;
    const size = bytesOf(sizeNode?.element.textContent ?? "");
    attachments.push({ name, ...(size !== null && { size }) });
  }
  return { attachments, links };
}

/**
 * The name in `mime:urlencoded-name:https://…`; it may hold colons itself.
 * @param {string} value
 * @returns {string}
 */
export function downloadName(value) {
  const start = value.indexOf(":");
  const end = value.lastIndexOf(":https://");
  if (start < 0 || end <= start) return "";
  const raw = value.slice(start + 1, end).slice(0, 2000);
  try {
    return decodeURIComponent(raw);
  } catch (error) {
    if (error instanceof URIError) return raw;
    throw error;
  }
}

const UNITS = /** @type {Record<string, number>} */ ({ B: 1, K: 1024, KB: 1024, M: 1024 ** 2, MB: 1024 ** 2, G: 1024 ** 3, GB: 1024 ** 3 });

/**
 * Bytes of a size as shown (`160 KB`); null if it is none.
 * @param {string} text
 * @returns {number | null}
 */
export function bytesOf(text) {
  const found = /([0-9]{1,7})(?:[.,]([0-9]{1,3}))?[\s\u00a0]{0,3}([KMG]?B|[KMG])/i.exec(text.slice(0, 60));
  const unit = UNITS[found?.[3]?.toUpperCase() ?? ""];
  if (!found || !unit) return null;
  return Math.round(Number(`${found[1]}.${found[2] ?? 0}`) * unit);
}
