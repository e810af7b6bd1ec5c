/** The server's try-it page in the browser, with the real server: the same panel, with everything that the server offers. */

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { AxeBuilder, chromium, SHOTS } from "./browser.mjs";
import { startServer } from "./server.mjs";

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
/** @type {import("playwright-core").BrowserContext} */
let context;
let profile = "";

before(async () => {
  server = await startServer();
  profile = await mkdtemp(join(tmpdir(), "backtone-tryit-"));
  context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: ["--no-sandbox"], viewport: { width: 1280, height: 1000 }, timezoneId: "Asia/Shanghai",
  });
});
after(async () => {
  await context?.close();
  await server?.stop();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** @param {"en" | "zh"} lang @param {string} example */
async function open(lang, example) {
  const page = await context.newPage();
  /** @type {string[]} */
  const said = [];
  page.on("console", (message) => { if (message.type() === "error") said.push(message.text()); });
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(`${server.address}/?lang=${lang}#token=${server.token}`);
  await page.locator(`[data-example=${example}]`).click();
  await page.locator("#panel .head").waitFor();
  await page.locator("#status:not(.busy)").waitFor();
  return { page, said, panel: page.locator("#panel") };
}

for (const [lang, scheme] of /** @type {const} */ ([["zh", "light"], ["en", "dark"]])) {
  test(`an honest inquiry: level, checks, payment, a letter, an opinion; what is noted counts at the next check (${lang}, ${scheme})`, async () => {
    const { page, said, panel } = await open(lang, "honest");
    await page.emulateMedia({ colorScheme: scheme });
    const shown = await panel.locator(".fold").evaluateAll((folds) => folds.map((fold) => fold.dataset.id));
    for (const id of ["handling", "customer", "asked", "all-searches", "why-score", "not-checked", "opinion"]) assert.ok(shown.includes(id), `${id} is among ${shown}`);
    await panel.locator("[data-id=fold-asked]").click();
    await panel.locator("[data-id=ask-order_amount]").fill("48000");
    await panel.locator("[data-id=ask-currency]").selectOption("USD");
    await panel.locator("[data-id=ask-country]").selectOption("DE");
    const vetted = page.waitForRequest((request) => new URL(request.url()).pathname === "/v1/vet" && request.method() === "POST");
    await panel.locator("[data-id=ask-save]").click();
    assert.deepEqual((await vetted).postDataJSON().context, { order_amount: 48000, currency: "USD", country: "DE", timezone: "Asia/Shanghai" });
    await panel.locator("[data-id=fold-asked] .digest", { hasText: "48,000" }).waitFor();
    await panel.locator("[data-id=checks]").waitFor();

    await panel.locator("[data-id=fold-letters]").click();
    await panel.locator("[data-id^=letter-][data-id$=-en]").first().click();
    await panel.locator(".letter pre").waitFor();
    assert.match(await panel.locator(".letter pre").innerText(), /Ann|Dear/);

    await panel.locator("[data-id=fold-opinion]").click();
    await panel.locator("[data-id=opinion-real_customer]").click();
    await panel.locator("[data-id=opinion] [role=status]").waitFor();

    await panel.locator("article").evaluate((article) => article.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
    const text = await panel.innerText();
    assert.deepEqual(text.match(/(panel|badge|problem)_[a-z]+|undefined|\[object/g), null);
    const { violations } = await new AxeBuilder({ page }).include("#panel").analyze();
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`), []);
    assert.deepEqual(said, []);
    await page.screenshot({ path: `${SHOTS}/try-it-${lang}-${scheme}.png`, fullPage: true });
    await page.close();
  });
}

test("a doubtful order: no letters, a stop list", async () => {
  const { page, panel } = await open("en", "fraud");
  assert.equal(await panel.locator("[data-id=letters]").count(), 0);
  await panel.locator(".stop li").first().waitFor();
  await panel.locator("[data-id=fold-places]").click();
  assert.ok(await panel.locator(".places mark").count() >= 1);
  await page.screenshot({ path: `${SHOTS}/try-it-fraud-en.png`, fullPage: true });
  await page.close();
});
