/** SHA-256 of a sentence, so that it can be named without being told. */

/**
 * @param {string} sentence  white space at the ends does not count
 * @returns {Promise<string>}  64 hex digits; empty where the page is not secure (plain http on another computer)
 */
export async function hashOf(sentence) {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return "";
  const digest = await subtle.digest("SHA-256", new TextEncoder().encode(sentence.trim()));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
