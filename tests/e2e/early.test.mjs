/** Our own pages in a browser that has just started: it keeps the administrator's policy waiting for seconds. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { TOKEN } from "./api.mjs";
import { api, browser } from "./stage.mjs";

/** @param {string} name */
async function open(name) {
  await browser.set({ address: api.address, token: TOKEN, lang: "en", engine: "" });
  const page = await browser.context.newPage();
  await page.addInitScript(() => { chrome.storage.managed.get = () => new Promise(() => {}); });
  await page.goto(`chrome-extension://${browser.id}/${name}/${name}.html`);
  await page.getByRole("heading", { level: 1, name: /\w/ }).waitFor();
  return page;
}

test("the settings can be used at once", async () => {
  const page = await open("options");
  await page.getByLabel("Server address").fill("not an address!");
  await page.getByRole("button", { name: "Save and test" }).click();
  await page.locator("#result").getByText(/cannot be used/).waitFor();
  assert.equal(await page.getByLabel("Server address").inputValue(), "not an address!");
  await page.close();
});

test("the popup has its words, and a form sent too soon goes nowhere", async () => {
  const page = await open("popup");
  assert.equal(await page.locator("[type=submit]").first().isDisabled(), true);
  await page.locator("form").first().evaluate((form) => form.requestSubmit());
  await page.waitForTimeout(200);
  assert.equal(new URL(page.url()).search, "");
  await page.close();
});
