/** Speed and weight as a reader feels them: from the mail in the page to its badge, long tasks, memory over many mails. */

import assert from "node:assert/strict";
import { cpus, loadavg } from "node:os";
import { test } from "node:test";

import { badges } from "./browser.mjs";
import { api, browser } from "./stage.mjs";

/** A page of its own with an empty thread, into which mails are put as Gmail does: whole, in one piece. */
const SHELL = `<!doctype html><html><head><title>Inbox - buyer@corp.example - Gmail</title></head><body class="aAU"><div role="main" class="nH"><div class="a98 iY"><div class="ha"><h2 class="hP">Thread</h2></div><div class="nH aHU" role="list" id="list"></div></div></div>
<script>
window.made = (n, words, expanded = true) => '<div class="h7" role="listitem"><div class="adn ads" data-message-id="#msg-f:' + (1848000000000000000n + BigInt(n)) + '" data-legacy-message-id="19a56a3578' + String(100000 + n) + '"><div class="gs"><div class="gE iv gt"><h3 class="iw"><span class="gD" email="ann' + n + '@gmail.com" name="Minister Ann">Ann</span></h3><span class="hb"><span class="g2" email="buyer@corp.example" name="me">me</span></span></div><div class="qQVYZb"></div>' + (expanded ? '<div class="ii gt"><div class="a3s aiL">' + words + '</div></div>' : '<div class="iA g6">snippet</div>') + '</div></div></div>';
window.policy = trustedTypes.createPolicy("page", { createHTML: (text) => text });
window.put = (html) => { document.getElementById("list").innerHTML = window.policy.createHTML(html); };
window.letter = (n) => '<p>Dear friend ' + n + ',</p><p>we are a government ministry. Please pay the transport company in advance, we will refund you with the first payment. Our company mail server is down, use this gmail.</p>' + '<p>We need 500 pcs of LP-6060, CIF Hamburg, and your best price for each of the items in the list below.</p>'.repeat(8);
window.long = [];
new PerformanceObserver((list) => window.long.push(...list.getEntries().map((entry) => Math.round(entry.duration)))).observe({ entryTypes: ["longtask"] });
</script></body></html>`;

/** On a machine that is busy with other things everything takes as much longer as processes wait for each core. */
const slack = () => Math.max(1, loadavg()[0] / cpus().length);

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function shell(url = "https://mail.google.com/mail/u/0/?page=shell#inbox") {
  browser.made.set("shell", SHELL);
  const page = await browser.open(url);
  await page.waitForTimeout(500);
  return page;
}

/** Milliseconds from the mail in the page to a badge that says more than "checking". */
const opened = (page, n) => page.evaluate((number) => new Promise((resolve) => {
  const list = document.getElementById("list");
  window.put("");
  setTimeout(() => {
    const started = performance.now();
    const isDone = () => {
      const host = list.querySelector("[data-backtone=badge]");
      return host?.dataset.tone && host.dataset.tone !== "busy";
    };
    const observer = new MutationObserver(() => {
      if (!isDone()) return;
      observer.disconnect();
      resolve(performance.now() - started);
    });
    observer.observe(list, { subtree: true, childList: true, attributes: true });
    window.put(window.made(number, window.letter(number)));
  }, 400);
}), n);

test("from the mail in the page to the preview's badge: 100 ms warm, 600 ms cold; 250 ms more to the server's verdict", async () => {
  const page = await shell();
  const colds = [];
  const clicked = [];
  for (let n = 0; n < 3; n += 1) {
    // Nothing is under way that would wake the worker again by itself.
    await browser.stopWorker();
    colds.push(await opened(page, n));
    await page.waitForTimeout(500);
    // As a reader does it: the click that opens the mail comes first, the mail some time after.
    await browser.stopWorker();
    await page.mouse.click(600, 400);
    clicked.push(await opened(page, 100 + n));
    await page.waitForTimeout(500);
    // The worker is called by clicks only now and then.
    await page.reload();
    await page.waitForTimeout(500);
  }
  const cold = Math.min(...colds);
  api.answer = async () => new Promise(() => undefined);
  const warm = [];
  for (let n = 1; n <= 15; n += 1) warm.push(await opened(page, n));
  api.answer = () => ({ risk: { score: 62, level: "critical", confidence: "high" }, customer_level: {}, reasons: [], adjustments: [], not_checked: [], facts: {}, search_links: [], handling: {}, complete: true, mail_kind: "inquiry", rulebook: "x", lang: "en" });
  const whole = [];
  for (let n = 16; n <= 26; n += 1) {
    whole.push(await page.evaluate((number) => new Promise((resolve) => {
      window.put("");
      setTimeout(() => {
        const started = performance.now();
        const list = document.getElementById("list");
        const observer = new MutationObserver(() => {
          if (list.querySelector("[data-backtone=badge]")?.dataset.tone !== "critical") return;
          observer.disconnect();
          resolve(performance.now() - started);
        });
        observer.observe(list, { subtree: true, childList: true, attributes: true });
        window.put(window.made(number, window.letter(number)));
      }, 400);
    }), n));
  }
  console.log(`    preview badge: cold ${cold.toFixed(0)} ms, cold 0.4 s after a click ${Math.min(...clicked).toFixed(0)} ms, warm median ${median(warm).toFixed(0)} ms (${warm.map((ms) => ms.toFixed(0)).join(" ")}); verdict median ${median(whole).toFixed(0)} ms; allowed ${slack().toFixed(1)} times as much`);
  assert.ok(cold <= 600 * slack(), `cold ${cold}`);
  assert.ok(median(warm) <= 100 * slack(), `warm ${median(warm)}`);
  assert.ok(median(whole) <= 350 * slack(), `verdict ${median(whole)}`);
  await page.close();
});

test("a thread of 100 open mails: no long task, a badge on the newest and on what comes into sight", async () => {
  const fill = (one) => one.evaluate(async () => {
    window.long.length = 0;
    window.put(Array.from({ length: 100 }, (_, n) => window.made(n, window.letter(n))).join(""));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return window.long;
  });
  // Putting a hundred mails into the page is work of the page's own: the same page where we do not run.
  const bare = await shell("https://mail.163.com/plain?page=shell");
  const without = await fill(bare);
  await bare.close();
  const page = await shell();
  await fill(page);
  const first = await badges(page).count();
  await page.evaluate(() => document.querySelectorAll(".adn")[50].scrollIntoView());
  await page.waitForTimeout(1500);
  const middle = await page.evaluate(() => Boolean(document.querySelectorAll(".adn")[50].querySelector("[data-backtone=badge]")));
  const top = await page.evaluate(() => Boolean(document.querySelectorAll(".adn")[0].querySelector("[data-backtone=badge]")));
  const oldest = await page.evaluate(() => Boolean(document.querySelectorAll(".adn")[99].querySelector("[data-backtone=badge]")));
  const long = await page.evaluate(() => window.long);
  console.log(`    badges ${first}, after scrolling ${await badges(page).count()}; long tasks ${long.join(" ") || "none"}, of the page alone ${without.join(" ") || "none"}`);
  assert.ok(middle && oldest && top);
  assert.ok(first >= 10);
  assert.ok(long.filter((ms) => ms > 50 * slack()).length <= Math.max(1, without.length), `long tasks: ${long}`);
  await page.close();
});

/** Megabytes that the worker's heap holds after a collection. */
async function workerHeap() {
  const blank = await browser.context.newPage();
  const cdp = await (browser.context.browser()?.newBrowserCDPSession() ?? browser.context.newCDPSession(blank));
  const { targetInfos } = await cdp.send("Target.getTargets");
  const target = targetInfos.find(({ type }) => type === "service_worker");
  if (!target) throw new Error("the worker is not running");
  const { sessionId } = await cdp.send("Target.attachToTarget", { targetId: target.targetId, flatten: false });
  const asked = (id, method) => new Promise((resolve) => {
    cdp.on("Target.receivedMessageFromTarget", ({ message }) => {
      const answer = JSON.parse(message);
      if (answer.id === id) resolve(answer.result);
    });
    void cdp.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
  });
  await asked(1, "HeapProfiler.enable");
  await asked(2, "HeapProfiler.collectGarbage");
  const { usedSize } = await asked(3, "Runtime.getHeapUsage");
  await cdp.detach();
  await blank.close();
  return usedSize / 1e6;
}

test("memory stays flat over 500 opened mails, in the page and in the worker", async () => {
  const page = await shell();
  const session = await browser.context.newCDPSession(page);
  await session.send("Performance.enable");
  const heap = async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const value = (name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    const kept = await browser.worker.evaluate(() => chrome.storage.session.getBytesInUse?.(null) ?? 0);
    return { page: value("JSHeapUsedSize") / 1e6, nodes: value("Nodes"), listeners: value("JSEventListeners"), worker: await workerHeap(), kept: kept / 1e6 };
  };
  const openMany = (from, to) => page.evaluate(async ([start, end]) => {
    for (let n = start; n < end; n += 1) {
      window.put(window.made(n, window.letter(n)));
      // Each is opened long enough to be judged.
      for (let waited = 0; waited < 400; waited += 1) {
        const shown = document.querySelector("[data-backtone=badge]")?.dataset.tone;
        if (shown && shown !== "busy") break;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
    window.put("");
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }, [from, to]);
  api.calls.length = 0;
  await openMany(1000, 1100);
  const before = await heap();
  await openMany(1100, 1500);
  const after = await heap();
  const words = (one) => `page ${one.page.toFixed(1)} MB, ${one.nodes} nodes, ${one.listeners} listeners, worker ${one.worker.toFixed(1)} MB, session store ${one.kept.toFixed(2)} MB`;
  const judged = api.calls.filter((call) => call.method === "POST").length;
  assert.ok(judged >= 450, `only ${judged} of 500 mails were judged`);
  console.log(`    after 100 mails: ${words(before)}\n    after 500 mails: ${words(after)}`);
  assert.ok(after.page - before.page < 2, "the page's heap grew");
  assert.ok(after.nodes - before.nodes < 300 && after.listeners - before.listeners < 100, "nodes or listeners stay behind");
  assert.ok(after.worker - before.worker < 10, "the worker's heap grew");
  assert.ok(after.kept < 1, "the session store grew");
  await page.close();
});
