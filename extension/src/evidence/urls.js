/** Web addresses in their parts: scheme, user data, host, path, query, fragment. Twin of server/evidence/urls.py. */

import { cleanHost, isAscii } from "./names.js";
import { isAlnum, rstrip, trim } from "./plain.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {{ scheme: string, user: string, host: string, path: string, query: string, fragment: string }} Url */

export const MAX_URL = 4096;
const MAX_TOKENS = 40;
const START = /(?<![A-Za-z0-9@./-])(?:https?:\/\/|www\.)/giu;
const QUOTES = new Set("<>\"'");
const TAIL = new Set(".,;:!?)]}*_|");
const HEX = /^[0-9a-fA-F]{2}$/;
const SLASH = new Set("/");
const PADDING = new Set("=");
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * @param {string} text
 * @param {string} mark
 * @returns {[string, string, string]} before, the mark (or ""), after; as Python's partition
 */
export function partition(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, "", ""] : [text.slice(0, at), mark, text.slice(at + mark.length)];
}

/** @param {string} text */
function withoutLeadingSlashes(text) {
  let start = 0;
  while (SLASH.has(text.charAt(start))) start++;
  return text.slice(start);
}

/**
 * The parts of an http, https or ftp address (`//host` and `www.host` too).
 * @param {string} href
 * @returns {Url | null} null for anything else
 */
export function parseUrl(href) {
  let text = trim(href.slice(0, MAX_URL)).replaceAll("\t", "").replaceAll("\n", "").replaceAll("\r", "");
  const lower = text.toLowerCase().replaceAll("\\", "/");
  if ((text.split("?", 1)[0] ?? "").includes("\\")) text = text.replaceAll("\\", "/");
  let scheme = "http";
  let rest;
  if (lower.startsWith("//") || lower.startsWith("www.")) rest = withoutLeadingSlashes(text);
  else {
    const [head, colon, tail] = partition(text, ":");
    scheme = head.toLowerCase();
    if (!colon || !["http", "https", "ftp"].includes(scheme)) return null;
    rest = withoutLeadingSlashes(tail);
  }
  const ends = ["/", "?", "#"].map((mark) => rest.indexOf(mark)).filter((at) => at >= 0);
  const end = ends.length > 0 ? Math.min(...ends) : rest.length;
  const authority = rest.slice(0, end);
  const at = authority.lastIndexOf("@");
  const [tail, , fragment] = partition(rest.slice(end), "#");
  const [path, , query] = partition(tail, "?");
  const host = cleanHost(percentDecoded(authority.slice(at + 1)));
  if (host === "" || host.includes(" ")) return null;
  return { scheme, user: at < 0 ? "" : authority.slice(0, at), host, path, query, fragment };
}

/**
 * Web addresses written in plain text, from `http://`, `https://` or `www.` to the next blank or bracket.
 * @param {string} text
 * @param {number} [limit]
 * @returns {string[]}
 */
export function findUrls(text, limit = 200) {
  /** @type {string[]} */
  const found = [];
  for (const match of text.matchAll(START)) {
    if (found.length >= limit) break;
    const start = match.index;
    const head = start + match[0].length;
    let end = head;
    while (end < text.length && end - start < MAX_URL && isPlain(text.charAt(end))) end++;
    while (end > start && TAIL.has(text.charAt(end - 1))) end--;
    if (end - start > match[0].length + 2) found.push(text.slice(start, end));
  }
  return found;
}

/** @param {string} char */
function isPlain(char) {
  return char >= "!" && char <= "~" && !QUOTES.has(char);
}

/**
 * @param {string} text
 * @returns {string} %41 as A, bytes that are no UTF-8 as U+FFFD, a lone % left alone
 */
export function percentDecoded(text) {
  if (!text.includes("%")) return text;
  const raw = encoder.encode(text);
  const out = [];
  for (let at = 0; at < raw.length; at++) {
    const pair = String.fromCharCode(...raw.subarray(at + 1, at + 3));
    if (raw[at] === 0x25 && HEX.test(pair)) {
      out.push(parseInt(pair, 16));
      at += 2;
    } else out.push(raw[at] ?? 0);
  }
  return decoder.decode(Uint8Array.from(out));
}

/**
 * @param {string} query
 * @returns {[string, string][]} names and decoded values, the first forty
 */
function parameters(query) {
  return query
    .split("&")
    .slice(0, MAX_TOKENS)
    .map((pair) => {
      const [name, , value] = partition(pair, "=");
      return [name.toLowerCase(), percentDecoded(value.replaceAll("+", " "))];
    });
}

/**
 * @param {string} href
 * @param {Lexicon} lexicon
 * @returns {string} the target of a search engine's or safe-link service's wrapper, up to three deep; else the link itself
 */
export function unwrap(href, lexicon) {
  for (let depth = 0; depth < 3; depth++) {
    const url = parseUrl(href);
    const inner = url ? wrapped(url, lexicon) : "";
    if (inner === "") return href;
    href = inner;
  }
  return href;
}

/** @param {Url} url @param {Lexicon} lexicon */
function wrapped(url, lexicon) {
  for (const { host, path, names } of lexicon.wrappers) {
    const known = url.host === host || url.host.endsWith(`.${host}`) || (host.endsWith(".") && isGoogle(url.host));
    if (!known || !url.path.startsWith(path)) continue;
    for (const [name, value] of parameters(url.query)) {
      const lower = value.toLowerCase();
      if (names.includes(name) && ["http://", "https://", "//"].some((start) => lower.startsWith(start))) return value;
    }
  }
  return "";
}

/** @param {string} host */
function isGoogle(host) {
  const labels = (host.startsWith("www.") ? host.slice(4) : host).split(".");
  const short = labels.slice(1).every((label) => label.length >= 2 && label.length <= 3);
  return labels[0] === "google" && labels.length >= 2 && labels.length <= 3 && short;
}

/**
 * @param {Url} url
 * @param {string[]} ours
 * @returns {string} which of our addresses path, query or fragment carry: plain, percent-encoded or as base64; "" if none
 */
export function prefilledAddress(url, ours) {
  if (ours.length === 0) return "";
  const rest = `${url.path} ${url.query} ${url.fragment}`.slice(0, MAX_URL);
  const plain = percentDecoded(percentDecoded(rest)).toLowerCase();
  const shown = ours.find((address) => plain.includes(address));
  if (shown !== undefined) return shown;
  const hidden = tokens(rest).map(base64Text).join(" ").toLowerCase();
  return ours.find((address) => hidden.includes(address)) ?? "";
}

/** @param {string} text */
function tokens(text) {
  const marked = Array.from(percentDecoded(text), (char) => (isAlnum(char) || "+-_=".includes(char) ? char : " ")).join(
    "",
  );
  const parts = marked.split(" ").flatMap((word) => {
    const equals = word.indexOf("=");
    return equals < 0 ? [word] : [word, word.slice(equals + 1)];
  });
  return parts.filter((word) => word.length >= 8).slice(0, MAX_TOKENS);
}

/** @param {string} token */
function base64Text(token) {
  const plain = rstrip(token, PADDING).replaceAll("-", "+").replaceAll("_", "/");
  if (!isAscii(plain) || plain.includes("=") || plain.length % 4 === 1) return "";
  return decoder.decode(Uint8Array.from(atob(plain), (char) => char.charCodeAt(0)));
}
