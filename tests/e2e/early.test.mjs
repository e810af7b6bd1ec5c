/** Our own pages in a browser that has just started: it keeps the administrator's policy waiting for seconds. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { TOKEN } from "./api.mjs";
import { api, browser } from "./stage.mjs";

for (const [name, waits] of /** @type {const} */ ([["options", 0], ["popup", 1]])) {
  test(`${name}: while the browser keeps the policy waiting the page has its words, and a form sent too soon goes nowhere`, async () => {
    await browser.set({ address: api.address, token: TOKEN, lang: "en", engine: "" });
    const page = await browser.context.newPage();
    await page.addInitScript(() => { chrome.storage.managed.get = () => new Promise(() => {}); });
    await page.goto(`chrome-extension://${browser.id}/${name}/${name}.html`);
    await page.getByRole("heading", { level: 1, name: /\w/ }).waitFor();
    const submit = page.locator("[type=submit]").first();
    assert.equal(await submit.isDisabled(), Boolean(waits));
    await page.locator("form").first().evaluate((form) => form.requestSubmit());
    await page.waitForTimeout(200);
    assert.equal(new URL(page.url()).search, "");
    await page.close();
  });
}
