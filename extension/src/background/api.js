/** The server's API. The only place in the extension that opens a connection. Nothing here throws: failures are codes. */

import { isLoopback, originOf } from "../shared/settings.js";

/** @typedef {import("../shared/standing.js").Problem} Problem */

/**
 * @typedef {{data: any, status: number, headers: Headers, problem?: undefined} | {problem: Problem}} Answer
 */

/** Longer than the longest wait that the server grants (10 s). */
const TIMEOUT_MS = 15000;

/**
 * @param {{address: string, token: string, lang?: string}} server
 * @param {string} path  as `/v1/vet`
 * @param {{method?: string, json?: unknown, mail?: Blob, headers?: Record<string, string>}} [what]
 * @returns {Promise<Answer>}
 */
export async function ask(server, path, what = {}) {
  const origin = originOf(server.address);
  if (!origin) return { problem: { code: "bad_address", address: server.address } };
  if (!server.token) return { problem: { code: "no_token", address: origin } };
  // A header cannot hold it: fetch would fail as if the server were away.
  if (!/^[!-~]+$/.test(server.token)) return { problem: { code: "unauthorized", address: origin } };
  try {
    const response = await fetch(origin + path, {
      method: what.method ?? "GET",
      headers: {
        Authorization: `Bearer ${server.token}`,
        ...(what.json !== undefined && { "Content-Type": "application/json" }),
        ...(what.mail && { "Content-Type": "message/rfc822" }),
        ...what.headers,
      },
      body: what.json !== undefined ? JSON.stringify(what.json) : what.mail ?? null,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await read(response, origin);
  } catch (error) {
    return { problem: await problemOf(error, origin) };
  }
}

const CODES = /** @type {Record<number, string>} */ ({
  401: "unauthorized", 403: "forbidden", 413: "too_large", 429: "rate_limited",
});

/**
 * @param {Response} response
 * @param {string} address
 * @returns {Promise<Answer>}
 */
async function read(response, address) {
  if (response.status === 304) return { data: null, status: 304, headers: response.headers };
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  if (!isJson) return { problem: { code: response.status >= 500 ? "server_error" : "not_backtone", address } };
  const data = await response.json();
  if (response.ok) return { data, status: response.status, headers: response.headers };
  const known = data?.error?.code ? CODES[response.status] : undefined;
  if (known) return { problem: { code: known, address } };
  if (response.status >= 500) return { problem: { code: "server_error", address } };
  if (!data?.error?.code) return { problem: { code: "not_backtone", address } };
  const detail = [data.error.field, data.error.message].filter(Boolean).join(": ").slice(0, 300);
  return { problem: { code: response.status === 404 ? "gone" : "invalid", address, detail } };
}

/**
 * A browser does not tell a page why a connection failed; whether it was allowed at all can be asked.
 * @param {unknown} error
 * @param {string} address
 * @returns {Promise<Problem>}
 */
async function problemOf(error, address) {
  if (error instanceof DOMException && (error.name === "TimeoutError" || error.name === "AbortError")) return { code: "timeout", address };
  if (error instanceof SyntaxError) return { code: "not_backtone", address };
  if (!(error instanceof TypeError)) throw error;
  const allowed = await chrome.permissions.contains({ origins: [`${address.replace(/:[0-9]{1,5}$/, "")}/*`] });
  if (!allowed && !isLoopback(address)) return { code: "no_permission", address };
  return { code: address.startsWith("https:") ? "unreachable_tls" : "unreachable", address };
}
