/** What the badge says on bad days: server away, token wrong, look-ups late, worker gone. Never green by mistake. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { startApi, TOKEN, verdict } from "./api.mjs";
import { badges, openPanel, SHOTS, tone, untilTone } from "./browser.mjs";
import { api, browser } from "./stage.mjs";

test("low is green only when read, complete and confident", async () => {
  const low = (change = {}) => verdict({ risk: { score: 3, level: "low", confidence: "high" }, reasons: [], adjustments: [], ...change });
  const cases = [
    [low(), "low"],
    [low({ risk: { score: 3, level: "low", confidence: "low" } }), "unknown"],
    [low({ mail_kind: "newsletter" }), "neutral"],
    [low({ complete: false, key: "" }), "busy"],
    [{ nonsense: true }, "error"],
  ];
  for (const [answer, wanted] of cases) {
    await browser.worker.evaluate(() => chrome.storage.session.clear());
    api.answer = () => answer;
    const page = await browser.gmail("plain");
    await page.waitForFunction(() => document.querySelector("[data-backtone=badge]"));
    await page.waitForTimeout(900);
    assert.equal(await tone(page), wanted, JSON.stringify(answer).slice(0, 80));
    await page.close();
  }
  api.answer = () => low();
  const clipped = await browser.gmail("clipped.html");
  await untilTone(clipped, "unknown");
  assert.match(await badges(clipped).getByRole("button").innerText(), /正文后半部分/);
  await clipped.close();
});

test("server stopped, wrong token, no token: said in words, never green", async () => {
  const away = await startApi();
  await away.stop();
  const cases = [
    [{ address: away.address, token: TOKEN }, /无法连接服务器/],
    [{ address: api.address, token: "wrong" }, /访问令牌无效/],
    [{ address: api.address, token: "" }, /尚未填写访问令牌/],
  ];
  for (const [settings, words] of cases) {
    await browser.set({ ...settings, lang: "zh_CN", engine: "" });
    await browser.worker.evaluate(() => chrome.storage.session.clear());
    const page = await browser.gmail("plain");
    await untilTone(page, "error");
    assert.match(await badges(page).getByRole("button").innerText(), words);
    const panel = await openPanel(page);
    await panel.getByRole("alert").waitFor();
    assert.match(await panel.getByRole("alert").innerText(), /服务器|令牌/);
    await page.close();
  }
});

test("the server comes back: check again brings the verdict", async () => {
  const away = await startApi();
  await away.stop();
  await browser.set({ address: away.address, token: TOKEN, lang: "zh_CN", engine: "" });
  const page = await browser.gmail("plain");
  await untilTone(page, "error");
  const panel = await openPanel(page);
  await panel.getByRole("alert").waitFor();
  await page.screenshot({ path: `${SHOTS}/gmail-server-away-zh.png` });
  const back = await startApi(away.port);
  await panel.getByRole("button", { name: "重新检查" }).first().click();
  await panel.getByText("要求付款到新账户").first().waitFor();
  await untilTone(page, "high");
  assert.equal(back.calls.at(-1)?.headers["cache-control"], "no-cache");
  await back.stop();
  await page.close();
});

test("server stopped, but sender and text warn by themselves: the warning stands and says what it rests on", async () => {
  const away = await startApi();
  await away.stop();
  await browser.set({ address: away.address, token: TOKEN, lang: "zh_CN", engine: "" });
  const page = await browser.gmail("popout.html");
  await untilTone(page, "caution|high|critical");
  await badges(page).locator(".note", { hasText: "仅检查了发件人和正文" }).waitFor();
  const panel = await openPanel(page);
  await panel.getByText("目前仅在浏览器中检查了发件人、正文、链接和附件名").waitFor();
  await panel.getByRole("alert").waitFor();
  await page.screenshot({ path: `${SHOTS}/gmail-preview-server-away-zh.png` });
  await page.close();
});

test("look-ups still running: polled until complete", async () => {
  let polls = 0;
  api.answer = (call) => {
    if (call.method === "POST") return verdict({ complete: false, key: "abc", risk: { score: 3, level: "low", confidence: "medium" }, reasons: [], adjustments: [] });
    polls += 1;
    return polls < 2 ? verdict({ complete: false, key: "abc", risk: { score: 3, level: "low", confidence: "medium" } }) : verdict();
  };
  const page = await browser.gmail("plain");
  await untilTone(page, "busy");
  await untilTone(page, "high");
  assert.equal(polls, 2);
  await page.close();
});

test("the worker may end at any time: a later mail and an open panel still work", async () => {
  const page = await browser.gmail("popout.html");
  await untilTone(page, "high");
  await browser.stopWorker();
  const panel = await openPanel(page);
  await panel.getByText("要求付款到新账户").first().waitFor();
  await page.close();
});

test("the worker ends while a question is under way: asked again, and answered", async () => {
  api.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    return verdict();
  };
  const page = await browser.gmail("plain");
  const said = browser.listen(page);
  await badges(page).first().waitFor({ state: "attached" });
  await page.waitForTimeout(500);
  await browser.stopWorker();
  await untilTone(page, "high");
  assert.deepEqual(said, []);
  await page.close();
});

test("the token is revoked while the rep works: the next mail says so, the last one stays, a new token mends it", async () => {
  const page = await browser.gmail("plain");
  await untilTone(page, "high");
  let revoked = true;
  api.answer = () => (revoked ? { status: 401, body: { error: { code: "token_unknown", message: "unknown token" } } } : verdict({ risk: { score: 30, level: "caution", confidence: "high" } }));
  await page.evaluate(() => {
    document.querySelector("[data-message-id]").setAttribute("data-message-id", "#msg-f:1848000000000000077");
    document.querySelector(".a3s").textContent = "The next mail, please quote 500 pcs.";
  });
  await untilTone(page, "error");
  assert.match(await badges(page).getByRole("button").innerText(), /访问令牌无效/);
  revoked = false;
  const panel = await openPanel(page);
  await panel.getByRole("button", { name: "重新检查" }).first().click();
  await untilTone(page, "caution");
  await page.close();
});

test("click to vet: grey and quiet until the badge is clicked, nothing leaves before", async () => {
  await browser.set({ address: api.address, token: TOKEN, lang: "zh_CN", engine: "", vet: "click" });
  const page = await browser.gmail("plain");
  await badges(page).first().waitFor({ state: "attached" });
  await page.waitForTimeout(1200);
  assert.equal(api.calls.filter((call) => call.method === "POST").length, 0);
  assert.notEqual(await tone(page), "low");
  await badges(page).getByRole("button").click();
  await untilTone(page, "high");
  assert.equal(api.calls.filter((call) => call.method === "POST").length, 1);
  await page.close();
});
