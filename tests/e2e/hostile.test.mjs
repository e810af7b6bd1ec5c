/** Bad pages and bad mails: nothing of ours in the page's console, no badge where none belongs, and it says what happened. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { verdict } from "./api.mjs";
import { badges, READ_HASH, SHOTS, tone, untilTone } from "./browser.mjs";
import { api, browser } from "./stage.mjs";

const posts = () => api.calls.filter((call) => call.method === "POST" && call.url.startsWith("/v1/vet"));
const low = () => verdict({ risk: { score: 3, level: "low", confidence: "high" }, reasons: [], adjustments: [] });

/** A mail whose body is made in the page, since some are larger than what a file of the tests should be. */
async function withBody(make, argument) {
  const page = await browser.context.newPage();
  const said = browser.listen(page);
  await page.goto("https://mail.google.com/mail/u/0/?page=plain#inbox");
  await badges(page).first().waitFor({ state: "attached" });
  await page.evaluate(`window.policy = trustedTypes.createPolicy("p", { createHTML: (text) => text }); window.fill = (html) => { document.querySelector(".a3s").innerHTML = window.policy.createHTML(html); }; window.long = []; new PerformanceObserver((list) => window.long.push(...list.getEntries().map((entry) => Math.round(entry.duration)))).observe({ entryTypes: ["longtask"] });`);
  api.calls.length = 0;
  await page.evaluate(make, argument);
  return { page, said };
}
const quiet = (said) => assert.deepEqual(said.filter((line) => !/Failed to load resource|net::ERR|^Framing |sandboxed|Blocked form/.test(line)), []);

test("a body of 10 MB, in one text or in a hundred thousand nodes, is judged by its beginning and says so", async () => {
  api.answer = low;
  for (const html of [
    "`<div>${'Dear friend, pay now. '.repeat(480000)}</div>`",
    "`<p>Dear <b>friend</b>, pay <i>now</i>.</p>`.repeat(25000) + `<div>${'x '.repeat(4000000)}</div>`",
  ]) {
    const { page, said } = await withBody(`window.fill(${html})`);
    await page.waitForFunction(() => document.querySelector("[data-backtone=badge]")?.dataset.tone === "unknown", null, { timeout: 15000 });
    assert.match(await badges(page).getByRole("button").getAttribute("title"), /邮件过长/);
    const body = posts().at(-1)?.body;
    assert.ok(body.body.text.length <= 100000 && JSON.stringify(body).length < 1_000_000);
    assert.deepEqual(body.missing, ["body_rest"]);
    console.log(`    long tasks with ten megabytes: ${await page.evaluate(() => window.long.join(" "))}`);
    quiet(said);
    await page.close();
  }
});

test("a body three thousand levels deep", async () => {
  const { page, said } = await withBody(`window.fill("<div>".repeat(500) + "<span>".repeat(2500) + "Please pay to our new account at the bottom." + "</span>".repeat(2500) + "</div>".repeat(500))`);
  await page.waitForFunction(() => document.querySelector("[data-backtone=badge]")?.dataset.tone === "high");
  assert.match(posts().at(-1).body.body.text, /new account at the bottom/);
  quiet(said);
  await page.close();
});

test("inputs that shadow the properties of their form change nothing about what is read", async () => {
  const names = ["tagName", "nodeName", "nodeType", "parentNode", "parentElement", "firstChild", "nextSibling", "childNodes", "children", "getAttribute", "hasAttribute",
    "querySelectorAll", "querySelector", "matches", "closest", "textContent", "ownerDocument", "contains", "getClientRects", "getBoundingClientRect", "style", "id", "className", "isConnected", "compareDocumentPosition", "setAttribute", "insertBefore"];
  const inputs = names.map((name) => `<input name="${name}"><input name="${name}">`).join("");
  const { page, said } = await withBody((html) => window.fill(html),
    `<form class="adn gD a3s" email="ceo@bigbuyer.com" data-message-id="#msg-f:1" action="https://form.evil.example/">${inputs}Please send the deposit to our new account.<a href="https://a.evil.example/">link</a></form><form><input name="tagName"></form><form class="gmail_quote"><input name="contains"><input name="nextSibling"></form><form id="divRplyFwdMsg"><input name="nextSibling"></form> the end of the mail`);
  await page.waitForFunction(() => document.querySelector("[data-backtone=badge]")?.dataset.tone === "high");
  const { body } = posts().at(-1);
  assert.match(body.body.text, /deposit to our new account[\s\S]*the end of the mail/);
  assert.deepEqual(body.links.map(({ href }) => href), ["https://form.evil.example/", "https://a.evil.example/"]);
  assert.equal(body.sender.address, "ann.lee@importer-lighting.com");
  assert.equal(await badges(page).count(), 1);
  quiet(said);
  await page.close();
});

test("three hundred decoy links, then two thousand: the one that matters is told", async () => {
  for (const count of [300, 2000]) {
    const { page, said } = await withBody((number) => window.fill(`Please see <a href="https://start.example/">start</a> ${Array.from({ length: number }, (_, at) => `<a href="https://www.wikipedia.example/page/${at}">w${at}</a>`).join(" ")} <a href="https://pay.evil.example/">pay</a> ${Array.from({ length: number }, (_, at) => `<a href="https://www.wikipedia.example/more/${at}">m${at}</a>`).join(" ")}`), count);
    await page.waitForFunction(() => document.querySelector("[data-backtone=badge]")?.dataset.tone === "high");
    const links = posts().at(-1).body.links.map(({ href }) => href);
    assert.ok(links.includes("https://pay.evil.example/") && links.includes("https://start.example/"), `of ${count}`);
    assert.ok(links.length <= 400);
    quiet(said);
    await page.close();
  }
});

test("a body that rewrites itself every 50 ms is asked about a few times, never green, and said to be restless", async () => {
  api.answer = low;
  const { page, said } = await withBody(`setInterval(() => window.fill("Dear sir, please quote " + Math.random() + " pcs of LP-6060, CIF Hamburg."), 50)`);
  await page.waitForFunction(() => /一直在变化/.test(document.querySelector("[data-backtone=badge]")?.shadowRoot.querySelector("button").title ?? ""), null, { timeout: 12000 });
  assert.equal(await tone(page), "unknown");
  const before = posts().length;
  assert.ok(before <= 8, `${before} requests`);
  await page.waitForTimeout(2500);
  assert.equal(posts().length, before);
  assert.equal(await badges(page).count(), 1);
  await page.screenshot({ path: `${SHOTS}/gmail-restless-zh.png` });
  quiet(said);
  await page.close();
});

test("a restless body does not wash a warning away", async () => {
  const { page, said } = await withBody(`setInterval(() => window.fill("Please pay to our new account, number " + Math.random()), 50)`);
  await page.waitForFunction(() => /一直在变化/.test(document.querySelector("[data-backtone=badge]")?.shadowRoot.querySelector("button").title ?? ""), null, { timeout: 12000 });
  assert.equal(await tone(page), "high");
  quiet(said);
  await page.close();
});

test("frames within frames, frames that reload all the time, a frame that goes to another origin", async () => {
  const page = await browser.context.newPage();
  const said = browser.listen(page);
  await page.goto(`https://mail.163.com/js6/main.jsp?sid=FAKE&page=netease/js6-read-single.html${READ_HASH}`);
  await untilTone(page, "high");
  await page.evaluate(() => {
    const inner = document.querySelector("iframe").contentDocument;
    const content = inner.getElementById("content");
    // The body's frame shows the mailbox itself, again and again, up to the browser's own limit.
    const again = inner.createElement("iframe");
    again.src = location.href;
    content.append(again);
    const cyclic = inner.createElement("form");
    cyclic.append(Object.assign(inner.createElement("input"), { name: "querySelector" }));
    content.append(cyclic);
  });
  await page.waitForTimeout(600);
  assert.equal(await badges(page).count(), 1);
  await page.evaluate(() => {
    const frame = document.querySelector("iframe");
    window.turning = setInterval(() => { frame.srcdoc = `<div id="content" class="netease_mail_readhtml">Version ${Math.random()}</div>`; }, 120);
  });
  await page.waitForTimeout(1500);
  await page.evaluate(() => {
    clearInterval(window.turning);
    const frame = document.querySelector("iframe");
    frame.removeAttribute("srcdoc");
    frame.setAttribute("sandbox", "");
    frame.src = "https://mail.126.com/elsewhere";
  });
  await page.waitForFunction(() => /框架|没有加载|一直在变化/.test(document.querySelector("[data-backtone=badge]")?.shadowRoot.querySelector("button").title ?? ""), null, { timeout: 15000 });
  assert.notEqual(await tone(page), "low");
  quiet(said);
  await page.close();
});

test("pages with missing, doubled and displaced parts: four hundred changes, not one exception, no badge in a body", async () => {
  api.answer = low;
  for (const name of ["gmail/conversation-multi.html", "gmail/details-open-zh.html", "gmail/preview-pane.html", "netease/js6-read-multitab.html"]) {
    const page = await browser.context.newPage();
    const said = browser.listen(page);
    await page.goto(name.startsWith("gmail") ? `https://mail.google.com/mail/u/0/?page=${name}#inbox/FMfcgzGxSabcdefghijklmnopqrstuv` : `https://mail.126.com/js6/main.jsp?sid=X&page=${name}${READ_HASH}`);
    await page.waitForTimeout(400);
    const inBody = await page.evaluate(async () => {
      let seed = 7;
      const random = (below) => {
        seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
        return seed % below;
      };
      let bad = 0;
      for (let step = 0; step < 100; step += 1) {
        const all = [...document.body.querySelectorAll("*:not([data-backtone]):not(script)")];
        const one = all[random(all.length)];
        const other = all[random(all.length)];
        if (!one || !other) break;
        const kind = random(6);
        if (kind === 0) one.remove();
        else if (kind === 1) one.after(one.cloneNode(true));
        else if (kind === 2 && !one.contains(other)) other.append(one);
        else if (kind === 3) for (const attribute of [...one.attributes]) one.removeAttribute(attribute.name);
        else if (kind === 4) one.style.display = "none";
        else one.setAttribute("data-message-id", "");
        if (step % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 60));
        bad += document.querySelectorAll(".a3s [data-backtone=badge]").length;
      }
      return bad;
    });
    assert.equal(inBody, 0, name);
    quiet(said);
    await page.close();
  }
});

test("answers that are garbage or of another version: the badge says so, the console stays empty", async () => {
  const odd = [
    [], "text", 42, null, {}, { nonsense: true }, { ...verdict(), reasons: [null] }, { ...verdict(), reasons: [{ points: "many", title: 7 }] },
    { ...verdict(), risk: { score: "62", level: "high" } }, { ...verdict(), risk: { score: 62, level: "<b>high</b>", confidence: "high" } },
    { ...verdict(), risk: { score: 1e308, level: "critical", confidence: "high" } }, { ...verdict(), not_checked: [null, 7], risk: { score: 3, level: "low", confidence: "medium" } },
    { ...verdict(), mail_kind: 3, risk: { score: 3, level: "low", confidence: "high" } }, { ...verdict(), handling: { steps: "none" } }, { ...verdict(), complete: "yes" },
    { status: 200, body: "<html>" }, { status: 500, body: { error: "x" } }, { status: 422, body: { error: { code: 5 } } }, { status: 418, body: {} },
  ];
  for (const answer of odd) {
    await browser.worker.evaluate(() => chrome.storage.session.clear());
    api.answer = () => answer;
    const page = await browser.context.newPage();
    const said = browser.listen(page);
    await page.goto("https://mail.google.com/mail/u/0/?page=plain#inbox");
    await page.waitForFunction(() => !["busy", undefined].includes(document.querySelector("[data-backtone=badge]")?.dataset.tone), null, { timeout: 8000 });
    const shown = await tone(page);
    assert.notEqual(shown, "low", JSON.stringify(answer));
    assert.doesNotMatch(await badges(page).getByRole("button").innerText(), /undefined|NaN|\[object|null/);
    quiet(said);
    await page.close();
  }
});
