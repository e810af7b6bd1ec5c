/** Chromium with the extension, on saved pages of the webmails under their real addresses. */

import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const load = createRequire(join(ROOT, "extension", "package.json"));
export const { chromium } = load("playwright-core");
export const { AxeBuilder } = load("@axe-core/playwright");
export const SHOTS = join(ROOT, "build", "e2e");
await mkdir(SHOTS, { recursive: true });

/** Like Gmail's: no foreign scripts, frames or connections, trusted types. */
const CSP = "require-trusted-types-for 'script'; script-src 'unsafe-inline'; style-src 'self' 'unsafe-inline'; connect-src 'self'; frame-src 'self'; object-src 'none'";
const GMAIL = "https://mail.google.com/mail/u/0/";
const HASH = "#inbox/FMfcgzGxSabcdefghijklmnopqrstuv";

/**
 * @param {{build?: string, dark?: boolean, locale?: string}} [options]
 */
export async function launch({ build = "e2e", dark = false, locale = "zh-CN" } = {}) {
  const profile = await mkdtemp(join(tmpdir(), "backtone-e2e-"));
  // A copy: a build that somebody starts meanwhile must not pull the extension away from under the browser.
  const folder = join(profile, "backtone-extension");
  await cp(join(ROOT, "extension", "dist", build), folder, { recursive: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true, colorScheme: dark ? "dark" : "light", locale, viewport: { width: 1280, height: 800 },
    args: ["--no-sandbox", `--lang=${locale}`, `--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
  });
  const worker = context.serviceWorkers()[0] ?? await context.waitForEvent("serviceworker");
  /** @type {Map<string, string>} pages made by a test, by name */
  const made = new Map();
  // A mail in which no rule finds anything, so that what is shown comes from the server alone.
  made.set("plain", (await readFile(join(ROOT, "tests/e2e/pages/gmail/popout.html"), "utf8"))
    .replaceAll("lily.wang.sales@gmai1.example", "ann.lee@importer-lighting.com").replaceAll("Lily Wang", "Ann Lee")
    .replace(/(<div class="a3s aiL ">).*?(<div class="yj6qo">)/s, "$1<div>Dear sir, please quote 500 pcs of LP-6060, CIF Hamburg.</div>$2"));
  /** @type {{url: URL, method: string, body: string}[]} what pages and content script asked the webmail for */
  const asked = [];
  /** @type {{answer: (request: typeof asked[number]) => any, csp: string}} how the webmail answers to that, Gmail's policy */
  const webmail = { answer: () => ({ status: 404, body: "" }), csp: CSP };
  await context.route(/^https:\/\/(mail\.google\.com|[a-z.]*163\.com|[a-z.]*126\.com|mail\.factory\.example)\//, async (route) => {
    const url = new URL(route.request().url());
    const name = url.searchParams.get("page");
    if (!name || url.searchParams.has("func")) {
      const request = { url, method: route.request().method(), body: route.request().postData() ?? "" };
      asked.push(request);
      return route.fulfill(webmail.answer(request));
    }
    const body = made.get(name) ?? await readFile(join(ROOT, "tests", "e2e", "pages", name), "utf8");
    const headers = url.host === "mail.google.com" ? { "Content-Security-Policy": webmail.csp } : {};
    return route.fulfill({ status: 200, contentType: "text/html; charset=utf-8", headers, body });
  });
  return {
    context, worker, made, asked, webmail,
    id: new URL(worker.url()).host,
    /** @param {Record<string, string>} settings */
    set: (settings) => worker.evaluate((value) => chrome.storage.local.set({ settings: value }), settings),
    /** @param {string} name @param {{hash?: string}} [where] */
    async gmail(name, { hash = HASH } = {}) {
      const page = await context.newPage();
      await page.goto(`${GMAIL}?page=${made.has(name) ? name : `gmail/${name}`}${hash}`);
      return page;
    },
    /** @param {string} name @param {string} hash */
    async netease(name, hash) {
      const page = await context.newPage();
      await page.goto(`https://mail.163.com/js6/main.jsp?sid=FAKE&page=netease/${name}${hash}`);
      return page;
    },
    /** A page at any of the served addresses. @param {string} url  with `page=` */
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    /** What our content script leaves in a page's console, and what it throws there. @param {import("playwright-core").Page} page */
    listen(page) {
      /** @type {string[]} */
      const said = [];
      page.on("pageerror", (error) => said.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") said.push(message.text());
      });
      return said;
    },
    /** Ends the service worker, as the browser does after half a minute of rest. */
    async stopWorker() {
      const page = await context.newPage();
      await page.goto("about:blank");
      const session = await (context.browser()?.newBrowserCDPSession() ?? context.newCDPSession(page));
      const { targetInfos } = await session.send("Target.getTargets");
      const targets = targetInfos.filter((/** @type {{type: string}} */ info) => info.type === "service_worker");
      if (targets.length !== 1) throw new Error(`expected one service worker, found ${targets.length}`);
      await session.send("Target.closeTarget", { targetId: targets[0].targetId });
      await page.close();
    },
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const READ_HASH = "#module=read.ReadModule%7C%7B%22area%22%3A%22normal%22%2C%22isThread%22%3Afalse%2C%22id%22%3A%2259%3A1tbiFAKEmid0A1XlgAAbB%22%2C%22fid%22%3A1%7D";

/** The badges of a page. @param {import("playwright-core").Page} page */
export const badges = (page) => page.locator("[data-backtone=badge]");

/** The panel in its frame. @param {import("playwright-core").Page} page */
export const panelOf = (page) => page.locator("[data-backtone=panel]").frameLocator("iframe");

/**
 * Opens the first badge's panel.
 * @param {import("playwright-core").Page} page
 */
export async function openPanel(page, at = 0) {
  const panel = panelOf(page);
  // A test that empties the extension's storage under it may leave the first panel without its mail: click again.
  for (let clicks = 1; ; clicks += 1) {
    await badges(page).nth(at).getByRole("button").click();
    const shown = panel.getByRole("heading", { level: 1 }).waitFor({ timeout: clicks < 3 ? 8000 : 30000 });
    if (await shown.then(() => true, (error) => { if (clicks === 3) throw error; })) break;
  }
  // Chromium gives the mouse to the page below until it has composited the new frame.
  const x = (page.viewportSize()?.width ?? 1280) - 200;
  for (let tries = 0; tries < 50; tries += 1) {
    await page.mouse.move(x + (tries % 2), 300);
    if (await panel.locator(":root").evaluate((root) => root.matches(":hover"))) return panel;
    await page.waitForTimeout(100);
  }
  throw new Error("the panel's frame never took the mouse");
}

/** What a badge shows. @param {import("playwright-core").Page} page */
export const tone = (page, at = 0) => badges(page).nth(at).getAttribute("data-tone");

/** @param {import("playwright-core").Page} page @param {string} wanted  one or several, as `high|critical` */
export async function untilTone(page, wanted, at = 0) {
  await page.waitForFunction(([tones, index]) =>
    tones.split("|").includes(document.querySelectorAll("[data-backtone=badge]")[index]?.dataset.tone ?? ""), [wanted, at], { timeout: 8000 });
}
