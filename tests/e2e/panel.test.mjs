/** The panel in the browser: what it shows, how it is used by keyboard, and that a page can neither feed nor keep it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { TOKEN, verdict } from "./api.mjs";
import { badges, openPanel, panelOf, READ_HASH, SHOTS } from "./browser.mjs";
import { fullVerdict } from "./full.mjs";
import { api, browser } from "./stage.mjs";

test("first screen: level, three reasons, four searches; on a low screen too", async () => {
  const page = await browser.netease("js6-read-single.html", READ_HASH);
  const panel = await openPanel(page);
  await panel.getByText("要求付款到新账户").first().waitFor();
  await page.screenshot({ path: `${SHOTS}/163-panel-zh.png` });
  await page.setViewportSize({ width: 1366, height: 625 });
  for (const shown of ["链接文字与实际地址不同", "域名被谁提及"]) {
    const box = await panel.getByText(shown).first().boundingBox();
    assert.ok(box && box.y + box.height <= 625, `${shown} lies below the first screen: ${JSON.stringify(box)}`);
  }
  await page.screenshot({ path: `${SHOTS}/163-panel-low-screen-zh.png` });
  const link = panel.getByRole("link", { name: /该邮箱地址/ });
  assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
  assert.equal(browser.context.pages().filter((one) => /google\.com\/search/.test(one.url())).length, 0);
  await page.close();
});

for (const lang of /** @type {const} */ (["zh_CN", "en"])) {
  test(`first screen at 1280 by 800 with long reasons and a warning: level, three reasons, all four searches (${lang})`, async () => {
    await browser.set({ address: api.address, token: TOKEN, lang, engine: "" });
    const long = lang === "en" ? "The buyer asks us to pay “the surveyor's travel and the registration fee of the tender board, USD 4,980, to the account of the clearing attorney”, and says that it comes back with the first instalment of the order." : "买方要求我方先行支付“招标委员会注册费及验货员差旅费共 4,980 美元，汇至清关律师账户”，并称将随首笔货款一并退还，请务必今天内办理完毕，不要告知他人。";
    api.answer = () => fullVerdict(lang, { reasons: fullVerdict(lang).reasons.map((reason) => ({ ...reason, detail: long })) });
    const page = await browser.netease("js6-read-single.html", READ_HASH);
    const panel = await openPanel(page);
    await panel.locator(".reason").nth(2).waitFor();
    assert.equal(await panel.locator("section > .reasons .reason[open]").count(), 0);
    for (const detail of await panel.locator("section > .reasons .detail").all()) assert.ok((await detail.boundingBox()).height < 50);
    const last = await panel.locator("section > .searches > li").nth(3).boundingBox();
    await page.screenshot({ path: `${SHOTS}/first-screen-${lang}.png` });
    assert.ok(last && last.y + last.height <= 800, `the fourth search lies below the first screen: ${JSON.stringify(last)}`);
    await panel.locator("section > .reasons summary").first().click();
    assert.ok((await panel.locator("section > .reasons .whole").first().boundingBox()).height > 50);
    assert.equal(await panel.locator("section > .reasons .detail").first().isVisible(), false);
    assert.equal(await panel.locator("section > .reasons .do").first().isVisible(), true);
    await page.close();
  });
}

test("everything unfolded: the points add up, what was not checked is named in words", async () => {
  const page = await browser.netease("js6-read-single.html", READ_HASH);
  await page.setViewportSize({ width: 1280, height: 1700 });
  const panel = await openPanel(page);
  for (const fold of await panel.locator("summary").all()) await fold.click();
  const points = await panel.locator("tbody td.figure").allInnerTexts();
  assert.equal(points.reduce((sum, cell) => sum + Number(cell.replace("−", "-")), 0), 62);
  await panel.getByText("域名注册时长").waitFor();
  await page.screenshot({ path: `${SHOTS}/163-panel-full-zh.png` });
  await page.close();
});

test("keyboard: opened with Enter, focus goes in, Escape closes and gives it back", async () => {
  const page = await browser.gmail("popout.html");
  await badges(page).first().getByRole("button", { name: /高风险/ }).waitFor();
  const button = badges(page).first().getByRole("button");
  await button.focus();
  await page.keyboard.press("Enter");
  const panel = panelOf(page);
  await panel.getByRole("heading", { level: 1, name: "高风险" }).waitFor();
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-backtone") === "panel");
  await page.keyboard.press("Tab");
  assert.notEqual(await panel.locator(":focus").count(), 0);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("[data-backtone=panel]"));
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-backtone") === "badge");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await page.close();
});

test("keys typed at the badge do not reach the mailbox's shortcuts", async () => {
  const page = await browser.gmail("popout.html");
  await badges(page).first().getByRole("button", { name: /高风险/ }).waitFor();
  await page.evaluate(() => document.addEventListener("keydown", (event) => { window.heard = (window.heard ?? "") + event.key; }));
  await badges(page).first().getByRole("button").focus();
  await page.keyboard.press("e");
  assert.equal(await page.evaluate(() => window.heard ?? ""), "");
  await page.close();
});

test("the panel follows to the next mail and leaves with the last", async () => {
  const page = await browser.gmail("popout.html");
  const panel = await openPanel(page);
  await panel.getByText("要求付款到新账户").first().waitFor();
  api.answer = () => verdict({ risk: { score: 5, level: "low", confidence: "high" }, reasons: [], adjustments: [] });
  await page.evaluate(() => {
    const mail = document.querySelector("[data-message-id]");
    const next = mail.cloneNode(true);
    for (const host of next.querySelectorAll("[data-backtone]")) host.remove();
    next.setAttribute("data-message-id", "#msg-f:77");
    next.querySelector(".a3s").textContent = "Dear sir, please quote 500 pcs of LP-6060 to Hamburg.";
    mail.replaceWith(next);
  });
  await panel.getByRole("heading", { level: 1, name: "低风险" }).waitFor();
  await page.evaluate(() => document.querySelector("[data-message-id]").remove());
  await page.waitForFunction(() => !document.querySelector("[data-backtone]"));
  await page.close();
});

test("a panel that the page opens stays empty, also with guessed, used and foreign tickets", async () => {
  const page = await browser.gmail("popout.html");
  const panel = await openPanel(page);
  await panel.getByText("要求付款到新账户").first().waitFor();
  // The page may frame the panel, but has no ticket; the one that served is void.
  browser.made.set("attack", (await page.content()).replace(/<body[\s\S]*/, `<body><iframe id="own" width="600" height="500" src="chrome-extension://${browser.id}/panel/panel.html"></iframe></body>`));
  const attack = await browser.gmail("attack");
  const own = attack.frameLocator("#own");
  await own.getByText("请打开邮件").waitFor();
  const used = await browser.worker.evaluate(async () => {
    await chrome.storage.session.set({ "ticket:00000000000000000000000000000001": { id: "1/x", tab: -1, at: Date.now() } });
    return Object.keys(await chrome.storage.session.get(null)).filter((name) => name.startsWith("ticket:"));
  });
  assert.deepEqual(used, ["ticket:00000000000000000000000000000001"]);
  for (const ticket of ["0".repeat(32), "00000000000000000000000000000001", "x", { id: "1/x" }]) {
    await attack.evaluate((value) => document.getElementById("own").contentWindow.postMessage({ ticket: value }, "*"), ticket);
  }
  await attack.evaluate((value) => document.getElementById("own").contentWindow.postMessage(value, "*"), { standing: verdict(), id: "1/x", type: "panel/claim" });
  await attack.waitForTimeout(500);
  assert.equal(await own.getByRole("heading").count(), 0);
  assert.match(await own.locator("body").innerText(), /请打开邮件/);
  await attack.close();
  await page.close();
});

test("the page cannot open the panel with a click of its own making", async () => {
  const page = await browser.gmail("popout.html");
  await badges(page).first().getByRole("button", { name: /高风险/ }).waitFor();
  await page.evaluate(() => document.querySelector("[data-backtone=badge]").shadowRoot.querySelector("button").click());
  await page.waitForTimeout(400);
  assert.equal(await page.locator("[data-backtone=panel]").count(), 0);
  await page.close();
});

test("the way by Tab: head, reasons, searches, then the folds in their order; each can be opened by keys", async () => {
  const page = await browser.netease("js6-read-single.html", READ_HASH);
  const panel = await openPanel(page);
  await panel.getByText("要求付款到新账户").first().waitFor();
  await panel.getByRole("heading", { level: 1 }).evaluate((heading) => heading.focus());
  // From the heading back to the first button above it.
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Shift+Tab");
  const way = [];
  while (way.length < 40 && await panel.locator(":focus").count()) {
    way.push(await panel.locator(":focus").getAttribute("data-id"));
    await page.keyboard.press("Tab");
  }
  const stops = way.filter((id) => !/^(search|copy)/.test(id ?? ""));
  assert.deepEqual(stops, [
    "act-recheck", "act-settings", "act-close", "fold-reason-new_bank_account", "fold-reason-lookalike", "fold-reason-link_mismatch", "fold-reasons",
     "fold-handling", "fold-customer", "fold-asked", "fold-all-searches", "fold-places", "fold-why-score", "fold-not-checked",
  ]);
  assert.deepEqual(way.slice(7, 15), [0, 1, 2, 3].flatMap((at) => [`search-search_${at}`, `copy-search_${at}`]));
  await panel.locator("[data-id=fold-customer]").focus();
  await page.keyboard.press("Enter");
  assert.ok(await panel.locator("details[data-id=customer]").evaluate((fold) => fold.open));
  await page.close();
});
