/** Header blocks: only wanted fields, only the mailbox's own results, and never the mail's text. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createHeaders } from "../../../extension/src/content/headers.js";
import { accountPath, fetchGmailHeaders } from "../../../extension/src/webmail/gmail/headers.js";
import { decodedWords, headersOf, plainOf } from "../../../extension/src/webmail/headers.js";
import { callPath, fetchNeteaseHeaders } from "../../../extension/src/webmail/netease/headers.js";
import { readFileSync } from "node:fs";
import { openHtml } from "./page.mjs";

const block = (...lines) => `${lines.join("\r\n")}\r\n\r\nbody text\r\nReply-To: forged@body.example`;
const names = (found) => found.headers.map(([name]) => name);

test("wanted fields only, unfolded, in their order; nothing below the blank line", () => {
  const found = headersOf(block("Received: by x", "Date: Fri, 20 Nov 2026 17:12:00 +0800", "List-Id: news", "\t<n.example>", "X-Route: secret", "Subject: s", "From: a@b.example"), "mx.google.com");
  assert.deepEqual(found, { headers: [["Date", "Fri, 20 Nov 2026 17:12:00 +0800"], ["List-Id", "news <n.example>"]], replyTo: [] });
});

test("results count only on top and only under the mailbox's own name", () => {
  const own = "Authentication-Results: mx.google.com; spf=pass";
  const forged = "Authentication-Results: mx.google.com.evil.example; spf=pass";
  assert.deepEqual(names(headersOf(block("Received: a", own, forged, own, "From: x"), "mx.google.com")), ["Authentication-Results"]);
  assert.deepEqual(names(headersOf(block("Received: a", forged, own, "From: x"), "mx.google.com")), []);
  assert.deepEqual(names(headersOf(block("Received: a", own, "From: x"), "")), []);
  assert.deepEqual(names(headersOf(block("Received: a", "ARC-Seal: i=1", "From: x"), "mx.google.com")), []);
});

test("a return path counts above the first hop, or beside believed results", () => {
  const path = "Return-Path: <a@b.example>";
  assert.deepEqual(names(headersOf(block(path, "Received: a", "From: x"), "")), ["Return-Path"]);
  assert.deepEqual(names(headersOf(block("Received: a", path, "From: x"), "")), []);
  assert.deepEqual(names(headersOf(block("Received: a", path, "Authentication-Results: mx.google.com; spf=pass", "From: x"), "mx.google.com")), ["Return-Path", "Authentication-Results"]);
});

test("a page, a cut block or anything else is none", () => {
  for (const text of ["", "<html>\r\n\r\nfrom: x", "From: a@b.example", "Hello\r\n\r\nthere", "{\"code\":\"FA_SECURITY\"}\n\n"]) assert.equal(headersOf(text, ""), null, text);
});

test("reply-to with names, several, encoded; no reply-to is known to be none", () => {
  const of = (value) => headersOf(block(`Reply-To: ${value}`, "From: x@y.example"), "").replyTo;
  assert.deepEqual(of('"Lee, Ann" <Ann@B.example>, bo@c.example'), [{ address: "ann@b.example", name: "Lee, Ann" }, { address: "bo@c.example", name: "" }]);
  assert.deepEqual(of("=?gb2312?B?zfXA9sD2?= <w@b.example>"), [{ address: "w@b.example", name: "王丽丽" }]);
  assert.equal(decodedWords("=?utf-8?Q?J=C3=B6rg_K?= =?utf-8?Q?=C3=B6?="), "Jörg Kö");
  assert.equal(decodedWords("=?no-such?B?AAAA?= =?utf-8?B?%%%?="), "=?no-such?B?AAAA?= =?utf-8?B?%%%?=".replace("?= =?", "?==?"));
  assert.deepEqual(headersOf(block("From: x@y.example"), "").replyTo, []);
  assert.equal(plainOf("&lt;a&amp;b&#39;&#x4e2d;&bogus;"), "<a&b'中&bogus;");
});

const asker = (answers) => {
  const asked = [];
  return { asked, get: async (path, enough, form) => { asked.push({ path, form }); return answers[asked.length - 1] ?? ""; } };
};
const at = (url) => new URL(url);

test("Gmail: the raw mail of the right account; else Show original with the page's own key; an id that is none asks nobody", async () => {
  assert.equal(accountPath(at("https://mail.google.com/mail/b/AEoR_x/u/2/?x#inbox")), "/mail/b/AEoR_x/u/2/");
  assert.equal(accountPath(at("https://mail.google.com/mail/u/13/")), "/mail/u/13/");
  const page = openHtml('<div class="a3s"><a href="https://x.example/?ik=bad0bad0&z">x</a></div><a href="/mail/u/1?ui=2&amp;ik=0123abcdef&amp;view=lg">x</a>', "https://mail.google.com/mail/u/1/");
  const original = `<html><table><td>x</td></table><pre class="raw_message_text" id="raw_message_text">${block("Delivered-To: me", "Reply-To: &lt;r@b.example&gt;", "From: a").replaceAll("\r\n", "\n")}</pre></html>`;
  const { asked, get } = asker(["<html>log in</html>", original]);
  const found = await fetchGmailHeaders("19a56a3578ec0001", at("https://mail.google.com/mail/u/1/#inbox"), page.document, get);
  assert.deepEqual(found.replyTo, [{ address: "r@b.example", name: "" }]);
  assert.match(asked[0].path, /^\/mail\/u\/1\/\?view=att&th=19a56a3578ec0001&/);
  assert.match(asked[1].path, /^\/mail\/u\/1\/\?ik=0123abcdef&view=om&permmsgid=msg-f:1848000000000000001$|^\/mail\/u\/1\/\?ik=0123abcdef&view=om&permmsgid=msg-f:[0-9]+$/);
  const none = asker([]);
  assert.equal(await fetchGmailHeaders("r123&x", at("https://mail.google.com/mail/u/0/"), page.document, none.get), null);
  assert.equal(none.asked.length, 0);
});

test("163: text first, then the structured call without marking as read; the data centre's own path", async () => {
  const sample = readFileSync(new URL("../../e2e/pages/netease/api-readMessage.sample.xml", import.meta.url), "utf8");
  const { asked, get } = asker(["<result><code>FA_INVALID_SESSION</code></result>", sample]);
  const found = await fetchNeteaseHeaders("59:1tbi+a/b", at("https://mail.163.com/js6/main.jsp?sid=S&df=x"), [{ name: "https://mail.163.com/bjjs6/s?sid=S&func=x" }], get);
  assert.deepEqual(found, { headers: [["Reply-To", "d.miller@freemail.example"], ["Message-ID", "<fake@acme-tradlng.com>"]], replyTo: [{ address: "d.miller@freemail.example", name: "" }] });
  assert.match(asked[0].path, /^\/bjjs6\/s\?sid=S&l=read&func=mbox%3AgetMessageData&mid=59%3A1tbi%2Ba%2Fb&mode=text/);
  assert.doesNotMatch(JSON.stringify(asked), /markRead/);
  assert.equal(callPath([{ name: "https://x.example/other" }]), "/js6/s");
  assert.equal(await fetchNeteaseHeaders("59:x", at("https://mail.163.com/js6/main.jsp"), [], get), null);
});

test("one question at a time, each mail once, nothing without leave", async () => {
  let running = 0;
  let most = 0;
  let asked = 0;
  const adapter = { fetchHeaders: async (id) => {
    asked += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    return id === "bad" ? null : { headers: [["Date", id]], replyTo: [] };
  } };
  const reading = (id) => ({ key: id, headersOf: id, message: {} });
  const headers = createHeaders(adapter, true, async () => "");
  await Promise.all(["a", "b", "bad"].map((id) => headers.read(reading(id))));
  assert.equal(most, 1);
  await headers.read(reading("a"));
  assert.equal(asked, 3);
  assert.equal(headers.withKnown(reading("a")).message.page.headers, "read");
  assert.notEqual(headers.withKnown(reading("a")).key, "a");
  assert.equal(headers.withKnown(reading("bad")).message.page.headers, "failed");
  assert.equal(headers.withKnown(reading("new")).message.page.headers, "can");
  assert.equal(headers.withKnown(reading("")).message.page, undefined);
  const closed = createHeaders(adapter, false, async () => "");
  assert.equal(await closed.read(reading("z")), null);
  assert.equal(closed.withKnown(reading("z")).message.page, undefined);
  assert.equal(asked, 3);
});
