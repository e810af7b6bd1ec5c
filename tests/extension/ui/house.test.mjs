/** Laws of the extension: words in both languages, pinned permissions, no way from text to markup. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { manifest, WEBMAILS } from "../../../extension/manifest.js";
import { FROM_CONTENT, FROM_PAGE, FROM_PANEL, mayAsk, senderKind, TO_CONTENT } from "../../../extension/src/shared/messages.js";

const root = new URL("../../../extension/", import.meta.url);
const read = (name) => readFileSync(new URL(name, root), "utf8");
const locales = { en: JSON.parse(read("_locales/en/messages.json")), zh_CN: JSON.parse(read("_locales/zh_CN/messages.json")) };
const sources = readdirSync(new URL("src", root), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(js|html)$/.test(name) && !/^(evidence|rulebook)\//.test(name)).map((name) => [name, read(`src/${name}`)]);

test("every word stands in both languages, with the same placeholders", () => {
  assert.deepEqual(Object.keys(locales.en), Object.keys(locales.zh_CN));
  const places = (text) => [...text.matchAll(/\{([a-z_]+)\}/g)].map((found) => found[1]).sort();
  for (const [key, { message }] of Object.entries(locales.en)) {
    assert.ok(message && locales.zh_CN[key].message, key);
    assert.deepEqual(places(message), places(locales.zh_CN[key].message), key);
    if (/^(badge|panel|problem)_/.test(key)) assert.match(locales.zh_CN[key].message, /[\u4e00-\u9fff；、{]|^(SPF|DMARC|Google|Bing| · )$/, `${key} is not Chinese`);
  }
});

test("every word that the source names exists, and every word is used", () => {
  const all = sources.map(([, text]) => text).join("\n");
  const named = [...all.matchAll(/(?:words\(|data-(?:say|hint)=|\? )"((?:badge|panel|problem|options|popup|menu|start|privacy)_[a-z0-9_]+)"/g)].map((found) => found[1]);
  for (const key of named) assert.ok(key in locales.en, `${key} is not in _locales`);
  const families = [...all.matchAll(/`((?:badge|panel|problem|options)_(?:[a-z]+_)*)\$\{/g)].map((found) => found[1]);
  for (const key of Object.keys(locales.en)) {
    // `badge_${tone}` stands for one more word, `badge_problem_${code}` for any code.
    const made = families.some((family) => key.startsWith(family) && (family === "problem_" || family.split("_").length > 2 || !key.slice(family.length).includes("_")));
    const used = all.includes(`"${key}"`) || key.startsWith("ext_") || made;
    assert.ok(used, `nobody uses ${key}`);
  }
});

test("permissions are these and no others; change them here and in the admin's notes together", () => {
  for (const browser of ["chrome", "firefox"]) {
    const made = manifest(browser, "1.0.0");
    assert.deepEqual(made.permissions, ["storage", "contextMenus", ...(browser === "chrome" ? ["sidePanel"] : [])]);
    assert.deepEqual(made.optional_permissions, ["scripting"]);
    assert.deepEqual(made.host_permissions, ["http://127.0.0.1:8750/*"]);
    assert.deepEqual(made.optional_host_permissions, ["http://*/*", "https://*/*"]);
    assert.deepEqual(made.content_scripts.flatMap((entry) => entry.matches), WEBMAILS);
    assert.deepEqual([...new Set(made.web_accessible_resources.flatMap((entry) => entry.resources))], ["panel/panel.html"]);
    assert.doesNotMatch(made.content_security_policy.extension_pages, /unsafe|upgrade-insecure-requests|\*/);
  }
  assert.ok(Number(manifest("chrome", "1.0.0").minimum_chrome_version) <= 109);
  assert.equal(manifest("firefox", "1.0.0").key, undefined);
});

test("no part turns text into markup or evaluates it", () => {
  for (const [name, text] of sources) {
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function|DOMParser/, name);
  }
});

test("only the worker's one file opens connections; the content script asks nobody but the mailbox that it stands in", () => {
  const callers = sources.filter(([, text]) => /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/.test(text)).map(([name]) => name);
  assert.deepEqual(callers.sort(), ["background/api.js", "background/rulebook.js", "content/own-origin.js"]);
  assert.match(read("src/content/own-origin.js"), /if \(url\.origin !== location\.origin\) return "";\s{1,9}try \{\s{1,9}const response = await fetch\(url,/);
  assert.match(read("src/background/rulebook.js"), /\["rulebook\.json", "needs\.json"\]\.map\(async \(name\) => \(await fetch\(chrome\.runtime\.getURL\(name\)\)\)/);
});

test("mail content goes to no log", () => {
  for (const [name, text] of sources) assert.doesNotMatch(text, /console\./, name);
});

test("the worker hears only our own parts, each with its own questions", () => {
  const own = { id: "abc", origin: "chrome-extension://abc/" };
  const tab = { id: 1 };
  const kinds = [
    [{ id: "abc", url: "https://mail.google.com/mail/u/0/", tab, frameId: 0 }, "content"],
    [{ id: "abc", url: "https://mail.google.com/frame", tab, frameId: 3 }, null],
    [{ id: "abc", url: "http://mail.google.com/", tab, frameId: 0 }, null],
    [{ id: "other", url: "https://mail.google.com/", tab, frameId: 0 }, null],
    [{ id: "abc", url: "chrome-extension://abc/panel/panel.html", tab, frameId: 5 }, "panel"],
    [{ id: "abc", url: "chrome-extension://abc/panel/panel.html.evil", tab, frameId: 5 }, null],
    [{ id: "abc", url: "chrome-extension://abc/options/options.html", tab }, "page"],
    [{ id: "abc", url: "chrome-extension://abc/popup/popup.html" }, "page"],
    [{ id: "abc", url: "chrome-extension://abc/rulebook.json" }, null],
    [{ id: "abc" }, null],
  ];
  for (const [sender, kind] of kinds) assert.equal(senderKind(sender, own), kind, sender.url);
  const lists = { content: FROM_CONTENT, panel: FROM_PANEL, page: FROM_PAGE };
  for (const [kind, mine] of Object.entries(lists)) {
    for (const type of Object.values(mine)) assert.ok(mayAsk(type, kind));
    for (const [other, theirs] of Object.entries(lists)) {
      if (other !== kind) for (const type of Object.values(theirs)) assert.ok(!mayAsk(type, kind), `${kind} may not ask ${type}`);
    }
  }
  for (const type of Object.values(TO_CONTENT)) assert.ok(!mayAsk(type, "content"));
  assert.ok(!mayAsk(FROM_CONTENT.vet, null));
});
