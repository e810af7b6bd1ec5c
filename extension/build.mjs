/**
 * Builds the extension for Chrome and Firefox, the variant for end-to-end tests, and the panel of the try-it page.
 * `node build.mjs [rulebook.json]`: the compiled rulebook to build in, by default build/rulebook.json.
 */

import { build } from "esbuild";
import yaml from "js-yaml";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { manifest } from "./manifest.js";
import { needsOfAll } from "./src/rulebook/literals.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "dist");
const RULEBOOK = process.argv[2] ?? join(HERE, "..", "build", "rulebook.json");
const SELECTORS = join(HERE, "..", "shared_rules", "selectors.yaml");
const PAGES = ["panel", "options", "popup", "privacy", "selfcheck"];

/** Gzipped bytes that a part may have. The content script is loaded into every mail page. */
const LIMITS = /** @type {Record<string, number>} */ ({ "content.js": 40_000, "worker.js": 150_000, "panel/panel.js": 150_000 });

/**
 * Data that is read at build time: selectors, readable names of facts, and for the content script only its own words.
 * @param {any} rulebook
 * @returns {import("esbuild").Plugin}
 */
function data(rulebook) {
  return {
    name: "backtone-data",
    setup(builder) {
      builder.onResolve({ filter: /^backtone:/ }, ({ path }) => ({ path, namespace: "backtone" }));
      builder.onLoad({ filter: /^backtone:selectors$/, namespace: "backtone" }, async () => ({
        contents: JSON.stringify(yaml.load(await readFile(SELECTORS, "utf8"))), loader: "json",
      }));
      builder.onLoad({ filter: /^backtone:facts$/, namespace: "backtone" }, () => ({
        contents: JSON.stringify(rulebook.texts?.facts ?? {}), loader: "json",
      }));
      builder.onLoad({ filter: /_locales[\\/][a-zA-Z_]+[\\/]messages\.json$/ }, async ({ path }) => {
        const all = JSON.parse(await readFile(path, "utf8"));
        const wanted = Object.entries(all).filter(([key]) => !isContent(builder) || key.startsWith("badge_"));
        return { contents: JSON.stringify(Object.fromEntries(wanted)), loader: "json" };
      });
    },
  };
}

/** @param {import("esbuild").PluginBuild} builder */
const isContent = (builder) => builder.initialOptions.format === "iife";

/**
 * @param {"chrome" | "firefox"} browser
 * @param {string} folder
 * @param {string} version
 * @param {any} rulebook
 * @param {boolean} e2e
 */
async function buildFor(browser, folder, version, rulebook, e2e) {
  const out = join(DIST, folder);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const common = {
    bundle: true, minify: !e2e, legalComments: /** @type {const} */ ("none"), charset: /** @type {const} */ ("utf8"),
    target: browser === "chrome" ? "chrome109" : "firefox142", plugins: [data(rulebook)],
    // What Firefox has not is not even named there: its linter would complain.
    define: { __E2E__: String(e2e), ...(browser === "firefox" && { "chrome.sidePanel": "undefined" }) },
  };
  await build({ ...common, entryPoints: { content: join(HERE, "src/content/main.js") }, outdir: out, format: "iife" });
  await build({ ...common, entryPoints: { worker: join(HERE, "src/background/worker.js") }, outdir: out, format: "esm" });
  for (const page of PAGES) {
    await build({ ...common, entryPoints: { [page]: join(HERE, `src/${page}/${page}.js`) }, outdir: join(out, page), format: "esm" });
    await cp(join(HERE, `src/${page}/${page}.html`), join(out, page, `${page}.html`));
    await cp(join(HERE, `src/${page}/page.css`), join(out, page, "page.css"));
    if (page === "panel" || page === "popup") await buildStyle(join(out, page));
  }
  await cp(join(HERE, "icons"), join(out, "icons"), { recursive: true });
  await cp(join(HERE, "_locales"), join(out, "_locales"), { recursive: true });
  await cp(RULEBOOK, join(out, "rulebook.json"));
  await writeFile(join(out, "needs.json"), JSON.stringify({ version: rulebook.version, needs: needsOfAll(rulebook.phrases) }));
  if (browser === "chrome") await cp(join(HERE, "src/options/managed_schema.json"), join(out, "managed_schema.json"));
  await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest(browser, version, { e2e }), null, 2)}\n`);
}

/** @param {any} rulebook */
async function buildTryIt(rulebook) {
  const out = join(DIST, "tryit");
  await rm(out, { recursive: true, force: true });
  await build({
    entryPoints: { panel: join(HERE, "src/panel/tryit.js") }, outdir: out, bundle: true, minify: true, format: "esm",
    charset: "utf8", target: "chrome109", define: { __E2E__: "false" }, plugins: [data(rulebook)], legalComments: "none",
  });
  await buildStyle(out);
}

/** The panel's style in one file. @param {string} out */
async function buildStyle(out) {
  await build({ entryPoints: [join(HERE, "src/panel/panel.css")], outdir: out, bundle: true, minify: true, charset: "utf8", target: "chrome109", legalComments: "none" });
}

/** Prints each part's size; a part above its limit fails the build. @param {string} folder */
async function weigh(folder) {
  // The rulebook's limit is that of the server's test (tests/rules/test_conditions.py).
  for (const [name, limit] of Object.entries({ ...LIMITS, "options/options.js": 150_000, "popup/popup.js": 150_000, "rulebook.json": 400 * 1024 })) {
    const bytes = await readFile(join(DIST, folder, name));
    const packed = gzipSync(bytes, { level: 9 }).length;
    console.log(`${folder}/${name.padEnd(18)} ${String(bytes.length).padStart(8)} B  ${String(packed).padStart(7)} B gzipped`);
    if (packed > limit) throw new Error(`${name} is ${packed} B gzipped, more than ${limit} B`);
  }
}

const { version } = JSON.parse(await readFile(join(HERE, "package.json"), "utf8"));
const rulebook = JSON.parse(await readFile(RULEBOOK, "utf8"));
await buildFor("chrome", "chrome", version, rulebook, false);
await buildFor("firefox", "firefox", version, rulebook, false);
await buildFor("chrome", "e2e", version, rulebook, true);
await buildFor("firefox", "e2e-firefox", version, rulebook, true);
await buildTryIt(rulebook);
await weigh("chrome");
