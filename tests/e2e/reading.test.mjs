/** Reading on demand and where nobody expected us: headers, further sites, the self-check. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { TOKEN } from "./api.mjs";
import { AxeBuilder, badges, openPanel, READ_HASH, SHOTS, untilTone } from "./browser.mjs";
import { api, browser } from "./stage.mjs";

const RAW = [
  "Delivered-To: buyer@corp.example", "Received: by 2002:a05:6a10:1 with SMTP id x; Fri, 20 Nov 2026 01:12:00 -0800 (PST)",
  "Return-Path: <bounce@mailer.example>", "Authentication-Results: mx.google.com;", "       dkim=pass header.i=@gmai1.example;",
  "       spf=fail smtp.mailfrom=mailer.example", "Received: from secret-route.corp.example (10.0.0.7)",
  "Authentication-Results: mx.google.com; spf=pass", "Reply-To: =?UTF-8?B?546L5Li95Li9?= <lily@outlook-mail.example>",
  "X-Secret-Key: do-not-send", "Date: Fri, 20 Nov 2026 17:12:00 +0800", "From: Lily <lily.wang.sales@gmai1.example>", "", "secret body of the raw mail",
].join("\r\n");

const withHeaders = (headers) => browser.set({ address: api.address, token: TOKEN, lang: "zh_CN", engine: "", headers });
const tell = (page, message) => page.evaluate((value) => chrome.runtime.sendMessage(value), message);
const posts = () => api.calls.filter((call) => call.method === "POST" && call.url.startsWith("/v1/vet"));

/** Asks as the panel's button does: by a message of the panel in its frame. */
async function askHeaders(page) {
  await openPanel(page);
  const panel = page.frames().find((frame) => frame.url().includes("panel/panel.html"));
  const id = await browser.worker.evaluate(async () => Object.keys(await chrome.storage.session.get(null)).filter((name) => name.startsWith("mail:")).at(-1).slice(5));
  return tell(panel, { type: "panel/headers", id });
}

test("Gmail: headers are asked for only when allowed and clicked; fields leave the page, the raw mail does not", async () => {
  browser.asked.length = 0;
  browser.webmail.answer = () => ({ status: 200, contentType: "message/rfc822", body: RAW });
  await withHeaders("on");
  const page = await browser.gmail("popout.html");
  await untilTone(page, "high");
  assert.equal(browser.asked.filter(({ url }) => url.searchParams.has("view")).length, 0);
  const panel = await openPanel(page);
  await panel.locator("summary", { hasText: /未核查/ }).click();
  await panel.getByRole("button", { name: "从邮箱读取这封邮件的信头" }).click();
  for (let tries = 0; tries < 100 && !posts().at(-1)?.body.headers; tries += 1) await page.waitForTimeout(50);
  const [asked, ...more] = browser.asked.filter(({ url }) => url.searchParams.has("view"));
  assert.equal(more.length, 0);
  assert.equal(asked.url.searchParams.get("view"), "att");
  assert.match(asked.url.searchParams.get("th"), /^[0-9a-f]{16}$/);
  const { body } = posts().at(-1);
  assert.deepEqual(body.reply_to, [{ address: "lily@outlook-mail.example", name: "王丽丽" }]);
  assert.deepEqual(body.headers.map(([name]) => name), ["Return-Path", "Authentication-Results", "Reply-To", "Date"]);
  assert.match(body.headers[1][1], /^mx\.google\.com; {1,9}dkim=pass/);
  assert.doesNotMatch(JSON.stringify(api.calls.map((call) => call.body)), /secret/);
  // Once more asks nobody: the fields are kept for this mail.
  assert.deepEqual(await askHeaders(page), { headers: "read" });
  assert.equal(browser.asked.filter(({ url }) => url.searchParams.has("view")).length, 1);
  await page.close();
});

test("Gmail: not allowed, refused or answered with a page: the verdict stands without headers", async () => {
  for (const [allowed, answer] of [["", { status: 200, body: RAW }], ["on", { status: 403, body: "" }], ["on", { status: 200, contentType: "text/html", body: "<html>Sign in\n\nfrom: x</html>" }]]) {
    browser.asked.length = 0;
    browser.webmail.answer = () => answer;
    await withHeaders(allowed);
    const page = await browser.gmail("popout.html");
    const said = browser.listen(page);
    await untilTone(page, "high");
    assert.deepEqual(await askHeaders(page), { headers: "failed" });
    if (allowed) await page.locator("[data-backtone=panel]").frameLocator("iframe").locator("body").getByText(/信头/).first().waitFor({ state: "attached" });
    assert.equal(browser.asked.some(({ url }) => url.searchParams.has("view")), allowed === "on");
    assert.equal(posts().at(-1).body.headers, undefined);
    assert.deepEqual(said.filter((line) => !/status of 40[34]/.test(line)), []);
    await page.close();
  }
});

test("163: 查看信头 is asked for with the page's own sid; results of unknown servers are not believed", async () => {
  browser.asked.length = 0;
  browser.webmail.answer = ({ url }) => (url.searchParams.get("func") === "mbox:getMessageData"
    ? { status: 200, contentType: "text/plain", body: "Received: from mx.example (Coremail)\r\nAuthentication-Results: mx.163.com; spf=pass\r\nReply-To: d.miller@freemail.example\r\nFrom: x@y.example" } : { status: 404, body: "" });
  await withHeaders("on");
  const page = await browser.netease("js6-read-single.html", READ_HASH);
  await untilTone(page, "high");
  assert.deepEqual(await askHeaders(page), { headers: "read" });
  const [asked] = browser.asked.filter(({ url }) => url.searchParams.has("func"));
  assert.equal(asked.url.searchParams.get("sid"), "FAKE");
  assert.equal(asked.url.searchParams.get("mid"), "59:1tbiFAKEmid0A1XlgAAbB");
  await page.waitForTimeout(300);
  const { body } = posts().at(-1);
  assert.deepEqual(body.headers, [["Reply-To", "d.miller@freemail.example"]]);
  assert.doesNotMatch(JSON.stringify(api.calls.map((call) => call.body)), /FAKE"|sid=/);
  await page.close();
});

test("a site of its own: nothing there until the reader enables it, a badge and a panel then, nothing again after", async () => {
  const url = "https://mail.factory.example/js6/main.jsp?sid=FAKE&page=netease/js6-read-single.html";
  const before = await browser.open(url + READ_HASH);
  await before.waitForTimeout(800);
  assert.equal(await badges(before).count(), 0);
  const options = await browser.context.newPage();
  await options.goto(`chrome-extension://${browser.id}/options/options.html`);
  assert.equal((await tell(options, { type: "page/enable-site", origin: "mail.factory.example" })).problem, "no_permission");
  assert.equal((await tell(options, { type: "page/enable-site", origin: "http://mail.factory.example" })).problem, "bad_address");
  const session = await browser.context.newCDPSession(options);
  await session.send("Runtime.evaluate", { userGesture: true, awaitPromise: true, expression: `chrome.permissions.request({ permissions: ["scripting"], origins: ["https://mail.factory.example/*"] })` });
  assert.deepEqual(await tell(options, { type: "page/enable-site", origin: "https://mail.factory.example/js6/" }), { sites: ["https://mail.factory.example"] });
  // The page that stands open gets it at once, and one that is opened later too.
  await untilTone(before, "high");
  const after = await browser.open(url + READ_HASH);
  await untilTone(after, "high");
  const panel = await openPanel(after);
  await panel.getByText("要求付款到新账户").first().waitFor();
  await tell(options, { type: "page/disable-site", origin: "https://mail.factory.example" });
  assert.deepEqual(await tell(options, { type: "page/sites" }), { sites: [] });
  const gone = await browser.open(url + READ_HASH);
  await gone.waitForTimeout(800);
  assert.equal(await badges(gone).count(), 0);
  for (const page of [before, after, gone, options]) await page.close();
});

test("self-check: every open page with its rungs, in words; report and structure hold no content", async () => {
  const gmail = await browser.gmail("conversation-multi.html");
  const netease = await browser.netease("unrecognised.html", READ_HASH);
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.id}/selfcheck/selfcheck.html`);
  await page.getByText("mail.google.com (gmail)").waitFor();
  await page.getByText("似乎打开了邮件").waitFor();
  assert.equal(await page.getByRole("heading", { name: "邮件 2" }).count(), 1);
  await page.screenshot({ path: `${SHOTS}/selfcheck-zh.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).include("main").analyze();
  assert.deepEqual(violations.map((one) => one.id), []);
  const { reports } = await tell(page, { type: "page/reports" });
  const { tab } = reports.find(({ report }) => report.webmail === "gmail");
  const { structure } = await tell(page, { type: "page/structure", tab });
  assert.match(structure, /h2\.hP.*<- subject\.0/);
  assert.match(structure, /div\.a3s\.aiL/);
  for (const text of [structure, JSON.stringify(reports)]) {
    assert.doesNotMatch(text, /Lily|corp\.example|gmai1|5543|bank|ik=|19a56a|1848/);
    assert.doesNotMatch(text, /[\u4e00-\u9fff]/);
  }
  for (const one of [gmail, netease, page]) await one.close();
});

test("a webmail that renamed its parts is mended by the rules alone, without a new extension", async () => {
  const changed = (browser.made.get("plain") ?? "").replaceAll("data-message-id", "data-mid").replaceAll("data-legacy-message-id", "data-lmid")
    .replaceAll('class="adn ads"', 'class="zz1"').replaceAll('class="a3s aiL "', 'class="zz2"').replaceAll('class="ii gt"', 'class="zz3"').replaceAll('class="hP"', 'class="zz4"');
  browser.made.set("renamed", changed);
  const before = await browser.gmail("renamed");
  await before.waitForTimeout(900);
  assert.equal(await badges(before).count(), 0);
  await browser.worker.evaluate(async () => {
    const rulebook = await (await fetch(chrome.runtime.getURL("rulebook.json"))).json();
    const { gmail } = rulebook.selectors;
    Object.assign(gmail, { message: ["[data-mid]", ...gmail.message], body: [".zz2"], subject: [".zz4"], inside_body: [".zz2", ".zz3"], anchor: [".zz3"], sender: ["]]broken[[", ...gmail.sender] });
    await new Promise((resolve, reject) => {
      const request = indexedDB.open("backtone", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("kept");
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const done = request.result.transaction("kept", "readwrite");
        done.objectStore("kept").put({ rulebook, etag: "", address: "", extension: chrome.runtime.getManifest().version }, "rulebook");
        done.oncomplete = () => { request.result.close(); resolve(undefined); };
      };
    });
  });
  await browser.stopWorker();
  const after = await browser.gmail("renamed");
  await untilTone(after, "high");
  const { body } = posts().at(-1);
  assert.deepEqual([body.sender.address, body.subject], ["ann.lee@importer-lighting.com", "Order 5543"]);
  for (const page of [before, after]) await page.close();
});
