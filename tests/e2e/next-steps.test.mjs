/** What the panel offers beyond the verdict: criteria, checks with results, letters, feedback, notes of a counterpart. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { openPanel, READ_HASH, SHOTS } from "./browser.mjs";
import { fullVerdict, letter, READY } from "./full.mjs";
import { api, browser } from "./stage.mjs";

/** @param {any} call */
function offer(call) {
  if (call.url === "/readyz") return READY;
  if (call.url === "/v1/letters") return letter(call.body);
  if (call.url === "/v1/feedback") return { status: 201, body: { kept: true } };
  return null;
}

async function open() {
  api.also = offer;
  api.answer = ({ body }) => fullVerdict(body.lang ?? "zh_CN");
  const page = await browser.netease("js6-read-single.html", READ_HASH);
  const panel = await openPanel(page);
  await panel.getByText("您的判断").waitFor();
  return { page, panel };
}

/** @param {import("playwright-core").FrameLocator} panel @param {string} id */
const unfold = (panel, id) => panel.locator(`[data-id="fold-${id}"]`).click();
const sent = (url) => api.calls.filter((call) => call.url === url);

test("results of checks and facts of the order are kept for the sender and go with the next check", async () => {
  await browser.worker.evaluate(() => chrome.storage.local.remove("counterparts"));
  const { page, panel } = await open();
  const first = api.calls.find((call) => call.method === "POST");
  assert.deepEqual(Object.keys(first.body.context), ["timezone"]);
  await unfold(panel, "checks");
  const row = panel.getByRole("group", { name: "核查结果：工商注册信息" });
  await row.getByRole("button", { name: "查不到" }).click();
  await panel.getByText("标准 · 已查 1/5").waitFor();
  assert.equal(await row.getByRole("button", { name: "查不到" }).getAttribute("aria-pressed"), "true");
  await panel.getByRole("button", { name: "按核查结果重新评估" }).click();
  await page.waitForFunction(() => true);
  await waitForCalls(2);
  assert.deepEqual(posts().at(-1).body.context.checks, { company_register: "not_found" });
  await unfold(panel, "asked");
  await panel.getByLabel("订单金额").fill("48000");
  await panel.getByLabel("币种").selectOption("USD");
  await panel.getByLabel("国家/地区").selectOption("NG");
  await panel.getByLabel("双方见过面（来访或拜访）").check();
  await panel.getByLabel("历次逾期").fill("2026-03-31 12 5000\n下周付");
  await panel.getByRole("button", { name: "保存并重新评估" }).click();
  assert.match(await panel.getByLabel("历次逾期").evaluate((box) => /** @type {HTMLTextAreaElement} */ (box).validationMessage), /第2行有误/);
  assert.equal(posts().length, 2);
  await panel.getByLabel("历次逾期").fill("2026-03-31 12 5000\n2026-06-30 30");
  await panel.getByRole("button", { name: "保存并重新评估" }).click();
  await waitForCalls(3);
  const { timezone, ...context } = posts().at(-1).body.context;
  assert.ok(timezone);
  assert.deepEqual(context, { order_amount: 48000, currency: "USD", country: "NG", visited_us: true, checks: { company_register: "not_found" },
    arrears_history: [{ date: "2026-03-31", days: 12, balance: 5000 }, { date: "2026-06-30", days: 30 }] });
  await panel.getByText("USD 48,000 · 尼日利亚").waitFor();
  await unfold(panel, "customer");
  await panel.getByLabel("手动设定等级").selectOption("2");
  await panel.getByLabel("理由（必填）").fill("展会上见过");
  await panel.getByRole("button", { name: "设定", exact: true }).click();
  await waitForCalls(4);
  assert.deepEqual(posts().at(-1).body.context.level_override, { level: 2, reason: "展会上见过" });
  const kept = await browser.worker.evaluate(async () => (await chrome.storage.local.get("counterparts")).counterparts);
  assert.equal(Object.keys(kept).length, 1);
  await page.close();
});

const posts = () => api.calls.filter((call) => call.method === "POST" && call.url === "/v1/vet");

/** @param {number} count */
async function waitForCalls(count) {
  const end = Date.now() + 5000;
  while (posts().length < count) {
    assert.ok(Date.now() < end, `${posts().length} of ${count} calls`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("a letter is fetched with the mail, shown as text and copied; what is to be filled in is named", async () => {
  const { page, panel } = await open();
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await unfold(panel, "letters");
  await panel.getByRole("button", { name: "请客户补充资料（英文）" }).click();
  await panel.getByText("发送前请补上：your name").waitFor();
  const [call] = sent("/v1/letters");
  assert.deepEqual([call.body.kind, call.body.lang, call.body.mail.lang], ["missing_information", "en", "zh_CN"]);
  assert.match(call.body.mail.body.text, /30% deposit/);
  await panel.getByRole("button", { name: "复制正文" }).click();
  await panel.getByText("已复制").first().waitFor();
  await panel.getByRole("button", { name: "背景核查告知函（中文）" }).click();
  await panel.getByText("Miller 先生").waitFor();
  api.also = (one) => (one.url === "/v1/letters" ? { status: 409, body: { error: { code: "letter_not_offered", message: "no letters at high risk" } } } : offer(one));
  await panel.getByRole("button", { name: "背景核查告知函（英文）" }).click();
  await panel.getByText(/no letters at high risk/).waitFor();
  await page.close();
});

test("feedback: real customer, and a reason that is wrong; only the hash of the sentence leaves", async () => {
  const { page, panel } = await open();
  await unfold(panel, "reason-new_bank_account");
  await panel.getByRole("button", { name: "这条原因不对：要求付款到新账户" }).click();
  await panel.getByLabel("哪里不对？（可不填）").fill("老客户，电话核实过");
  await panel.getByRole("button", { name: "提交" }).click();
  await panel.locator("[data-id=flag-new_bank_account][disabled]").waitFor();
  const [wrong] = sent("/v1/feedback").map((call) => call.body);
  assert.deepEqual({ ...wrong, sentence_hash: wrong.sentence_hash.length }, {
    key: "5f2d9c", opinion: "wrong_reason", rule: "new_bank_account", sentence_hash: 64, reason: "老客户，电话核实过", level: "high", score: 62,
  });
  assert.doesNotMatch(JSON.stringify(wrong), /deposit|audit/);
  await unfold(panel, "opinion");
  await panel.getByLabel("理由（可不填）").fill("展会认识");
  await panel.getByRole("button", { name: "真实客户" }).click();
  await panel.locator("[data-id=opinion]").getByText("已记录，谢谢。").waitFor();
  assert.deepEqual(sent("/v1/feedback").at(-1).body, { key: "5f2d9c", opinion: "real_customer", reason: "展会认识", level: "high", score: 62 });
  await page.close();
});

test("no control is shown that the server does not serve", async () => {
  await browser.worker.evaluate(() => chrome.storage.session.remove("server"));
  api.answer = () => fullVerdict();
  const page = await browser.netease("js6-read-single.html", READ_HASH);
  const panel = await openPanel(page);
  await panel.getByText("客户等级").first().waitFor();
  await page.waitForTimeout(400);
  for (const absent of ["您的判断", "回信模板"]) assert.equal(await panel.getByText(absent).count(), 0, absent);
  assert.equal(await panel.locator(".flag").count(), 0);
  await page.close();
});

test("what is typed and unfolded outlives a newer verdict of the same mail", async () => {
  const { page, panel } = await open();
  await unfold(panel, "asked");
  await panel.getByLabel("订单金额").fill("1234");
  await panel.getByLabel("订单金额").focus();
  api.answer = () => fullVerdict("zh_CN", { risk: { score: 71, level: "critical", confidence: "high" } });
  await browser.worker.evaluate(async () => {
    const all = await chrome.storage.session.get(null);
    const [slot] = Object.keys(all).filter((name) => name.startsWith("mail:"));
    all[slot].standing.verdict.risk = { score: 71, level: "critical", confidence: "high" };
    await chrome.storage.session.set({ [slot]: all[slot] });
  });
  await panel.getByRole("heading", { level: 1, name: "极高风险" }).waitFor();
  assert.equal(await panel.getByLabel("订单金额").inputValue(), "1234");
  assert.equal(await panel.locator(":focus").getAttribute("data-id"), "ask-order_amount");
  await page.close();
});

for (const lang of /** @type {const} */ (["zh_CN", "en"])) {
  for (const dark of [false, true]) {
    test(`everything unfolded (${lang}${dark ? ", dark" : ""})`, async () => {
      api.also = offer;
      api.answer = () => fullVerdict(lang);
      await browser.set({ address: api.address, token: "rep-token-for-tests", lang, engine: "" });
      const page = await browser.netease("js6-read-single.html", READ_HASH);
      await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
      const name = `${lang}${dark ? "-dark" : ""}`;
      const panel = await openPanel(page);
      await panel.locator("[data-id=opinion]").waitFor();
      await page.screenshot({ path: `${SHOTS}/parts-first-${name}.png` });
      await page.setViewportSize({ width: 1280, height: 4600 });
      await panel.locator("[data-id=fold-letters]").click();
      await panel.locator("[data-id=letter-missing_information-en]").click();
      await panel.locator(".letter").waitFor();
      await panel.locator("article").evaluate((article) => article.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
      await panel.locator("[data-id=flag-lookalike]").click();
      await panel.locator("[data-id=opinion] textarea").waitFor();
      const text = await panel.locator("article").innerText();
      assert.doesNotMatch(text, /(panel|badge|problem)_[a-z]|undefined|null|\[object/);
      if (lang === "en") assert.doesNotMatch(text.replace(/LP-6060|Miller/g, ""), /[\u4e00-\u9fff]/);
      const frame = page.frames().find((one) => one.url().includes("panel/panel.html"));
      const wide = await frame.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      assert.equal(wide, false, "nothing is wider than the panel");
      const height = await frame.evaluate(() => document.querySelector("article").getBoundingClientRect().height);
      await page.setViewportSize({ width: 1280, height: Math.ceil(height) });
      await page.screenshot({ path: `${SHOTS}/parts-all-${name}.png`, clip: { x: 880, y: 0, width: 400, height: Math.ceil(height) } });
      await page.close();
    });
  }
}
