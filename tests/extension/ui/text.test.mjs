/** The words of a body as the reader sees them, from any markup. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { bytesOf, downloadName } from "../../../extension/src/webmail/gmail/attachments.js";
import { readBody, readLinks, unwrap } from "../../../extension/src/webmail/body.js";
import { addressOf } from "../../../extension/src/webmail/dom.js";
import { readText } from "../../../extension/src/webmail/text.js";
import { openHtml } from "./page.mjs";

const body = (html) => openHtml(`<div id=b>${html}</div>`, "https://x.example/").document.getElementById("b");
const read = (html) => readText(body(html)).text;

const TEXTS = [
  ["<div>Dear sir,</div><div>please   quote</div>", "Dear sir,\nplease quote"],
  ["<p>One</p><p>Two</p>", "One\n\nTwo"],
  ["One<br>Two<br><br>Three", "One\nTwo\n\nThree"],
  ["a<b>b</b><i>c</i> d", "abc d"],
  ["<table><tr><td>Item</td><td>Qty</td></tr><tr><td>A</td><td>5</td></tr></table>", "Item Qty\nA 5"],
  ["pay<wbr>ment <span class=il>account</span>", "payment account"],
  ["<div style='display:none'>hidden</div>shown<span hidden>x</span>", "shown"],
  ["<style>p{}</style><script>x</script>text", "text"],
  ["hi <img data-emoji='😀'> there", "hi 😀 there"],
  ["<ul><li>one</li><li>two</li></ul>end", "one\ntwo\n\nend"],
];
for (const [html, wanted] of TEXTS) test(`reads ${html.slice(0, 50)}`, () => assert.equal(read(html), wanted));

test("depth costs no stack", () => {
  // happy-dom computes each node's style from all above it; tests/e2e/hostile.test.mjs goes deeper.
  assert.equal(read(`${"<div>".repeat(300)}deep${"</div>".repeat(300)}`), "deep");
});

test("a letter that is all quotation is read, and says so where it was not read to its end", () => {
  const whole = (words) => readBody(body(`<blockquote>${words}</blockquote>`), ["blockquote"], true);
  assert.deepEqual(whole("please pay the agent"), { text: "please pay the agent", quoted: "", links: [], truncated: false });
  const cut = whole("pay ".repeat(30_000));
  assert.deepEqual([cut.text.length > 90_000, cut.truncated], [true, true]);
  const beside = readBody(body(`Our answer to your letter of Monday.<blockquote>${"pay ".repeat(30_000)}</blockquote>`), ["blockquote"], true);
  assert.deepEqual([beside.text, beside.truncated], ["Our answer to your letter of Monday.", false]);
});

test("links of every kind, Google's redirect unwrapped, mailto left out", () => {
  const links = readLinks(body('<a href="https://www.google.com/url?q=https://evil.example/x&sa=D">a</a><map><area href="https://map.example/"></map><form action="https://form.example/"><button formaction="https://button.example/">go</button></form><a href="mailto:x@y.example">m</a><a href="#top">t</a>'));
  assert.deepEqual(links.map((link) => link.href), ["https://evil.example/x", "https://map.example/", "https://form.example/", "https://button.example/"]);
  assert.equal(unwrap("https://www.google.com/url?q=javascript:alert(1)"), "https://www.google.com/url?q=javascript:alert(1)");
});

test("sizes and names of attachments", () => {
  assert.deepEqual([bytesOf("160 KB"), bytesOf("1,5 MB"), bytesOf("12 B"), bytesOf("large")], [163840, 1572864, 12, null]);
  assert.equal(downloadName("application/pdf:%E6%8A%A5%3A1.pdf:https://mail.google.com/x"), "报:1.pdf");
  assert.equal(downloadName("application/pdf:100%.pdf:https://x"), "100%.pdf");
});

test("an address is an address or nothing", () => {
  assert.equal(addressOf("<A@B.example>"), "a@b.example");
  for (const text of ["ceo@bigbuyer.com <x@evil.example>", "a b@c", "@x", "", null, `${"a".repeat(500)}@b.example`]) assert.equal(addressOf(text), "");
});
