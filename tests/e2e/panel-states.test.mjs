/** Every state of the panel that is no verdict, in both languages and themes: waiting, offline, refused, half read, empty. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { startApi, TOKEN, verdict } from "./api.mjs";
import { AxeBuilder, openPanel, SHOTS } from "./browser.mjs";
import { fullVerdict } from "./full.mjs";
import { api, browser } from "./stage.mjs";

const low = (lang) => fullVerdict(lang, { risk: { score: 3, level: "low", confidence: "high" }, reasons: [], adjustments: [], warnings: [], handling: { reply_by: null, review: false, steps: [], stop: [] }, not_checked: [] });

/** @type {[string, string, (lang: "en" | "zh_CN") => unknown, {page?: string, token?: string, vet?: string}][]} */
const STATES = [
  ["waiting", "busy", () => new Promise((resolve) => setTimeout(() => resolve(verdict()), 6000)), {}],
  ["preview", "caution|high|critical", () => new Promise((resolve) => setTimeout(() => resolve(verdict()), 6000)), { page: "popout.html" }],
  ["unauthorized", "error", () => verdict(), { token: "wrong" }],
  ["no-token", "error", () => verdict(), { token: "" }],
  ["garbage", "error", () => ({ nonsense: true }), {}],
  ["server-error", "error", () => ({ status: 500, body: { error: { code: "internal_error", message: "x" } } }), {}],
  ["click", "unknown", () => verdict(), { vet: "click" }],
  ["lookups-running", "high", (lang) => fullVerdict(lang, { complete: false, key: "" }), {}],
  ["low", "low", low, {}],
  ["half-read", "unknown", low, { page: "clipped.html" }],
];

for (const [lang, scheme] of /** @type {const} */ ([["zh_CN", "light"], ["en", "dark"]])) {
  test(`each state says what it is, what to do, and bars nobody (${lang}, ${scheme})`, async () => {
    for (const [name, tones, answer, { page: mail = "plain", token = TOKEN, vet = "auto" }] of STATES) {
      await browser.worker.evaluate(() => chrome.storage.session.clear());
      await browser.set({ address: api.address, token, lang, engine: "", vet });
      api.answer = () => answer(lang);
      const page = await browser.gmail(mail);
      await page.emulateMedia({ colorScheme: scheme });
      await page.waitForFunction((wanted) => wanted.split("|").includes(document.querySelector("[data-backtone=badge]")?.dataset.tone), tones);
      if (vet === "click") api.answer = () => new Promise((resolve) => setTimeout(() => resolve(verdict()), 6000));
      const panel = await openPanel(page);
      await page.waitForTimeout(250);
      if (vet === "click") assert.equal(await panel.locator(".tone-busy").count(), 1, "the click was heard");
      const text = await panel.locator("body").innerText();
      assert.doesNotMatch(text, /(panel|badge|problem)_[a-z]|undefined|null|\[object/, name);
      const { violations } = await new AxeBuilder({ page }).include("[data-backtone=badge]").include("[data-backtone=panel]").analyze();
      assert.deepEqual(violations.map((one) => `${name} ${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`), []);
      await page.screenshot({ path: `${SHOTS}/state-${name}-${lang}.png`, clip: { x: 780, y: 0, width: 500, height: 620 } });
      await page.close();
    }
  });
}

test("the server is away: said, with the way to the settings; nothing found by the browser is called safe", async () => {
  const away = await startApi();
  await away.stop();
  await browser.set({ address: away.address, token: TOKEN, lang: "zh_CN", engine: "" });
  const page = await browser.gmail("plain");
  await page.waitForFunction(() => document.querySelector("[data-backtone=badge]")?.dataset.tone === "error");
  const panel = await openPanel(page);
  assert.match(await panel.getByRole("alert").innerText(), /没有应答/);
  assert.equal(await panel.getByRole("button", { name: "设置" }).count(), 2);
  assert.equal(await panel.locator(".reason").count(), 0);
  await page.screenshot({ path: `${SHOTS}/state-away-zh_CN.png`, clip: { x: 780, y: 0, width: 500, height: 620 } });
  await page.close();
});

test("the browser's rules are older than the server's and cannot be renewed: said in the foot, the verdict stands", async () => {
  api.answer = () => verdict();
  const page = await browser.gmail("plain");
  const panel = await openPanel(page);
  await panel.getByText("本浏览器内的规则比服务器旧").waitFor();
  assert.equal(await panel.getByRole("heading", { level: 1 }).innerText(), "高风险");
  await page.close();
});

test("a newer verdict pushes nothing about: what comes after stays unfolded, scrolled and focused", async () => {
  api.answer = () => fullVerdict("zh_CN", { complete: false, key: "k9" });
  const page = await browser.gmail("plain");
  const panel = await openPanel(page);
  await panel.locator("[data-id=fold-customer]").click();
  const before = await panel.locator(":root").evaluate((root) => {
    root.scrollTop = 300;
    return root.scrollTop;
  });
  const slot = await browser.worker.evaluate(async () => Object.keys(await chrome.storage.session.get(null)).find((name) => name.startsWith("mail:")));
  await browser.worker.evaluate(async (name) => {
    const { [name]: kept } = await chrome.storage.session.get(name);
    kept.standing.verdict.complete = true;
    kept.standing.busy = false;
    await chrome.storage.session.set({ [name]: kept });
  }, slot);
  await panel.getByText("联网查询仍在进行").waitFor({ state: "detached" });
  assert.ok(before > 100);
  assert.equal(await panel.locator(":root").evaluate((root) => root.scrollTop), before);
  assert.ok(await panel.locator("details[data-id=customer]").evaluate((fold) => fold.open));
  await page.close();
});
