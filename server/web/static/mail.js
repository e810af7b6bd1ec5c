/** From what was typed into the form to a request of the API, and the calls themselves. */

/**
 * @typedef {{sender?: string, subject?: string, reply_to?: string, body?: string, attachments?: string,
 *   headers?: string}} Typed
 */

/**
 * The request for what was typed. An empty box is unknown, so it is left out.
 * @param {Typed} typed
 * @param {string} lang
 */
export function requestOf(typed, lang) {
  /** @type {Record<string, unknown>} */
  const request = { lang };
  if (typed.sender?.trim()) request.sender = typed.sender.trim();
  if (typed.subject?.trim()) request.subject = typed.subject.trim();
  if (typed.body?.trim()) request.body = { text: typed.body };
  if (typed.reply_to?.trim()) request.reply_to = typed.reply_to.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean);
  const names = (typed.attachments ?? "").split("\n").map((one) => one.trim()).filter(Boolean);
  if (names.length) request.attachments = names.map((name) => ({ name }));
  const headers = headersOf(typed.headers ?? "");
  if (headers.length) request.headers = headers;
  return request;
}

/**
 * Header lines as pairs. A line that starts with white space belongs to the one before.
 * @param {string} raw
 * @returns {[string, string][]}
 */
export function headersOf(raw) {
  /** @type {[string, string][]} */
  const pairs = [];
  for (const line of raw.split(/\r\n|\r|\n/)) {
    const colon = line.indexOf(":");
    const last = pairs.at(-1);
    if (/^[ \t]/.test(line) && last) last[1] = `${last[1]} ${line.trim()}`.slice(0, 8000);
    else if (colon > 0 && colon < 300 && !line.slice(0, colon).includes(" "))
      pairs.push([line.slice(0, colon), line.slice(colon + 1).trim().slice(0, 8000)]);
  }
  return pairs.slice(0, 300);
}

/** A failure that the API put into words. */
export class ApiFailure extends Error {
  /** @param {number} status @param {string} code @param {string} message */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * One call of the API. Throws ApiFailure, or TypeError where the server cannot be reached.
 * @param {string} path
 * @param {string} token
 * @param {RequestInit & {headers?: Record<string, string>}} [options]
 * @returns {Promise<any>}
 */
export async function call(path, token, options = {}) {
  /** @type {Record<string, string>} */
  const headers = { ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(path, { ...options, headers, cache: "no-store", credentials: "omit" });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new ApiFailure(response.status, answer.error?.code ?? "", answer.error?.message ?? response.statusText);
  }
  return answer;
}

/**
 * Vet a request or an .eml file.
 * @param {{request?: object, file?: File | null, lang: string, token: string, fresh?: boolean}} what
 * @returns {Promise<any>}
 */
export function vet({ request, file, lang, token, fresh = false }) {
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": file ? "message/rfc822" : "application/json" };
  if (fresh) headers["Cache-Control"] = "no-cache";
  const path = `/v1/vet?detail=full${file ? `&lang=${encodeURIComponent(lang)}` : ""}`;
  return call(path, token, { method: "POST", headers, body: file ?? JSON.stringify(request) });
}
