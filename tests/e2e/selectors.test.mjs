/** Every rung of every ladder has a page in which it finds something, and an expected count in every page. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { launch } from "./browser.mjs";

const root = new URL("../../", import.meta.url);
const yaml = createRequire(new URL("extension/package.json", root))("js-yaml");
const read = (name) => yaml.load(readFileSync(new URL(name, root), "utf8"));
const selectors = Object.fromEntries(Object.entries(read("shared_rules/selectors.yaml")).filter(([name]) => name !== "schema"));
const expected = read("tests/e2e/pages/counts.yaml");

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** @param {string} webmail @param {string} name */
async function countIn(webmail, name) {
  // Not an address that our content script takes for a mailbox.
  const page = await browser.open(`https://mail.163.com/plain?page=${webmail}/${name}.html`);
  await page.waitForLoadState("load");
  const counts = await page.evaluate((ladders) => {
    const documents = [document, ...[...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument).filter(Boolean)];
    const rungs = Object.entries(ladders).filter(([, list]) => Array.isArray(list)).flatMap(([ladder, list]) => list.map((selector, at) => [`${ladder}.${at}`, selector]));
    return rungs.map(([rung, selector]) => [rung, documents.reduce((sum, one) => sum + one.querySelectorAll(selector).length, 0)]);
  }, selectors[webmail]);
  await page.close();
  return Object.fromEntries(counts);
}

for (const webmail of Object.keys(selectors)) {
  test(`${webmail}: every rung finds what the table says, in every page`, async () => {
    const pages = readdirSync(new URL(`tests/e2e/pages/${webmail}`, root)).filter((name) => name.endsWith(".html")).map((name) => name.replace(".html", ""));
    const rungs = Object.entries(selectors[webmail]).filter(([, list]) => Array.isArray(list)).flatMap(([ladder, list]) => list.map((_, at) => `${ladder}.${at}`));
    assert.deepEqual(Object.keys(expected[webmail]), rungs);
    for (const rung of rungs) assert.ok(Object.values(expected[webmail][rung]).some((count) => count > 0), `no page for ${webmail} ${rung}`);
    for (const page of pages) {
      const counts = await countIn(webmail, page);
      for (const rung of rungs) assert.equal(counts[rung], expected[webmail][rung][page] ?? 0, `${webmail} ${rung} in ${page}`);
    }
  });
}
