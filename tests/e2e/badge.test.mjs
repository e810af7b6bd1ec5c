/** The badge in the real browser: where it stands, what it says, and that it never calls an unread mail safe. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { verdict } from "./api.mjs";
import { badges, openPanel, READ_HASH, SHOTS, tone, untilTone } from "./browser.mjs";
import { api, browser } from "./stage.mjs";

test("Gmail: every expanded message gets its badge, before the body and outside of it", async () => {
  const page = await browser.gmail("conversation-multi.html");
  await untilTone(page, "high");
  await untilTone(page, "high", 1);
  assert.equal(await badges(page).count(), 2);
  assert.equal(await page.locator(".ii [data-backtone], .a3s [data-backtone]").count(), 0);
  assert.equal(await badges(page).first().evaluate((host) => host.nextElementSibling?.className), "ii gt");
  const text = await badges(page).first().getByRole("button").innerText();
  assert.match(text, /高风险[\s\S]*62 分[\s\S]*要求付款到新账户/);
  const [call] = api.calls.filter((c) => c.method === "POST");
  assert.ok(["lily.wang.sales@gmai1.example", "sales@ningbo-trade.example"].includes(call.body.sender.address));
  assert.deepEqual(call.body.own_domains, ["corp.example"]);
  assert.doesNotMatch(JSON.stringify(api.calls.map((c) => c.body)), /FAKESID|ik=0123/);
  await page.screenshot({ path: `${SHOTS}/gmail-badges-zh.png` });
  await page.close();
});

test("163: the badge stands under the subject", async () => {
  const page = await browser.netease("js6-read-single.html", READ_HASH);
  await untilTone(page, "high");
  assert.equal(await badges(page).count(), 1);
  assert.equal(await badges(page).evaluate((host) => host.previousElementSibling?.tagName), "H1");
  assert.equal(api.calls.find((c) => c.method === "POST")?.body.body.text.includes("30% deposit"), true);
  await page.screenshot({ path: `${SHOTS}/163-badge-zh.png` });
  await page.close();
});

test("a list, and a mail of our own, get no badge", async () => {
  const list = await browser.gmail("list-only.html", { hash: "#inbox" });
  browser.made.set("own", (await list.content()).replace(/<body[\s\S]*/, `<body><h2 class="hP">x</h2><div role="list"><div class="adn" data-message-id="#msg-f:1"><h3 class="iw"><span email="buyer@corp.example" name="Me">Me</span></h3><div class="ii gt"><div class="a3s">Text of my own mail</div></div></div></div></body>`));
  const own = await browser.gmail("own");
  await own.waitForTimeout(1200);
  assert.equal(await badges(list).count(), 0);
  assert.equal(await badges(own).count(), 0);
  assert.equal(api.calls.length, 0);
  await list.close();
  await own.close();
});

test("a body that imitates the mailbox cannot choose sender, subject or place", async () => {
  const page = await browser.gmail("hostile-body.html");
  await untilTone(page, "high");
  assert.equal(await badges(page).count(), 1);
  const [{ body }] = api.calls.filter((c) => c.method === "POST");
  assert.equal(body.sender.address, "attacker@evil.example");
  assert.equal(body.subject, "Real subject");
  assert.deepEqual(body.attachments, []);
  await page.close();
});

test("the instant preview warns before the server has answered, and the verdict replaces it", async () => {
  api.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 2500));
    return verdict({ risk: { score: 25, level: "caution", confidence: "high" } });
  };
  const page = await browser.gmail("popout.html");
  const started = Date.now();
  await badges(page).locator(".note", { hasText: "正在向服务器核实" }).waitFor();
  assert.ok(Date.now() - started < 2000);
  await untilTone(page, "caution");
  await badges(page).locator(".score", { hasText: "25 分" }).waitFor();
  await page.close();
});

test("switching mails quickly: an answer for the mail before is dropped", async () => {
  api.answer = async ({ body }) => {
    const first = body.subject !== "Second";
    await new Promise((resolve) => setTimeout(resolve, first ? 1500 : 50));
    return verdict({ risk: { score: first ? 90 : 30, level: first ? "critical" : "caution", confidence: "high" } });
  };
  const page = await browser.gmail("popout.html");
  await page.waitForFunction(() => document.querySelector("[data-backtone=badge]"));
  await page.waitForTimeout(300);
  await page.evaluate(() => {
    document.querySelector("[data-message-id]").setAttribute("data-message-id", "#msg-f:2");
    document.querySelector("h2.hP").textContent = "Second";
    document.querySelector(".a3s").textContent = "Another mail, with a text of its own.";
  });
  await untilTone(page, "caution");
  await page.waitForTimeout(1800);
  assert.equal(await tone(page), "caution");
  await page.close();
});

test("the badge comes back when the page redraws, and leaves with its mail", async () => {
  const page = await browser.gmail("popout.html");
  await untilTone(page, "high");
  await page.evaluate(() => document.querySelector("[data-backtone=badge]").remove());
  await page.waitForFunction(() => document.querySelector("[data-backtone=badge]")?.isConnected);
  await untilTone(page, "high");
  await openPanel(page);
  await page.evaluate(() => document.querySelector("[data-message-id]").remove());
  await page.waitForFunction(() => !document.querySelector("[data-backtone]"));
  await page.close();
});

test("no layout shift: the badge keeps its height in every state", async () => {
  api.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    return verdict();
  };
  const page = await browser.gmail("popout.html");
  await page.waitForFunction(() => document.querySelector("[data-backtone=badge]"));
  const top = () => page.locator(".ii.gt").first().evaluate((body) => body.getBoundingClientRect().top);
  const before = await top();
  await untilTone(page, "high");
  assert.equal(await top(), before);
  await page.close();
});

test("163: list and compose tabs are left alone, only the visible mail counts; unknown layout is admitted", async () => {
  const tabs = await browser.netease("js6-read-multitab.html", READ_HASH);
  await untilTone(tabs, "high");
  assert.equal(await badges(tabs).count(), 1);
  const posts = api.calls.filter((c) => c.method === "POST");
  assert.deepEqual(posts.map((c) => c.body.subject), ["Order B"]);
  await tabs.close();
  const unknown = await browser.netease("unrecognised.html", READ_HASH);
  await unknown.locator("[data-backtone=notice]").getByText("无法读取此页面").waitFor({ timeout: 9000 });
  assert.equal(await badges(unknown).count(), 0);
  await unknown.screenshot({ path: `${SHOTS}/163-unrecognised-zh.png` });
  await unknown.close();
});

test("under the strictest policy that a page can have, badge and panel stand and are dressed", async () => {
  const usual = browser.webmail.csp;
  browser.webmail.csp = "default-src 'none'; script-src 'none'; style-src 'none'; connect-src 'none'; frame-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  try {
    const page = await browser.gmail("popout.html");
    await untilTone(page, "high");
    const box = await badges(page).getByRole("button").boundingBox();
    assert.equal(box?.height, 34);
    const panel = await openPanel(page);
    await panel.getByText("要求付款到新账户").first().waitFor();
    await page.screenshot({ path: `${SHOTS}/gmail-strict-policy-zh.png` });
    await page.close();
  } finally {
    browser.webmail.csp = usual;
  }
});

test("every tone beside a dark mail, and the theme changed while it is open", async () => {
  const page = await browser.gmail("dark.html");
  await untilTone(page, "high");
  const isDark = () => badges(page).evaluate((host) => host.shadowRoot.querySelector(".root").classList.contains("dark"));
  assert.equal(await isDark(), true);
  const tones = [["low", { risk: { score: 3, level: "low", confidence: "high" }, reasons: [] }], ["caution", { risk: { score: 30, level: "caution", confidence: "high" } }],
    ["critical", { risk: { score: 90, level: "critical", confidence: "high" } }], ["unknown", { risk: { score: 0, level: "unknown", confidence: "low" }, reasons: [] }]];
  for (const [tone_, change] of tones) {
    api.answer = () => verdict(change);
    await page.evaluate((text) => { document.querySelector(".a3s").textContent = text; }, `Please quote ${tone_}.`);
    await untilTone(page, tone_);
    await badges(page).getByRole("button").screenshot({ path: `${SHOTS}/badge-dark-${tone_}-zh.png` });
  }
  await page.evaluate(() => { document.querySelector(".adn").style.background = "#fff"; });
  // Measured anew at the page's next change after two seconds.
  await page.waitForTimeout(2100);
  await page.evaluate(() => document.body.append("x"));
  await page.waitForFunction(() => !document.querySelector("[data-backtone=badge]").shadowRoot.querySelector(".root").classList.contains("dark"));
  await page.close();
});
