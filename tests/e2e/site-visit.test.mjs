/** The sender's web site is visited when the rep asks for it and has read what that gives away; never before. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { AxeBuilder, openPanel, READ_HASH, SHOTS } from "./browser.mjs";
import { fullVerdict, READY } from "./full.mjs";
import { api, browser } from "./stage.mjs";

const WORDS = {
  zh_CN: { ask: "查看 acme-tradlng.com 的网站", consent: /对方能看到这次访问/, visit: "确认访问", cancel: "不访问", seen: /已查看网站：https:\/\/acme-tradlng.com\/ Acme/, failed: /未能查看该网站：对方服务器超时未应答/ },
  en: { ask: "Have the web site of acme-tradlng.com looked at", consent: /may notice that his mail was read/, visit: "Visit the site", cancel: "Do not visit", seen: /Web site visited: https:\/\/acme-tradlng.com\/ Acme/, failed: /could not be seen: the server did not answer/ },
};

/** @param {"en" | "zh_CN"} lang @param {{features?: string[], website: Record<string, unknown>, why?: string}} server */
async function open(lang, { features = [...READY.features, "site_visit"], website, why = "not visited" }) {
  await browser.set({ address: api.address, token: "rep-token-for-tests", lang, engine: "" });
  await browser.worker.evaluate(() => chrome.storage.session.clear());
  let visited = false;
  api.also = (call) => {
    if (call.url === "/readyz") return { ...READY, features };
    if (!call.url.startsWith("/v1/domains/")) return null;
    visited = website.outcome === "found";
    return { domain: "acme-tradlng.com", checked: [{ what: "mx", label: "MX", outcome: "found", source: "dns", age_s: 0 }, { what: "website", label: "Web site", source: "site", age_s: 0, ...website }] };
  };
  api.answer = () => {
    const facts = { sender: { domain: "acme-tradlng.com" }, ...(visited && { site: { url: "https://acme-tradlng.com/", title: "Acme" } }) };
    const base = fullVerdict(lang);
    const rest = [{ fact: "domain.exists", why: "timed out", rules: [] }, ...base.not_checked];
    return fullVerdict(lang, { facts, not_checked: visited ? rest : [...rest, { fact: "site", why, rules: [] }] });
  };
  const page = await browser.netease("js6-read-single.html", READ_HASH);
  const panel = await openPanel(page);
  await panel.locator("[data-id=fold-not-checked]").click();
  return { page, panel };
}

const visits = () => api.calls.filter((call) => call.url.startsWith("/v1/domains/"));

for (const lang of /** @type {const} */ (["zh_CN", "en"])) {
  test(`asked, told what it gives away, visited, judged anew (${lang})`, async () => {
    const words = WORDS[lang];
    const { page, panel } = await open(lang, { website: { outcome: "found", value: "https://acme-tradlng.com/ 200 Acme" } });
    await panel.getByRole("button", { name: words.ask }).click();
    await panel.getByText(words.consent).waitFor();
    assert.equal(visits().length, 0);
    const { violations } = await new AxeBuilder({ page }).include("[data-backtone=panel]").analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), []);
    await panel.locator(".consent").scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${SHOTS}/site-visit-${lang}.png` });
    await panel.getByRole("button", { name: words.cancel }).click();
    await panel.getByText(words.consent).waitFor({ state: "detached" });
    assert.equal(visits().length, 0);
    await panel.getByRole("button", { name: words.ask }).click();
    await panel.getByRole("button", { name: words.visit }).click();
    await panel.getByText(words.seen).waitFor();
    assert.deepEqual(visits().map((call) => call.url), [`/v1/domains/acme-tradlng.com?site=1&max_wait_ms=10000&lang=${lang}`]);
    const last = api.calls.filter((call) => call.method === "POST" && call.url === "/v1/vet").at(-1);
    assert.equal(last.headers["cache-control"], "no-cache");
    assert.equal(await panel.getByRole("button", { name: words.ask }).count(), 0);
    await page.close();
  });

  test(`a site that cannot be seen is said to be so, and can be asked for again (${lang})`, async () => {
    const words = WORDS[lang];
    const why = lang === "en" ? "the server did not answer in time" : "对方服务器超时未应答";
    const { page, panel } = await open(lang, { website: { outcome: "unknown", why } });
    await panel.getByRole("button", { name: words.ask }).click();
    await panel.getByRole("button", { name: words.visit }).click();
    await panel.getByText(words.failed).waitFor();
    assert.equal(await panel.getByRole("button", { name: words.visit }).isEnabled(), true);
    await page.close();
  });
}

test("no button where the server does not offer it, and none for a domain that nobody may ask about", async () => {
  for (const server of [{ features: READY.features, website: {} }, { website: {}, why: "timed out" }]) {
    const { page, panel } = await open("en", server);
    await panel.getByText("web site of the domain").waitFor();
    assert.equal(await panel.locator("[data-id=site-ask]").count(), 0);
    await page.close();
  }
});
