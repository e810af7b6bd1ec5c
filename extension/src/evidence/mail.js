/**
 * The mail as the extractors read it: parts split once, own names and sender's host at hand.
 * Twin of server/evidence/mail.py.
 */

import { cleanHost, inList, isFree, orgDomain } from "./names.js";
import { split } from "./parts.js";
import { WHITE, headAndTail, lines, strip, trim } from "./plain.js";
import { fit } from "../rulebook/cut.js";
import { uncovered } from "./uncovered.js";
import { partition } from "./urls.js";

/** @typedef {import("../shared/types.js").Address} Address */
/** @typedef {import("../shared/types.js").Message} Message */
/** @typedef {import("../shared/types.js").Quote} Quote */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./plain.js").Span} Span */

const MAX_PREFIXES = 4;
const MAX_QUOTE = 200;
const SPACE_AND_WHITE = new Set(WHITE);

/** A message with what several extractors need. */
export class Mail {
  /**
   * @param {Message} message its strings flattened
   * @param {Lexicon} lexicon
   * @param {string[]} [own] our domains, and our addresses on freemail
   * @param {(text: string) => string} [restore] puts the letters back that flattening replaced
   */
  constructor(message, lexicon, own = [], restore = (text) => text) {
    this.message = message;
    this.restore = restore;
    this.lexicon = lexicon;
    const sender = message.sender ? addressOf(message.sender) : null;
    // A page that shows only a name, as for a bounce, has not told us who sent the mail.
    this.sender = sender?.address.includes("@") ? sender : null;
    this.missing = new Set([...(message.missing ?? []), ...(sender && !this.sender ? ["sender"] : [])]);
    this.replyTo = message.reply_to?.map((entry) => addressOf(entry).address) ?? null;
    this.recipients = message.recipients?.map((entry) => addressOf(entry).address) ?? null;
    this.attachments = message.attachments?.map((entry) => entry.name) ?? null;
    /** Whether a body was given at all. */
    this.hasBody = typeof message.body?.text === "string";
    this.uncovered = uncovered(message.body?.text ?? "");
    /** The body as its reader sees it; all ranges are of it, unless they are called original. */
    this.text = this.uncovered.text;
    const given = [...own, ...(message.own_domains ?? [])].map((entry) => withoutAt(trim(entry).toLowerCase()));
    const domains = given.filter((entry) => !entry.includes("@")).map(cleanHost);
    // A public provider's domain is nobody's own: it would make every gmail sender a colleague.
    this.ownDomains = new Set(domains.filter((host) => host.includes(".") && !isFree(host, lexicon)));
    this.ownAddresses = new Set(given.filter((entry) => entry.includes("@")));
    this.parts = split(this.text, lexicon, isForward(message.subject ?? "", lexicon));
    /** The newest part, signature excluded, cut to what text rules read: where phrases are looked for. */
    this.newest = headAndTail(this.parts.newest);
    /** The newest part with its signature, cut the same way: where identity is read. */
    this.read = headAndTail([...this.parts.newest, ...this.parts.signature].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
    /** @type {Span[] | undefined} */
    this.rowsRead = undefined;
    const address = this.sender ? trim(this.sender.address).toLowerCase() : "";
    this.host = hostOf(address);
    /** The sender's address, "" if unknown or no address. */
    this.address = this.host ? address : "";
    this.org = orgDomain(this.host, lexicon);
  }

  /**
   * @param {string} field of the message
   * @returns {import("../shared/types.js").Why} why it is not there
   */
  why(field) {
    return this.missing.has(field) ? "not_read" : "not_given";
  }

  /** @param {string} address @returns {boolean} whether it is an own address, or under an own domain */
  isOwn(address) {
    return this.ownAddresses.has(address) || this.isOwnHost(hostOf(address));
  }

  /** @param {string} host @returns {boolean} whether it lies under an own domain */
  isOwnHost(host) {
    return host !== "" && inList(host, this.ownDomains);
  }

  /**
   * @param {number} start
   * @param {number} end
   * @returns {Quote} a place of the body in its original wording, cut between words to 200 places
   */
  quote(start, end) {
    const [first, last] = this.uncovered.original(start, end);
    const text = this.message.body?.text ?? "";
    const stop = last - first > MAX_QUOTE ? first + fit(Array.from(text.slice(first, first + MAX_QUOTE + 1)), MAX_QUOTE) : last;
    return { part: "body", text: text.slice(first, stop), start: first, end: stop };
  }

  /** @param {Span[]} spans @returns {Span[]} the same ranges in the message's own text */
  original(spans) {
    return spans.map(([start, end]) => this.uncovered.original(start, end));
  }

  /** The lines of the newest part with its signature that hold anything. @returns {Span[]} */
  get readRows() {
    this.rowsRead ??= this.rows(this.read);
    return this.rowsRead;
  }

  /** @param {Span[]} spans @returns {Span[]} the lines of some ranges that hold anything */
  rows(spans) {
    return spans
      .flatMap(([start, end]) => lines(this.text, start, end))
      .filter((row) => trim(this.text.slice(...row)) !== "");
  }
}

/**
 * @param {Address | string} given an object, `a@b.example`, or `Name <a@b.example>`
 * @returns {{ address: string, name: string }}
 */
function addressOf(given) {
  if (typeof given !== "string")
    return { address: strip(given.address ?? "").toLowerCase(), name: strip(given.name ?? "") };
  const open = given.lastIndexOf("<");
  const close = given.indexOf(">", open);
  if (open < 0 || close < 0) return { address: strip(given).toLowerCase(), name: "" };
  return { address: strip(given.slice(open + 1, close)).toLowerCase(), name: strip(given.slice(0, open)) };
}

/** @param {string} entry */
function withoutAt(entry) {
  let start = 0;
  while (entry[start] === "@") start++;
  return entry.slice(start);
}

/** @param {string} address @returns {string} its host, "" if it is no address */
export function hostOf(address) {
  const at = address.lastIndexOf("@");
  return at > 0 ? cleanHost(address.slice(at + 1)) : "";
}

/** @param {string[] | null} given @returns {string[]} the plain addresses, lower case, those without @ left out */
export function addresses(given) {
  return (given ?? []).map((entry) => trim(entry).toLowerCase()).filter((entry) => hostOf(entry) !== "");
}

/**
 * @param {string} subject
 * @returns {string[]} the words before its first colons: `Re[2]: Fwd: offer` gives re, fwd
 */
function prefixes(subject) {
  /** @type {string[]} */
  const found = [];
  let rest = subject.slice(0, 200);
  while (found.length < MAX_PREFIXES) {
    const [head, colon, tail] = partition(rest.replaceAll("：", ":"), ":");
    const cut = trim(head).toLowerCase().split("[", 1)[0]?.split("(", 1)[0] ?? "";
    const word = trim(cut, SPACE_AND_WHITE);
    if (colon === "" || word.length > 24) break;
    found.push(word);
    rest = tail;
  }
  return found;
}

/**
 * @param {string} subject
 * @param {Lexicon} lexicon
 * @returns {boolean} it starts like a reply or a forwarded mail
 */
export function isReply(subject, lexicon) {
  const first = prefixes(subject)[0];
  return first !== undefined && (lexicon.reply.has(first) || lexicon.forward.has(first));
}

/**
 * @param {string} subject
 * @param {Lexicon} lexicon
 * @returns {boolean} it starts like a forwarded mail, also behind a Re:
 */
export function isForward(subject, lexicon) {
  return isReply(subject, lexicon) && prefixes(subject).some((mark) => lexicon.forward.has(mark));
}
