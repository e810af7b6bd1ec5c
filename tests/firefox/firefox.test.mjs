/**
 * Firefox: install, badge, panel, questions to the server from the background. `make firefox`; not part of `make test`.
 * The mail page comes from this computer under Gmail's name: a proxy leads every https address to a small server here.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { startApi, TOKEN, verdict } from "../e2e/api.mjs";
import { startFirefox } from "./marionette.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BINARY = process.env.FIREFOX ?? ["/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => existsSync(path)) ?? "";
const GMAIL = "https://mail.google.com/mail/u/0/#inbox/FMfcgzGxSabcdefghijklmnopqrstuv";
const ID = "backtone@backtone.invalid";
const UUID = "6c4e8f0a-2b7d-4f19-9f0c-5d1b7a3e9c21";

/** @type {Awaited<ReturnType<typeof startFirefox>>} */
let firefox;
/** @type {Awaited<ReturnType<typeof startApi>>} */
let api;
/** @type {(() => unknown)[]} */
const ends = [];

/** A certificate for one hour, since nobody vouches for a page of ours under Gmail's name. @param {string} folder */
async function certificate(folder) {
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=mail.google.com", "-addext", "subjectAltName=DNS:mail.google.com", "-keyout", key, "-out", cert], { stdio: "pipe" });
  return { key: await readFile(key), cert: await readFile(cert) };
}

/** @param {import("node:http").Server | import("node:https").Server} server @returns {Promise<number>} */
const listen = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port)));

before(async () => {
  assert.ok(BINARY, "no Firefox: apt-get install firefox-esr, or name it in FIREFOX");
  const folder = await mkdtemp(join(tmpdir(), "backtone-firefox-page-"));
  // A mail in which no rule of the browser's own finds anything: what is shown comes from the server.
  const html = (await readFile(join(ROOT, "tests/e2e/pages/gmail/popout.html"), "utf8"))
    .replaceAll("lily.wang.sales@gmai1.example", "ann.lee@importer-lighting.com").replaceAll("Lily Wang", "Ann Lee")
    .replace(/(<div class="a3s aiL ">).*?(<div class="yj6qo">)/s, "$1<div>Dear sir, please quote 500 pcs of LP-6060, CIF Hamburg.</div>$2");
  const site = createHttps(await certificate(folder), (_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "script-src 'unsafe-inline'; style-src 'self' 'unsafe-inline'; connect-src 'self'; frame-src 'self'; object-src 'none'" });
    response.end(html);
  });
  const sitePort = await listen(site);
  const proxy = createHttp();
  proxy.on("connect", (_request, client, head) => {
    const upstream = connect(sitePort, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const end of [client, upstream]) end.on("error", () => { client.destroy(); upstream.destroy(); });
  });
  const proxyPort = await listen(proxy);
  api = await startApi();
  firefox = await startFirefox(BINARY, {
    "network.proxy.type": 1, "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": proxyPort, "network.stricttransportsecurity.preloadlist": false,
    "security.cert_pinning.enforcement_level": 0, "intl.locale.requested": "en-US", "extensions.webextensions.uuids": JSON.stringify({ [ID]: UUID }),
  });
  ends.push(() => firefox.stop(), () => api.stop(), () => site.close(), () => proxy.close(), () => rm(folder, { recursive: true, force: true }));
  const { value } = await firefox.send("Addon:Install", { path: join(ROOT, "extension", "dist", "e2e-firefox"), temporary: true });
  assert.equal(value, ID);
});
after(async () => {
  for (const end of ends) await end();
});

/** Waits until a script in the page gives something. @param {string} script @param {string} what */
async function until(script, what) {
  const end = Date.now() + 15000;
  for (;;) {
    const value = await firefox.run(script).catch(() => null);
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The frame changes its process while it loads; only then can it be entered. */
async function intoPanel() {
  const end = Date.now() + 10000;
  for (;;) {
    const element = await firefox.element("return document.querySelector('[data-backtone=panel]').shadowRoot.querySelector('iframe')");
    const entered = await firefox.send("WebDriver:SwitchToFrame", { element }).then(() => true, (error) => {
      if (Date.now() > end) throw error;
      return false;
    });
    if (entered) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Settings laid into the extension's store from outside, as a user would have typed them. @param {Record<string, string>} settings */
const set = (settings) => firefox.inChrome(`
  const [id, settings, done] = arguments;
  const { WebExtensionPolicy } = Cu.getGlobalForObject(Services);
  const { ExtensionStorageIDB } = ChromeUtils.importESModule("resource://gre/modules/ExtensionStorageIDB.sys.mjs");
  (async () => {
    const principal = ExtensionStorageIDB.getStoragePrincipal(WebExtensionPolicy.getByID(id).extension);
    const store = await ExtensionStorageIDB.open(principal);
    await store.set({ settings });
  })().then(() => done("kept"), (error) => done(String(error)));
`, [ID, settings]);

test("installed, a badge beside the mail, the verdict asked for by the background, the panel with its reasons", async () => {
  assert.equal(await set({ address: api.address, token: TOKEN, lang: "en", engine: "" }), "kept");
  api.answer = () => verdict({ lang: "en" });
  await firefox.send("WebDriver:Navigate", { url: GMAIL });
  const tone = await until("return ['high'].includes(document.querySelector('[data-backtone=badge]')?.dataset.tone) && 'high'", "the badge");
  assert.equal(tone, "high");
  const [call] = api.calls.filter((one) => one.method === "POST");
  assert.equal(call.headers.authorization, `Bearer ${TOKEN}`);
  assert.equal(call.headers.cookie, undefined);
  assert.equal(call.body.sender.address, "ann.lee@importer-lighting.com");

  const button = await firefox.element("return document.querySelector('[data-backtone=badge]').shadowRoot.querySelector('button')");
  await firefox.send("WebDriver:ElementClick", { id: button });
  await until("return Boolean(document.querySelector('[data-backtone=panel]')?.shadowRoot.querySelector('iframe'))", "the panel");
  await intoPanel();
  assert.equal(await until("return document.querySelector('h1')?.textContent", "the panel's content"), "High risk");
  assert.ok(await firefox.run("return document.querySelectorAll('.reason').length") >= 3);
  assert.match(await firefox.run("return location.href"), /^moz-extension:\/\/[0-9a-f-]+\/panel\/panel\.html/);
  const { value } = await firefox.send("WebDriver:TakeScreenshot", { full: false });
  await writeFile(join(ROOT, "build", "firefox-panel.png"), Buffer.from(value, "base64"));
  await firefox.send("WebDriver:SwitchToFrame", { id: null });
});

test("the server is gone: said on the badge, never green", async () => {
  assert.equal(await set({ address: "http://127.0.0.1:9", token: TOKEN, lang: "en", engine: "" }), "kept");
  await firefox.send("WebDriver:Navigate", { url: "about:blank" });
  await firefox.send("WebDriver:Navigate", { url: `${GMAIL}x` });
  const tone = await until("const tone = document.querySelector('[data-backtone=badge]')?.dataset.tone; return tone && tone !== 'busy' && tone", "the badge");
  assert.notEqual(tone, "low");
});
