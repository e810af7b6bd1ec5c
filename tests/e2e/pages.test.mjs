/** Settings and the check by hand; no barrier for keyboard and screen reader in either theme. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startApi, TOKEN, verdict } from "./api.mjs";
import { AxeBuilder, launch, openPanel, SHOTS } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof startApi>>} */
let api;
before(async () => {
  api = await startApi();
});
after(() => api?.stop());

/** @param {import("playwright-core").Page} page */
async function violations(page) {
  const { violations: found } = await new AxeBuilder({ page }).include("main").analyze();
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

for (const [dark, lang, locale] of /** @type {const} */ ([[false, "zh_CN", "zh-CN"], [true, "en", "en-US"]])) {
  const theme = dark ? "dark" : "light";

  test(`settings, hand check and panel are usable by all (${theme}, ${lang})`, async () => {
    const browser = await launch({ dark, locale });
    try {
      await browser.set({ address: api.address, token: TOKEN, lang, engine: "" });
      const options = await browser.context.newPage();
      await options.goto(`chrome-extension://${browser.id}/options/options.html`);
      await options.getByRole("heading", { level: 1 }).waitFor();
      assert.deepEqual(await violations(options), []);
      await options.screenshot({ path: `${SHOTS}/options-${theme}-${lang}.png` });

      const popup = await browser.context.newPage();
      await popup.setViewportSize({ width: 400, height: 640 });
      await popup.goto(`chrome-extension://${browser.id}/popup/popup.html`);
      await popup.getByRole("heading", { level: 1 }).waitFor();
      assert.deepEqual(await violations(popup), []);
      await popup.screenshot({ path: `${SHOTS}/popup-${theme}-${lang}.png` });

      const page = await browser.gmail("popout.html");
      for (const [level, score] of /** @type {const} */ ([["low", 3], ["caution", 30], ["high", 60], ["critical", 90], ["unknown", 0]])) {
        await browser.worker.evaluate(() => chrome.storage.session.clear());
        api.answer = () => verdict({ lang, complete: level !== "unknown", key: "", risk: { score, level, confidence: "high" } });
        await page.reload();
        const panel = await openPanel(page);
        await panel.locator(".score, .tone-unknown").first().waitFor();
        await panel.locator("article").evaluate((article) => article.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
        // The hosts are ours, the rest of these bare pages is not.
        const { violations: found } = await new AxeBuilder({ page }).include("[data-backtone=badge]").include("[data-backtone=panel]").analyze();
        assert.deepEqual(found.map((one) => `${level} ${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`), []);
        await page.screenshot({ path: `${SHOTS}/gmail-${level}-${theme}-${lang}.png` });
      }
    } finally {
      await browser.close();
    }
  });
}

test("the settings' test says what is wrong, and saves", async () => {
  const browser = await launch();
  try {
    const page = await browser.context.newPage();
    await page.goto(`chrome-extension://${browser.id}/options/options.html`);
    const save = page.getByRole("button", { name: "保存并测试" });
    const result = page.locator("#result");
    await page.getByLabel("服务器地址").fill("not an address!");
    await save.click();
    await result.getByText("无法使用").waitFor();
    const away = await startApi();
    await away.stop();
    await page.getByLabel("服务器地址").fill(away.address);
    await page.getByLabel("访问令牌").fill("wrong");
    await save.click();
    await result.getByText("没有应答").waitFor();
    assert.equal(await result.getByRole("link").getAttribute("href"), `${away.address}/`);
    await page.getByLabel("服务器地址").fill(api.address);
    await save.click();
    await result.getByText("不接受此访问令牌").waitFor();
    await page.screenshot({ path: `${SHOTS}/options-wrong-token-zh.png` });
    await page.getByLabel("访问令牌").fill(TOKEN);
    await save.click();
    await result.getByText("版本不一致").waitFor(); // this stand-in has no rulebook
    await page.reload();
    assert.equal(await page.getByLabel("服务器地址").inputValue(), api.address);
  } finally {
    await browser.close();
  }
});

test("by hand: pasted parts and an .eml go to the same panel", async () => {
  const browser = await launch();
  try {
    await browser.set({ address: api.address, token: TOKEN, lang: "zh_CN", engine: "" });
    api.answer = () => verdict();
    const page = await browser.context.newPage();
    await page.setViewportSize({ width: 400, height: 760 });
    await page.goto(`chrome-extension://${browser.id}/popup/popup.html`);
    await page.getByRole("button", { name: "检查", exact: true }).click();
    await page.getByText("请先填写").waitFor();
    await page.getByLabel("发件人").fill("buyer@corp.example");
    await page.getByLabel("邮件正文").fill("Please send the deposit to our new account.");
    await page.getByRole("button", { name: "检查", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "高风险" }).waitFor();
    await page.screenshot({ path: `${SHOTS}/popup-verdict-zh.png` });
    const pasted = api.calls.filter((call) => call.method === "POST").at(-1);
    assert.deepEqual(pasted?.body.sender, { address: "buyer@corp.example" });
    await page.getByRole("button", { name: "返回" }).click();
    const mail = "From: A <a@b.example>\r\nSubject: Test\r\n\r\nHello\r\n";
    await page.locator("#file").setInputFiles({ name: "mail.eml", mimeType: "message/rfc822", buffer: Buffer.from(mail) });
    await page.getByRole("heading", { level: 1, name: "高风险" }).waitFor();
    const sent = api.calls.filter((call) => call.method === "POST").at(-1);
    assert.equal(sent?.headers["content-type"], "message/rfc822");
    assert.equal(sent?.body, mail);
    await page.getByRole("button", { name: "返回" }).click();
    await page.locator("#file").setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from([255, 216, 255]) });
    await page.getByText("不像邮件文件").waitFor();
  } finally {
    await browser.close();
  }
});
