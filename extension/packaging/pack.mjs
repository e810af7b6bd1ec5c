/**
 * Packages of what `npm run build` made, in dist/packages. The same build gives the same bytes.
 *   node packaging/pack.mjs
 *     backtone-chrome-VERSION.zip    the folder to load unpacked, with the fixed id
 *     backtone-store-VERSION.zip     for Edge Add-ons and the Chrome Web Store, which give the id themselves
 *     backtone-firefox-VERSION.zip   to be signed by Mozilla
 *   node packaging/pack.mjs --key company.pem --url https://intranet.example/backtone/
 *     backtone-VERSION.crx, update.xml   to be served under that address; the id follows from the key
 */

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { crxOf, idOf, publicOf, updateXml } from "./crx.mjs";
import { zipOf } from "./zip.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");

/**
 * @param {string} folder
 * @returns {Promise<Record<string, Buffer>>}
 */
export async function filesOf(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const rows = await Promise.all(paths.map(async (path) => [relative(folder, path).split(sep).join("/"), await readFile(path)]));
  return Object.fromEntries(rows);
}

/**
 * The same files with a changed manifest.
 * @param {Record<string, Buffer>} files
 * @param {(manifest: any) => void} change
 */
export function withManifest(files, change) {
  const manifest = JSON.parse(files["manifest.json"].toString("utf8"));
  change(manifest);
  return { ...files, "manifest.json": Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) };
}

/**
 * A package for a company's own server.
 * @param {Record<string, Buffer>} files  of the build for Chrome
 * @param {string} pem
 * @param {string} url  of the folder that will hold both files, with a slash at its end
 */
export function selfHosted(files, pem, url) {
  const publicKey = publicOf(pem);
  const id = idOf(publicKey);
  const ours = withManifest(files, (manifest) => Object.assign(manifest, { key: publicKey.toString("base64"), update_url: `${url}update.xml` }));
  const { version } = JSON.parse(ours["manifest.json"].toString("utf8"));
  const name = `backtone-${version}.crx`;
  return { id, name, crx: crxOf(zipOf(ours), pem), xml: updateXml({ id, version, address: url + name }) };
}

async function main() {
  const { values } = parseArgs({ options: { key: { type: "string" }, url: { type: "string" }, out: { type: "string" } } });
  const out = values.out ?? join(DIST, "packages");
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const [chrome, firefox] = await Promise.all([filesOf(join(DIST, "chrome")), filesOf(join(DIST, "firefox"))]);
  const { version } = JSON.parse(chrome["manifest.json"].toString("utf8"));
  /** @param {string} name @param {Buffer | string} data */
  const put = async (name, data) => {
    await writeFile(join(out, name), data);
    console.log(`${join(out, name)}  ${data.length} B`);
  };
  await put(`backtone-chrome-${version}.zip`, zipOf(chrome));
  await put(`backtone-store-${version}.zip`, zipOf(withManifest(chrome, (manifest) => delete manifest.key)));
  await put(`backtone-firefox-${version}.zip`, zipOf(firefox));
  if (Boolean(values.key) !== Boolean(values.url)) throw new Error("--key and --url belong together");
  if (!values.key || !values.url) return;
  const url = values.url.endsWith("/") ? values.url : `${values.url}/`;
  const own = selfHosted(chrome, await readFile(values.key, "utf8"), url);
  await put(own.name, own.crx);
  await put("update.xml", own.xml);
  console.log(`id ${own.id}: name it in policies, and chrome-extension://${own.id} in BACKTONE_CORS_ORIGINS if you need CORS`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
