/** The real server, started as an admin starts it, with look-ups off and a folder of its own. */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TOKEN = "e2e-token-of-a-sales-rep-0123456789";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @param {Record<string, string>} [settings] */
export async function startServer(settings = {}) {
  const ours = join(ROOT, ".venv", "bin", "python");
  const python = process.env.PYTHON ?? (existsSync(ours) ? ours : "python3");
  const data = await mkdtemp(join(tmpdir(), "backtone-data-"));
  const port = await freePort();
  const tokens = join(data, "tokens");
  await writeFile(tokens, `rep:rep:${TOKEN}\n`, { mode: 0o600 });
  const child = spawn(python, ["-m", "server", "serve"], {
    cwd: ROOT, stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, BACKTONE_LISTEN: `127.0.0.1:${port}`, BACKTONE_DATA: data, BACKTONE_TOKENS_FILE: tokens, BACKTONE_LOOKUPS: "off", ...settings },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => { said += chunk; });
  const address = `http://127.0.0.1:${port}`;
  const end = Date.now() + 30000;
  for (;;) {
    if (child.exitCode !== null || Date.now() > end) {
      child.kill();
      throw new Error(`the server did not start:\n${said}`);
    }
    const alive = await fetch(`${address}/healthz`).then((answer) => answer.ok, () => false);
    if (alive) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    address, token: TOKEN,
    async stop() {
      child.kill();
      await new Promise((resolve) => (child.exitCode !== null ? resolve(undefined) : child.on("exit", resolve)));
      await rm(data, { recursive: true, force: true });
    },
  };
}
