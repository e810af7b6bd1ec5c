/** Extension and real server together: what a rep sees of a mail, in both languages. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { badges, launch, openPanel, READ_HASH, SHOTS } from "./browser.mjs";
import { startServer } from "./server.mjs";

/** @type {Awaited<ReturnType<typeof launch>>} */
let browser;
/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;

before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** @param {"zh_CN" | "en"} lang */
const use = async (lang) => {
  await browser.set({ address: server.address, token: server.token, lang, engine: "" });
  await browser.worker.evaluate(() => chrome.storage.session.clear());
};

/** @param {import("playwright-core").Page} page */
async function settled(page) {
  await page.waitForFunction(() => {
    const tone = document.querySelector("[data-backtone=badge]")?.dataset.tone;
    return tone && tone !== "busy";
  });
  await page.waitForTimeout(600);
}

for (const lang of /** @type {const} */ (["zh_CN", "en"])) {
  test(`163: the mail with the new bank account is red, with reasons, searches and what not to do (${lang})`, async () => {
    await use(lang);
    const page = await browser.netease("js6-read-single.html", READ_HASH);
    await settled(page);
    const tone = await badges(page).getAttribute("data-tone");
    assert.ok(tone === "high" || tone === "critical", tone ?? "");
    const panel = await openPanel(page);
    await panel.getByText(/规则版本|Rulebook/).waitFor();
    // The server may still be loading what it reads meaning with.
    await panel.getByText(/联网查询仍在进行|Look-ups are still running/).waitFor({ state: "detached" });
    assert.ok(await panel.locator(".reason").count() >= 2);
    assert.ok(await panel.locator(".searches li").count() >= 4);
    assert.ok(await panel.locator(".stop li").count() >= 1);
    const text = await panel.locator("article").innerText();
    assert.doesNotMatch(text, /(panel|badge|problem)_[a-z]|undefined|\{[a-z_.]+\}/);
    await page.setViewportSize({ width: 1120, height: 860 });
    await page.screenshot({ path: `${SHOTS}/readme-163-${lang}.png` });
    const score = Number(await panel.locator(".score .figure").innerText());
    await panel.locator("summary", { hasText: /分数构成|Why this score/ }).click();
    await panel.locator("tbody td.figure").first().waitFor();
    const points = await panel.locator("tbody td.figure").allInnerTexts();
    assert.equal(points.reduce((sum, cell) => sum + Number(cell.replace("−", "-")), 0), score);
    await panel.locator("summary", { hasText: /未核查|Not checked/ }).click();
    // The server names those behind the first ones by id; their words and addresses come once for all mails.
    const all = panel.locator("details", { has: panel.locator("[data-id=fold-all-searches]") });
    assert.ok(await all.locator(".search-list li").count() > 8);
    assert.ok(await all.locator("a.twin[href*='.bing.com/search?']").count() > 8);
    await page.setViewportSize({ width: 1280, height: 1500 });
    await page.screenshot({ path: `${SHOTS}/real-163-${lang}.png` });
    await page.close();
  });
}

test("Gmail: each mail of a thread is judged by itself; nothing low is green while look-ups are off", async () => {
  await use("zh_CN");
  const page = await browser.gmail("conversation-multi.html");
  await page.waitForFunction(() => [...document.querySelectorAll("[data-backtone=badge]")].filter((host) => !["busy", ""].includes(host.dataset.tone ?? "")).length === 2);
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${SHOTS}/real-gmail-thread-zh.png` });
  await page.close();
  const plain = await browser.gmail("plain");
  await settled(plain);
  await openPanel(plain);
  await plain.screenshot({ path: `${SHOTS}/real-gmail-plain-zh.png` });
  await plain.close();
});

test("the settings' test connects and names rulebook and rules; the rulebook then comes from the server", async () => {
  await use("zh_CN");
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.id}/options/options.html`);
  await page.getByRole("button", { name: "保存并测试" }).click();
  await page.locator("#result.good").getByText(/规则版本 [0-9a-f]{16}，共 [0-9]+ 条规则/).waitFor();
  const stored = await browser.worker.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.open("backtone", 1);
    request.onsuccess = () => {
      const read = request.result.transaction("kept").objectStore("kept").get("rulebook");
      read.onsuccess = () => resolve({ address: read.result?.address, etag: read.result?.etag });
    };
  }));
  assert.equal(stored.address, server.address);
  assert.match(stored.etag, /[0-9a-f]{16}/);
  await page.screenshot({ path: `${SHOTS}/real-options-zh.png` });
  await page.close();
});

test("an .eml by hand", async () => {
  await use("zh_CN");
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 400, height: 700 });
  await page.goto(`chrome-extension://${browser.id}/popup/popup.html`);
  const mail = "From: \"Minister of Trade\" <minister.office@gmail.com>\r\nTo: sales@corp.example\r\nSubject: Urgent order\r\n\r\nDear friend, we are a government ministry. Please pay the transport company in advance, we will refund you with the first payment. Our company mail server is down, use this gmail.\r\n";
  await page.locator("#file").setInputFiles({ name: "mail.eml", mimeType: "message/rfc822", buffer: Buffer.from(mail) });
  await page.getByText(/规则版本/).waitFor();
  assert.ok(await page.locator(".reason").count() >= 1);
  // As in the panel: facts by their names, and the searches behind the first ones.
  await page.locator("[data-id=not-checked] .unchecked li", { hasText: "本邮件的 SPF 结果" }).waitFor({ state: "attached" });
  assert.doesNotMatch(await page.locator("[data-id=not-checked]").textContent() ?? "", /\b(domain|auth|context|site)(\.[a-z_]+)?\b/);
  await page.waitForFunction(() => document.querySelectorAll("[data-id=all-searches] li").length > 8);
  await page.screenshot({ path: `${SHOTS}/real-popup-eml-zh.png` });
  await page.close();
});

test("the server is stopped while the rep works: the next mail says so", async () => {
  await use("zh_CN");
  await server.stop();
  const page = await browser.gmail("plain");
  await badges(page).locator(".note", { hasText: "无法连接服务器" }).waitFor();
  assert.equal(await badges(page).getAttribute("data-tone"), "error");
  await page.close();
});
