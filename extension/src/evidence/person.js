/** The writer's name: the line after the sign-off, else the display name. Twin of server/evidence/person.py. */

import { brandPlaces } from "./brands.js";
import { isFree, splitOrg } from "./names.js";
import { fold, isAlpha, isDigit, isHan, lettersOnly, pieces, trim, wordList } from "./plain.js";
import { partition } from "./urls.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./mail.js").Mail} Mail */
/** @typedef {import("./plain.js").Span} Span */

const MAX_NAME = 40;
const MAX_ROWS = 4;
const MAX_LINE = 160;
const CUT = /[|,;/(（<>:：\t]| - | – | — | {2}/;
const EDGE = new Set(" .*_-'\"“”");
const DOT = new Set(".");

/**
 * @param {Mail} mail
 * @param {Span[]} rows the lines of the closing
 * @returns {{ name: string, row: Span | null }} and the line that holds it; "" if neither line nor display name fits
 */
export function findPerson(mail, rows) {
  const { lexicon } = mail;
  const first = rows[0];
  const opening = first ? mail.text.slice(...first) : "";
  const isSigned = first !== undefined && lexicon.signoff.whole(trim(opening).slice(0, MAX_LINE).toLowerCase());
  if (first && isSigned) {
    const name = personName(partition(opening.slice(0, MAX_LINE).replaceAll("，", ","), ",")[2], lexicon);
    if (name !== "") return { name, row: first };
  }
  for (const row of rows.slice(isSigned ? 1 : 0).slice(0, MAX_ROWS)) {
    const name = personName(mail.text.slice(...row).slice(0, 200), lexicon);
    if (name !== "") return { name, row };
  }
  const shown = personName(mail.sender?.name ?? "", lexicon);
  const word = lettersOnly(pieces(shown)[0] ?? "");
  const label = lettersOnly(splitOrg(mail.host, lexicon)[0]);
  // "Acme News" at acme.example is no person.
  if (word.length > 3 && label.includes(word) && !isFree(mail.host, lexicon)) return { name: "", row: null };
  return { name: shown, row: null };
}

/**
 * @param {string} line
 * @param {Lexicon} lexicon
 * @returns {string} the person's name that it starts with, titles dropped; "" for a firm, a role or a sentence
 */
function personName(line, lexicon) {
  const { titles, roles, particles } = lexicon.nameWords;
  const head = trim(trim(trim(line).split(CUT, 1)[0] ?? ""), EDGE);
  if (head === "" || head.length > MAX_NAME || head.includes("@") || Array.from(head).some(isDigit)) return "";
  const tokens = wordList(fold(head));
  if (isHan(head.charAt(0))) {
    const first = tokens[0] ?? "";
    return first.length >= 2 && first.length <= 4 && !isHanRole(first, lexicon) ? first : "";
  }
  const kept = pieces(head).filter((token) => !titles.has(trim(trim(token).toLowerCase(), DOT)));
  if (kept.length === 0 || kept.length > 5 || tokens.some((token) => roles.has(token))) return "";
  if (tokens.slice(1).some((token) => lexicon.isLegalForm(token)) || isPhrase(tokens, lexicon)) return "";
  if (brandPlaces(fold(head), lexicon).length > 0) return "";
  return kept.every((token) => startsLikeAName(token, particles)) ? kept.join(" ") : "";
}

/** @param {string} token @param {Set<string>} particles */
function startsLikeAName(token, particles) {
  const char = token.charAt(0);
  const lower = char.toLowerCase();
  // A script without capitals.
  if (lower === char.toUpperCase()) return isAlpha(char);
  return char !== lower || particles.has(token);
}

/** @param {string} word @param {Lexicon} lexicon */
function isHanRole(word, lexicon) {
  const endings = [...lexicon.nameWords.roles, ...lexicon.nameWords.han_not_names].filter((role) => isHan(role.charAt(0)));
  return endings.some((role) => word.endsWith(role)) || lexicon.nameWords.greetings.has(word);
}

/**
 * A greeting, a thank-you or a sentence of everyday words rather than a name.
 * @param {string[]} tokens
 * @param {Lexicon} lexicon
 */
function isPhrase(tokens, lexicon) {
  const first = tokens[0];
  if (first === undefined || lexicon.nameWords.greetings.has(first)) return true;
  const english = lexicon.stopwords.get("en");
  return tokens.filter((token) => english?.has(token)).length * 2 > tokens.length;
}
