/** Facts of the attachments' file names. Twin of server/evidence/attachments.py. */

import { WHITE, trim } from "./plain.js";

/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./evidence.js").Evidence} Evidence */

const MAX_NAMES = 200;
const MAX_NAME = 300;
/** Marks that turn the order of what follows. U+202C and U+2069 only close them; RLM and LRM are usual in Arabic. */
const BIDI = new Set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068");
const ACTIVE = ["executable", "disk_image", "html", "macro"];
const FACTS = /** @type {const} */ ([
  ["executables", "executable"],
  ["disk_images", "disk_image"],
  ["html", "html"],
  ["archives", "archive"],
  ["macro", "macro"],
]);
const AROUND = new Set(`${WHITE}.`);

/**
 * The facts `attachments.*`.
 * @param {Mail} mail
 * @param {Evidence} evidence
 */
export function attachmentFacts(mail, evidence) {
  if (mail.attachments === null) return;
  const names = mail.attachments.slice(0, MAX_NAMES).map((name) => name.slice(0, MAX_NAME));
  const { kinds } = mail.lexicon;
  evidence.put("attachments.names", names);
  for (const [fact, kind] of FACTS) {
    const known = kinds.get(kind);
    evidence.put(
      `attachments.${fact}`,
      names.filter((name) => known?.has(endings(name).pop() ?? "")),
    );
  }
  evidence.put(
    "attachments.double_ext",
    names.filter((name) => isDouble(name, kinds)),
  );
  evidence.put(
    "attachments.bidi_names",
    names.filter((name) => Array.from(name).some((char) => BIDI.has(char))),
  );
}

/**
 * @param {string} name
 * @returns {string[]} the dot-separated parts after the name's first, lower case, blanks and dots at the end dropped
 */
function endings(name) {
  const plain = Array.from(name)
    .filter((char) => !BIDI.has(char) && char !== "\0")
    .join("");
  const parts = trim(plain, AROUND).toLowerCase().split(".").slice(1);
  return parts.length > 0 ? parts.map((part) => trim(part)) : [""];
}

/**
 * @param {string} name
 * @param {Map<string, Set<string>>} kinds
 * @returns {boolean} a document's ending right before an active one, as in `PO.pdf.html`
 */
function isDouble(name, kinds) {
  const found = endings(name);
  const last = found[found.length - 1] ?? "";
  const before = found[found.length - 2];
  if (before === undefined) return false;
  return ACTIVE.some((kind) => kinds.get(kind)?.has(last)) && Boolean(kinds.get("document")?.has(before));
}
