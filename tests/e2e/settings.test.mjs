/** Settings in the browser: first steps, choices that count at once, the side panel, the context menu, the privacy page. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { TOKEN } from "./api.mjs";
import { AxeBuilder, badges, openPanel, READ_HASH, SHOTS, untilTone } from "./browser.mjs";
import { fullVerdict, READY } from "./full.mjs";
import { api, browser } from "./stage.mjs";

/** @param {string} name @param {string} [rest] */
async function ownPage(name, rest = "") {
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.id}/${name}/${name}.html${rest}`);
  return page;
}

const stored = (name) => browser.worker.evaluate(async (key) => (await chrome.storage.local.get(key))[key], name);

for (const [lang, scheme] of /** @type {const} */ ([["zh_CN", "light"], ["en", "dark"]])) {
  test(`first steps, settings and privacy page, at 200 % too (${lang}, ${scheme})`, async () => {
    await browser.worker.evaluate(() => chrome.storage.local.clear());
    await browser.set({ lang, address: api.address });
    for (const [name, rest] of [["options", "#start"], ["privacy", ""], ["popup", ""]]) {
      const page = await ownPage(name, rest);
      await page.emulateMedia({ colorScheme: scheme });
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(200);
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(violations.filter(({ id }) => id !== "region").map(({ id, nodes }) => `${name} ${id}: ${nodes.map((node) => node.html.slice(0, 100)).join(" | ")}`), []);
      await page.screenshot({ path: `${SHOTS}/own-${name}-${lang}-${scheme}.png`, fullPage: true });
      // 200 % of a small window.
      await page.setViewportSize({ width: 640, height: 400 });
      await page.evaluate(() => { document.documentElement.style.zoom = "2"; });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1), false, `${name} at 200 %`);
      await page.close();
    }
  });
}

test("the steps are ticked off as they are done, and leave when told", async () => {
  await browser.worker.evaluate(() => chrome.storage.local.clear());
  await browser.set({ lang: "zh_CN", address: api.address });
  api.also = ({ url }) => (url === "/v1/rulebook" ? { schema: 1, version: "5a0f31c2b7e94d10", rules: [], phrases: [], sets: {}, meets: [], combos: [] } : url === "/readyz" ? { ...READY, extension: "9.0.0" } : null);
  const page = await ownPage("options", "#start");
  assert.equal(await page.locator("#start li.now").getAttribute("id"), "start-1");
  await page.getByLabel("访问令牌").fill(TOKEN);
  await page.getByRole("button", { name: "保存并测试" }).click();
  await page.locator("#result.good").waitFor();
  await page.locator("#start-1.done").waitFor();
  await page.getByText("服务器上有扩展新版本 9.0.0").waitFor();
  await page.getByLabel("语言").selectOption("zh_CN");
  await page.locator("#start-2.done").waitFor();
  await page.screenshot({ path: `${SHOTS}/options-start-done-zh.png`, fullPage: true });
  await page.getByRole("button", { name: "不再显示" }).click();
  await page.reload();
  assert.ok(await page.locator("#start").isHidden());
  await page.close();
  await browser.worker.evaluate(() => indexedDB.deleteDatabase("backtone"));
});

test("choices are kept at once and leave the others alone; an engine that cannot be used is refused", async () => {
  const page = await ownPage("options");
  await page.getByLabel("点击邮件旁的标记后才检查").check();
  await page.getByText("已保存").waitFor();
  await page.getByLabel("允许在面板中点击读取信头").check();
  await page.getByRole("group", { name: "工作日" }).last().getByLabel("周日").check();
  await page.getByLabel("搜索引擎", { exact: true }).selectOption("custom");
  const address = page.getByLabel("搜索引擎地址");
  await address.fill("http://search.example/?q=%s");
  await address.blur();
  await page.getByText("未保存").waitFor();
  assert.equal((await stored("settings")).engine_url, undefined);
  await address.fill("https://search.example/?q=%s");
  await address.blur();
  await page.getByText("已保存").waitFor();
  const { token, ...settings } = await stored("settings");
  assert.equal(token, TOKEN);
  assert.deepEqual(settings, {
    address: api.address, lang: "zh_CN", engine: "custom", engine_url: "https://search.example/?q=%s", vet: "click", headers: "on", working_days: "7",
  });
  await page.close();
});

test("click to check: nothing leaves before the badge is clicked", async () => {
  await browser.set({ address: api.address, token: TOKEN, lang: "zh_CN", engine: "", vet: "click" });
  const page = await browser.gmail("plain");
  await badges(page).locator(".note", { hasText: "尚未提交" }).waitFor();
  assert.equal(await badges(page).getAttribute("data-tone"), "unknown");
  await page.waitForTimeout(500);
  assert.equal(api.calls.length, 0);
  await openPanel(page);
  await untilTone(page, "high");
  assert.equal(api.calls.filter((call) => call.method === "POST").length, 1);
  await page.close();
});

test("the reader's own engine and working days reach links and server", async () => {
  await browser.set({ address: api.address, token: TOKEN, lang: "zh_CN", engine: "custom", engine_url: "https://search.example/?q=%s", working_days: "1,2,3" });
  const page = await browser.gmail("plain");
  const panel = await openPanel(page);
  await panel.getByText("要求付款到新账户").first().waitFor();
  assert.match(await panel.locator("section .searches a").first().getAttribute("href"), /^https:\/\/search\.example\/\?q=%22/);
  assert.deepEqual(api.calls.find((call) => call.method === "POST").body.context.working_days, [1, 2, 3]);
  await page.close();
});

test("on a page that is narrow or enlarged the panel leaves the mail more than half", async () => {
  const page = await browser.gmail("plain");
  await page.setViewportSize({ width: 853, height: 533 });
  await openPanel(page);
  const width = await page.locator("[data-backtone=panel]").evaluate((node) => Math.round(node.getBoundingClientRect().width));
  assert.equal(width, 358);
  await page.close();
});

test("the panel keeps the width and side that the reader gave it, by pointer and by keys", async () => {
  const page = await browser.gmail("plain");
  await openPanel(page);
  const host = page.locator("[data-backtone=panel]");
  const width = () => host.evaluate((node) => Math.round(node.getBoundingClientRect().width));
  assert.equal(await width(), 400);
  const grip = host.getByRole("button", { name: "调整面板宽度" });
  await grip.focus();
  await page.keyboard.press("ArrowLeft");
  assert.equal(await width(), 420);
  await page.mouse.move(1280 - 420, 300);
  await page.mouse.down();
  await page.mouse.move(1280 - 560, 300, { steps: 5 });
  await page.mouse.up();
  assert.equal(await width(), 560);
  await page.mouse.move(1280 - 560, 300);
  await page.mouse.down();
  await page.mouse.move(100, 300, { steps: 8 });
  await page.mouse.up();
  assert.equal(await host.getAttribute("data-side"), "left");
  await page.close();
  const again = await browser.gmail("plain");
  await badges(again).getByRole("button").click();
  await again.locator("[data-backtone=panel]").waitFor();
  const kept = again.locator("[data-backtone=panel]");
  assert.equal(await kept.getAttribute("data-side"), "left");
  assert.deepEqual(await stored("place"), { width: await kept.evaluate((node) => Math.round(node.getBoundingClientRect().width)), side: "left" });
  await again.close();
  await browser.worker.evaluate(() => chrome.storage.local.remove("place"));
});

test("selected text goes to a window of our own, and is handed over once", async () => {
  api.answer = () => fullVerdict();
  const opened = browser.context.waitForEvent("page");
  await browser.worker.evaluate(() => chrome.contextMenus.onClicked.dispatch({ menuItemId: "vet-selection", selectionText: "Please send the deposit to our new account." }));
  const page = await opened;
  await page.getByRole("heading", { level: 1, name: "高风险" }).waitFor();
  assert.deepEqual(api.calls.find((call) => call.method === "POST").body.body, { text: "Please send the deposit to our new account." });
  const left = await browser.worker.evaluate(async () => Object.keys(await chrome.storage.session.get(null)).filter((name) => name.startsWith("selection:")));
  assert.deepEqual(left, []);
  assert.equal(new URL(page.url()).search, "");
  await page.close();
});

test("the content script cannot reach the token", async () => {
  const level = await browser.worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({});
    return typeof chrome.storage.local.setAccessLevel === "function" && tab !== undefined;
  });
  assert.ok(level, "the browser knows access levels");
  const page = await browser.gmail("plain");
  await untilTone(page, "high");
  const session = await browser.context.newCDPSession(page);
  const worlds = [];
  session.on("Runtime.executionContextCreated", ({ context }) => worlds.push(context));
  await session.send("Runtime.enable");
  const own = worlds.find((world) => world.origin.includes(browser.id) || world.name === "Backtone" || /Backtone|背调/.test(world.name));
  assert.ok(own, `the content script's world is among ${worlds.map((world) => world.name).join(", ")}`);
  const { result } = await session.send("Runtime.evaluate", {
    contextId: own.id, awaitPromise: true, returnByValue: true,
    expression: "chrome.storage.local.get('settings').then((found) => JSON.stringify(found), (error) => 'refused: ' + error.message)",
  });
  assert.match(String(result.value), /refused|^\{\}$/);
  assert.ok(!String(result.value).includes(TOKEN));
  await page.close();
});

test("a site of one's own must be https", async () => {
  const page = await ownPage("options");
  await page.getByLabel("邮箱网址").fill("http://mail.plain.example");
  await page.getByRole("button", { name: "添加" }).click();
  await page.getByText("网址须以 https 开头").waitFor();
  await page.close();
});

test("notes of counterparts: counted, exported, deleted with a second click", async () => {
  await browser.worker.evaluate(() => chrome.storage.local.set({ counterparts: { "ann@importer.example": { notes: { country: "DE", order_amount: 5000 }, at: 1764000000000 } } }));
  const page = await ownPage("options");
  await page.getByText("共 1 个发件人").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出" }).click();
  const file = await (await download).createReadStream();
  let text = "";
  for await (const chunk of file) text += chunk;
  assert.deepEqual(JSON.parse(text), [{ address: "ann@importer.example", noted: "2025-11-24T16:00:00.000Z", country: "DE", order_amount: 5000 }]);
  await page.getByRole("button", { name: "全部删除" }).click();
  await page.getByRole("button", { name: "再次点击确认删除" }).click();
  await page.getByText("共 0 个发件人").waitFor();
  assert.equal(await stored("counterparts"), undefined);
  await page.close();
});

test("the browser's side panel, once it is chosen: a click on the badge shows the mail there", async () => {
  await browser.worker.evaluate(() => chrome.storage.session.clear());
  const options = await ownPage("options");
  await options.getByLabel("浏览器侧边栏").check();
  await options.getByText("已保存").waitFor();
  assert.equal((await stored("settings")).panel, "side");
  await options.close();
  const page = await browser.netease("js6-read-single.html", READ_HASH);
  await untilTone(page, "high");
  await badges(page).getByRole("button").click();
  await page.waitForTimeout(800);
  const open = await browser.worker.evaluate(async () => (await chrome.runtime.getContexts({ contextTypes: ["SIDE_PANEL"] })).map((context) => context.documentUrl));
  assert.equal(open.length, 1, "a side panel is open");
  assert.match(open[0], /panel\/panel\.html$/);
  assert.equal(await page.locator("[data-backtone=panel]").count(), 0);
  assert.match(await inSidePanel(page, "document.querySelector('h1')?.textContent"), /高风险/);
  assert.match(await inSidePanel(page, "[...document.querySelectorAll('.bar button')].map((button) => button.getAttribute('aria-label')).join()"), /^重新检查,设置$/);
  // The same page in a tab of its own has no mail to show: only the side panel stands in no tab.
  const tab = await ownPage("panel");
  await tab.getByText("请打开邮件").waitFor();
  await tab.waitForTimeout(300);
  assert.equal(await tab.getByRole("heading").count(), 0);
  await tab.close();
  await page.close();
});

/** What an expression gives in the side panel, which no page list names. @param {import("playwright-core").Page} page @param {string} expression */
async function inSidePanel(page, expression) {
  const session = await browser.context.newCDPSession(page);
  const { targetInfos } = await session.send("Target.getTargets");
  const target = targetInfos.find((info) => info.url.includes("panel/panel.html"));
  assert.ok(target, "the side panel is a target");
  const { sessionId } = await session.send("Target.attachToTarget", { targetId: target.targetId, flatten: false });
  const answer = new Promise((resolve) => session.on("Target.receivedMessageFromTarget", ({ message }) => resolve(JSON.parse(message))));
  await session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression, returnByValue: true } }) });
  const { result } = await answer;
  await session.detach();
  return String(result.result.value);
}
