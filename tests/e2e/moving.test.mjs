/** A rep at work: from mail to mail and back, quickly; two accounts; translation; an extension renewed under an open page. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { TOKEN, verdict } from "./api.mjs";
import { badges, launch, openPanel, panelOf, SHOTS, tone, untilTone } from "./browser.mjs";
import { api, browser } from "./stage.mjs";

const posts = () => api.calls.filter((call) => call.method === "POST" && call.url.startsWith("/v1/vet"));
const LEVELS = ["low", "caution", "high", "critical"];
/** Each mail has a verdict of its own, told by the number in its subject. */
const byNumber = ({ body }) => {
  const number = Number(/\d+/.exec(body.subject)?.[0] ?? 0);
  return verdict({ risk: { score: number, level: LEVELS[number % 4], confidence: "high" }, reasons: [], adjustments: [] });
};

/** Gmail as far as opening mails goes: list and thread, the old thread kept hidden, the address changed by hash. */
const APP = `<!doctype html><html><head><title>Inbox - buyer@corp.example - Gmail</title></head><body class="aAU"><div id="app"></div><script>
const policy = trustedTypes.createPolicy("app", { createHTML: (text) => text });
const html = (text) => { const holder = document.createElement("div"); holder.innerHTML = policy.createHTML(text); return holder.firstChild; };
window.openMail = (n) => {
  for (const old of document.querySelectorAll("[role=main]")) old.style.display = "none";
  let main = document.querySelector("[data-n='" + n + "']");
  if (!main) {
    main = html('<div role="main" class="nH" data-n="' + n + '"><div class="ha"><h2 class="hP">Mail ' + n + '</h2></div><div role="list"><div class="h7" role="listitem"><div class="adn" data-message-id="#msg-f:18480000000000' + (10000 + n) + '"><h3 class="iw"><span class="gD" email="ann' + n + '@importer-lighting.com" name="Ann">Ann</span></h3><span class="hb"><span class="g2" email="buyer@corp.example">me</span></span><div class="ii gt"><div class="a3s">Text of mail number ' + n + ', please quote.</div></div></div></div></div></div>');
    document.getElementById("app").append(main);
  }
  main.style.display = "";
  location.hash = "inbox/FMfcgzGxSabcdefghijklmnop" + (10000 + n);
};
window.closeMail = () => { for (const old of document.querySelectorAll("[role=main]")) old.style.display = "none"; location.hash = "inbox"; };
</script></body></html>`;

async function app() {
  browser.made.set("app", APP);
  return browser.gmail("app", { hash: "#inbox" });
}
/** What stands beside the visible mail. */
const shown = (page) => page.evaluate(() => {
  const hosts = [...document.querySelectorAll("[data-backtone=badge]")];
  const seen = hosts.filter((host) => host.getClientRects().length);
  const host = seen[0];
  return { count: hosts.length, seen: seen.length, mail: Number(host?.closest("[role=main]")?.dataset.n), tone: host?.dataset.tone, score: host?.shadowRoot.querySelector(".score")?.textContent ?? "" };
});
const settle = (page, n) => page.waitForFunction((number) => {
  const host = document.querySelector(`[data-n="${number}"] [data-backtone=badge]`);
  return host?.dataset.tone && host.dataset.tone !== "busy";
}, n);

test("from mail to mail and back: each has its own verdict, a mail seen before asks nobody again", async () => {
  api.answer = byNumber;
  const page = await app();
  for (const n of [1, 2, 3, 2, 1, 3]) {
    await page.evaluate((number) => window.openMail(number), n);
    await settle(page, n);
    const state = await shown(page);
    assert.deepEqual([state.count, state.seen, state.mail, state.tone], [1, 1, n, LEVELS[n % 4]]);
    if (state.tone !== "low") assert.match(state.score, new RegExp(`^${n} 分`));
  }
  assert.equal(posts().length, 3);
  await page.evaluate(() => window.closeMail());
  await page.waitForFunction(() => !document.querySelector("[data-backtone]"));
  await page.goBack();
  await page.evaluate(() => window.openMail(3));
  await settle(page, 3);
  assert.equal((await shown(page)).tone, LEVELS[3]);
  await page.close();
});

test("thirty quick switches with a slow server: only the last mail's verdict is shown", async () => {
  api.answer = async (call) => {
    // Early questions are answered last.
    await new Promise((resolve) => setTimeout(resolve, Math.max(50, 1500 - 45 * posts().length)));
    return byNumber(call);
  };
  const page = await app();
  const said = browser.listen(page);
  await page.evaluate(async () => {
    for (let n = 1; n <= 30; n += 1) {
      window.openMail(n);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  });
  await settle(page, 30);
  await page.waitForTimeout(2500);
  const state = await shown(page);
  assert.deepEqual([state.count, state.mail, state.tone], [1, 30, LEVELS[30 % 4]]);
  assert.match(state.score, /^30 分/);
  assert.deepEqual(said, []);
  await page.close();
});

test("thirty quick switches in one tab of 163, the same nodes used again and again", async () => {
  api.answer = byNumber;
  const page = await browser.netease("js6-read-single.html", "#module=read.ReadModule%7C%7B%22id%22%3A%2259%3A1tbiFAKEmid0A1XlgAAbB%22%7D");
  const said = browser.listen(page);
  await badges(page).first().waitFor({ state: "attached" });
  await page.evaluate(async () => {
    const frame = document.querySelector("iframe");
    frame.removeAttribute("src");
    for (let n = 1; n <= 30; n += 1) {
      location.hash = `module=read.ReadModule%7C%7B%22id%22%3A%2259%3A1tbiMAIL${n}%22%7D`;
      document.querySelector("h1").textContent = `Mail ${n}`;
      document.querySelector("[aria-selected=true]").title = `Mail ${n}`;
      document.querySelector(".ew0 .nui-addr-email").textContent = `<ann${n}@importer-lighting.com>`;
      frame.srcdoc = `<div id="content" class="netease_mail_readhtml">Text of mail number ${n}</div>`;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  });
  await badges(page).locator(".score", { hasText: "30 分" }).waitFor({ timeout: 8000 });
  await page.waitForTimeout(800);
  assert.equal(await badges(page).count(), 1);
  assert.equal(await tone(page), LEVELS[30 % 4]);
  assert.match(posts().at(-1).body.body.text, /number 30/);
  assert.equal(posts().at(-1).body.subject, "Mail 30");
  assert.deepEqual(said, []);
  await page.close();
});

test("the open panel follows from mail to mail and closes with the last", async () => {
  api.answer = ({ body }) => verdict({ reasons: [{ ...verdict().reasons[0], title: `About ${body.subject}` }] });
  const page = await app();
  await page.evaluate(() => window.openMail(1));
  await settle(page, 1);
  const panel = await openPanel(page);
  await panel.getByText("About Mail 1").first().waitFor();
  await page.evaluate(() => window.openMail(2));
  await panelOf(page).getByText("About Mail 2").first().waitFor();
  await page.evaluate(() => window.closeMail());
  await page.waitForFunction(() => !document.querySelector("[data-backtone]"));
  await page.close();
});

test("two accounts side by side: each page tells its own reader's domain", async () => {
  const first = await browser.open("https://mail.google.com/mail/u/0/?page=plain#inbox");
  await untilTone(first, "high");
  browser.made.set("second", (browser.made.get("plain") ?? "").replaceAll("buyer@corp.example", "me@private.example").replaceAll("me@corp.example", "me@private.example"));
  const second = await browser.open("https://mail.google.com/mail/u/1/?page=second#inbox");
  await untilTone(second, "high");
  assert.deepEqual(posts().map(({ body }) => body.own_domains), [["corp.example"], ["private.example"]]);
  const panel = await openPanel(second);
  await panel.getByText("要求付款到新账户").first().waitFor();
  for (const page of [first, second]) await page.close();
});

test("a translated mail is another text: asked about anew, and once more when the original is back", async () => {
  const page = await browser.gmail("translated.html");
  await untilTone(page, "high");
  const original = await page.evaluate(() => document.querySelector(".a3s").textContent);
  await page.evaluate(() => { document.querySelector(".a3s").textContent = "尊敬的先生，请报价 500 套。"; });
  await page.waitForTimeout(900);
  assert.match(posts().at(-1).body.body.text, /请报价/);
  await page.evaluate((text) => { document.querySelector(".a3s").textContent = text; }, original);
  await page.waitForTimeout(900);
  await untilTone(page, "high");
  assert.equal(posts().length, 2);
  assert.equal(await badges(page).count(), 1);
  await page.close();
});

test("chips that load late: the verdict stays until the one with the attachments is in", async () => {
  const page = await browser.gmail("translated.html");
  await untilTone(page, "high");
  const tones = page.evaluate(() => new Promise((resolve) => {
    const host = document.querySelector("[data-backtone=badge]");
    const seen = [host.dataset.tone];
    const observer = new MutationObserver(() => seen.push(host.dataset.tone));
    observer.observe(host, { attributes: true });
    setTimeout(() => resolve(seen), 1200);
    const chip = document.createElement("div");
    chip.className = "aQH";
    const one = document.createElement("span");
    one.className = "aZo";
    one.setAttribute("download_url", "application/zip:invoice.pdf.exe:https://mail.google.com/x");
    chip.append(one);
    document.querySelector(".gs").append(chip);
  }));
  assert.deepEqual([...new Set(await tones)], ["high"]);
  assert.deepEqual(posts().at(-1).body.attachments, [{ name: "invoice.pdf.exe" }]);
  assert.equal(posts().length, 2);
  await page.close();
});

test("a clock that jumps: a verdict from the future is not kept for ever", async () => {
  const page = await browser.gmail("plain");
  await untilTone(page, "high");
  await browser.worker.evaluate(async () => {
    const all = await chrome.storage.session.get(null);
    for (const [name, kept] of Object.entries(all)) if (name.startsWith("mail:")) await chrome.storage.session.set({ [name]: { ...kept, at: Date.now() + 86400000 } });
  });
  const before = posts().length;
  api.answer = () => verdict({ risk: { score: 30, level: "caution", confidence: "high" } });
  await page.reload();
  await untilTone(page, "caution");
  assert.equal(posts().length, before + 1);
  await page.close();
});

test("the extension is renewed under an open page: said once, no badge of the old one stays", async () => {
  const own = await launch();
  try {
    await own.set({ address: api.address, token: TOKEN, lang: "zh_CN", engine: "" });
    const page = await own.gmail("plain");
    const said = own.listen(page);
    await untilTone(page, "high");
    await own.worker.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
    await page.waitForTimeout(1500);
    await page.evaluate(() => { document.querySelector(".a3s").textContent = "Another mail"; });
    await page.locator("[data-backtone=notice]").getByText("请刷新页面").waitFor();
    assert.equal(await badges(page).count(), 0);
    await page.screenshot({ path: `${SHOTS}/gmail-renewed-zh.png` });
    assert.deepEqual(said, []);
  } finally {
    await own.close();
  }
});

test("163: a body that comes late is waited for, with a mark that says so and nothing asked before", async () => {
  browser.made.set("late", (await (await import("node:fs/promises")).readFile(new URL("pages/netease/js6-qiye-classic.html", import.meta.url), "utf8")).replace(/<script>[\s\S]*<\/script>/, ""));
  const page = await browser.open("https://mailhz.qiye.163.com/js6/main.jsp?sid=FAKE&page=late#module=read.ReadModule%7C%7B%22id%22%3A%22AOAAx%22%7D");
  await untilTone(page, "busy");
  await page.waitForTimeout(1200);
  assert.equal(await tone(page), "busy");
  assert.equal(posts().length, 0);
  await page.evaluate(() => {
    const inner = document.querySelector("iframe").contentDocument;
    inner.body.append(Object.assign(inner.createElement("div"), { id: "content", className: "netease_mail_readhtml", textContent: "Please find the SWIFT copy attached." }));
  });
  await untilTone(page, "high");
  assert.equal(posts().length, 1);
  assert.match(posts()[0].body.body.text, /SWIFT copy/);
  await page.close();
});
