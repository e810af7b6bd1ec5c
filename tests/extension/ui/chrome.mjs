/** As much of the browser's extension API as the worker uses, in memory. */

/** @param {Record<string, unknown>} [start] */
function area(start = {}) {
  const held = new Map(Object.entries(start));
  const copy = (value) => (value === undefined ? undefined : structuredClone(value));
  return {
    held,
    get: async (names) => Object.fromEntries((names === null ? [...held.keys()] : [names].flat()).filter((name) => held.has(name)).map((name) => [name, copy(held.get(name))])),
    set: async (values) => Object.entries(values).forEach(([name, value]) => held.set(name, copy(value))),
    remove: async (names) => [names].flat().forEach((name) => held.delete(name)),
  };
}

/** @param {{settings?: object, policy?: object | Error, rulebook?: object, allowed?: boolean}} [given] */
export function fakeChrome({ settings = {}, policy = {}, rulebook = {}, allowed = true } = {}) {
  const managed = area();
  managed.get = async () => {
    if (policy instanceof Error) throw policy;
    return policy;
  };
  globalThis.indexedDB = { open: () => { throw new DOMException("none here", "InvalidStateError"); } };
  globalThis.chrome = {
    storage: { local: area({ settings }), session: area(), managed },
    runtime: { id: "abc", getURL: (path) => `chrome-extension://abc/${path}`, getManifest: () => ({ version: "0.1.0" }) },
    i18n: { getUILanguage: () => "zh-CN" },
    permissions: { contains: async () => allowed },
  };
  return { rulebook };
}

/**
 * @param {(url: string, init: RequestInit) => Response | Promise<Response>} answer  for the server
 * @param {object} rulebook  the bundled one
 */
export function fakeFetch(answer, rulebook) {
  const calls = [];
  globalThis.fetch = async (url, init = {}) => {
    if (String(url).startsWith("chrome-extension:")) return Response.json(rulebook);
    calls.push({ url: String(url), init });
    return answer(String(url), init);
  };
  return calls;
}
