/** Firefox, driven by its own protocol (Marionette): Debian has no geckodriver, and Playwright wants a Firefox of its own. */

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/**
 * @param {string} binary
 * @param {Record<string, string | number | boolean>} prefs
 */
export async function startFirefox(binary, prefs) {
  const profile = await mkdtemp(join(tmpdir(), "backtone-firefox-"));
  const port = await freePort();
  const all = {
    "marionette.port": port, "browser.shell.checkDefaultBrowser": false, "datareporting.policy.dataSubmissionEnabled": false, "app.update.enabled": false,
    "toolkit.telemetry.reportingpolicy.firstRun": false, "browser.startup.homepage_override.mstone": "ignore", "extensions.getAddons.cache.enabled": false, ...prefs,
  };
  await writeFile(join(profile, "user.js"), Object.entries(all).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`).join("\n"));
  const child = spawn(binary, ["--headless", "--no-remote", "--profile", profile, "--marionette", "--remote-allow-system-access"], { stdio: "ignore", env: { ...process.env, HOME: profile } });
  const socket = await reach(port);
  const send = talk(socket);
  await send("WebDriver:NewSession", { acceptInsecureCerts: true });
  return {
    send,
    /** @param {string} script @param {unknown[]} [args] */
    run: async (script, args = []) => (await send("WebDriver:ExecuteScript", { script, args })).value,
    /** In the browser's own rights. @param {string} script @param {unknown[]} [args] */
    async inChrome(script, args = []) {
      await send("Marionette:SetContext", { value: "chrome" });
      try {
        return (await send("WebDriver:ExecuteAsyncScript", { script, args })).value;
      } finally {
        await send("Marionette:SetContext", { value: "content" });
      }
    },
    /** @param {string} script  gives an element */
    element: async (script) => {
      const { value } = await send("WebDriver:ExecuteScript", { script, args: [] });
      return value?.[ELEMENT];
    },
    async stop() {
      await send("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => {});
      socket.destroy();
      child.kill();
      await new Promise((resolve) => (child.exitCode !== null || child.signalCode ? resolve(undefined) : child.on("exit", resolve)));
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @param {number} port */
async function reach(port) {
  const end = Date.now() + 60000;
  for (;;) {
    const socket = await new Promise((resolve) => {
      const tried = connect(port, "127.0.0.1", () => resolve(tried));
      tried.on("error", () => resolve(null));
    });
    if (socket) return /** @type {import("node:net").Socket} */ (socket);
    if (Date.now() > end) throw new Error("Firefox did not open its port");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Messages are `LENGTH:JSON`: we send [0, id, command, parameters], it answers [1, id, error, result].
 * @param {import("node:net").Socket} socket
 */
function talk(socket) {
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  let held = Buffer.alloc(0);
  let last = 0;
  socket.on("data", (chunk) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const colon = held.indexOf(58);
      if (colon < 0) return;
      const length = Number(held.subarray(0, colon).toString());
      if (held.length < colon + 1 + length) return;
      const message = JSON.parse(held.subarray(colon + 1, colon + 1 + length).toString("utf8"));
      held = held.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue; // the greeting
      const [, id, error, result] = message;
      const one = waiting.get(id);
      waiting.delete(id);
      if (error) one?.reject(new Error(`${error.error}: ${error.message}`));
      else one?.resolve(result);
    }
  });
  /** @param {string} command @param {Record<string, unknown>} [parameters] @returns {Promise<any>} */
  return (command, parameters = {}) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    const text = JSON.stringify([0, last, command, parameters]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
  });
}
