/** Parts of reading that need no browser: addresses in words, restless mails, ladders from the rules, outlines of a page. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createCalm } from "../../../extension/src/content/calm.js";
import { stateOf, structureOf } from "../../../extension/src/content/report.js";
import { readLinks } from "../../../extension/src/webmail/body.js";
import { addressIn, mark } from "../../../extension/src/webmail/dom.js";
import { laddersInForce } from "../../../extension/src/webmail/ladders.js";
import { openHtml, openPage, selectors } from "./page.mjs";

test("an address in a line: the one in angle brackets, never the one that a name pretends", () => {
  const of = (line) => { const found = addressIn(line); return found && [found.address, found.name]; };
  assert.deepEqual(of("发件人：Bo Chen <bo@x.example>"), ["bo@x.example", "Bo Chen"]);
  assert.deepEqual(of('"ceo@bigbuyer.com" <other@x.example>'), ["other@x.example", '"ceo@bigbuyer.com"']);
  assert.deepEqual(of("From: ann@x.example to me@y.example"), ["ann@x.example", ""]);
  assert.deepEqual(of("Ann (ann@x.example)"), ["ann@x.example", "Ann"]);
  for (const line of ["Finance Dept 昨天", "", "@ @x a@", "<>".repeat(2000)]) assert.equal(addressIn(line), null, line);
});

test("a mark tells versions apart, also of a text too long to be read whole", () => {
  assert.notEqual(mark("a"), mark("b"));
  const long = "x".repeat(500000);
  assert.notEqual(mark(long), mark(`${long}y`));
  assert.notEqual(mark(`a${long}`), mark(`b${long}`));
});

test("a mail may change five times in ten seconds, then has to rest for twenty; another mail starts anew", () => {
  let now = 0;
  const isCalm = createCalm(() => now);
  const element = {};
  const version = (mail, text) => isCalm({ element, core: `${mail}:${text}` });
  for (let at = 0; at < 5; at += 1) assert.equal(version("mail-1", at), true);
  assert.equal(version("mail-1", 6), false);
  now = 15000;
  assert.equal(version("mail-1", 7), false);
  assert.equal(version("mail-2", 0), true);
  assert.equal(version("mail-1", 8), true);
  for (let at = 0; at < 30; at += 1) assert.equal(version(`quick-${at}`, 0), true);
});

test("ladders of the rules win rung by rung; what is missing, broken or of another form stays as built", () => {
  const { document } = openHtml("<p></p>", "https://x.example/");
  const bundled = { schema: 1, gmail: { subject: ["h2.hP"], body: [".a3s"], labels: { a: ["x"] } } };
  const merged = (newer) => laddersInForce(bundled, newer, document).gmail;
  assert.deepEqual(merged(null), bundled.gmail);
  assert.deepEqual(merged({ schema: 2, gmail: { subject: ["h9"] } }), bundled.gmail);
  assert.deepEqual(merged({ schema: 1, gmail: { subject: ["h3.new", "h2.hP"], other: [".x"] } }), { ...bundled.gmail, subject: ["h3.new", "h2.hP"], other: [".x"] });
  assert.deepEqual(merged({ schema: 1, gmail: { subject: [7, "", null, " "], body: "x", labels: { b: ["y"] } } }), { ...bundled.gmail, labels: { a: ["x"], b: ["y"] } });
  assert.deepEqual(merged({ schema: 1, gmail: null }), bundled.gmail);
});

test("the outline of a page holds tags, classes and names of attributes, and stops at the mail", () => {
  const { document } = openPage("gmail/hostile-body.html");
  const outline = structureOf(document, selectors.gmail);
  assert.match(outline, /span\.gD.*\[email\].*<- .*sender\.0/);
  assert.doesNotMatch(outline, /evil|attacker|Real subject|fake|data-message-id=|=|@/i);
  const odd = openHtml('<div class="m19a56a3578ec0001 ok a1234567">x</div>', "https://x.example/");
  assert.equal(structureOf(odd.document, {}), "body\n div.ok");
});

test("states have the names of the reference", () => {
  const adapter = (expects) => ({ expectsMail: () => expects });
  assert.equal(stateOf(adapter(false), []), "no-mail-open");
  assert.equal(stateOf(adapter(true), []), "unrecognised");
  for (const state of ["loading", "ok", "partial", "own"]) assert.equal(stateOf(adapter(true), [{ state }]), state);
  assert.equal(stateOf(adapter(true), [{ state: "own" }, { state: "ok" }, { state: "partial" }]), "partial");
});

test("of very many links each host's first, then the beginning and the end", () => {
  const many = Array.from({ length: 1500 }, (_, at) => `<a href="https://w.example/${at}">${at}</a>`);
  many.splice(700, 0, '<a href="https://evil.example/pay">pay</a>');
  const links = readLinks(openHtml(`<div id=b>${many.join("")}</div>`, "https://x.example/").document.getElementById("b")).map(({ href }) => href);
  assert.equal(links.length, 400);
  for (const href of ["https://evil.example/pay", "https://w.example/0", "https://w.example/1499"]) assert.ok(links.includes(href), href);
});
