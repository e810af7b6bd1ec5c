/** Asking the webmail itself, from its own page and with the reader's own login. Only on a click, and never elsewhere. */

const MOST = 256 * 1024;
const TIMEOUT_MS = 12000;

/**
 * @param {string} path  on the page's own origin
 * @param {(text: string) => boolean} enough  the rest of a large answer is not fetched
 * @param {Record<string, string>} [form]  sent by POST
 * @returns {Promise<string>}  empty if it could not be had
 */
export async function askOwnOrigin(path, enough, form) {
  const url = new URL(path, location.origin);
  if (url.origin !== location.origin) return "";
  try {
    const response = await fetch(url, {
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
      credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok && response.body ? await readUntil(response.body.getReader(), enough) : "";
  } catch (error) {
    // Refused, redirected elsewhere, too slow: the mail is judged without it.
    if (error instanceof TypeError || error instanceof DOMException) return "";
    throw error;
  }
}

/** @param {ReadableStreamDefaultReader<Uint8Array>} reader @param {(text: string) => boolean} enough */
async function readUntil(reader, enough) {
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (value) text += decoder.decode(value, { stream: true });
    if (done) return text;
    if (text.length > MOST || enough(text)) {
      await reader.cancel();
      return text;
    }
  }
}
