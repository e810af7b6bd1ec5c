/** What most browser tests stand on: one browser and one scripted server a file, both as new before each test. */

import { after, before, beforeEach } from "node:test";

import { startApi, TOKEN, verdict } from "./api.mjs";
import { launch } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof launch>>} */
export let browser;
/** @type {Awaited<ReturnType<typeof startApi>>} */
export let api;

before(async () => {
  api = await startApi();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await api?.stop();
});
beforeEach(async () => {
  api.calls.length = 0;
  api.answer = () => verdict();
  api.also = null;
  await browser.set({ address: api.address, token: TOKEN, lang: "zh_CN", engine: "" });
  await browser.worker.evaluate(() => chrome.storage.session.clear());
});
