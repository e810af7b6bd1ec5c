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

test("the paste window has its words and can be used at once", async () => {
  const page = await open("popup");
  await page.locator("#body").fill("Dear sir, our bank account has changed, please pay to the new account.");
  await page.locator("[type=submit]:enabled").first().click();
  await page.locator("#panel h1", { hasText: /\w/ }).waitFor();
  assert.equal(new URL(page.url()).search, "");
  await page.close();
});

test("a mail file chosen before the window was ready is checked", async () => {
  const page = await open("popup");
  await page.locator("#file").setInputFiles({ name: "mail.eml", mimeType: "message/rfc822", buffer: Buffer.from("From: a@b.example\r\nSubject: x\r\n\r\nHello, please quote.\r\n") });
  await page.locator("#panel h1", { hasText: /\w/ }).waitFor();
  await page.close();
});
