/** Where quotes stand in the mail, and searches with the reader's own engine. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isNewer } from "../../../extension/src/background/news.js";
import { placesOf } from "../../../extension/src/shared/places.js";
import { engineAddress, isEngine } from "../../../extension/src/shared/settings.js";

const quote = (text, start = 0, part = "body") => ({ part, text, start, end: start + text.length });
const reason = (title, ...quotes) => ({ title, quotes });

test("quotes stand in the order of the mail, each with the words around it", () => {
  const text = `Dear sir,\n\nwe want 500 pcs.\nPlease pay to our new account today. ${"x ".repeat(100)}`;
  const found = placesOf({ subject: "New account", body: { text } }, [
    reason("late", quote("new account", 43)), reason("early", quote("500 pcs", 19)), reason("subject", quote("New account", 0, "subject")), reason("absent", quote("no such words")),
  ]);
  assert.deepEqual(found.map(({ why }) => why), ["subject", "early", "late"]);
  assert.equal(found[1].before, "Dear sir, we want ");
  assert.match(found[2].after, / today\. x .*…$/);
  assert.equal(found[2].text, "new account");
});

test("of several occurrences the one that the server meant; the same place only once", () => {
  const text = `pay now ${"-".repeat(500)} pay now`;
  const [place, ...more] = placesOf({ body: { text } }, [reason("a", quote("pay now", 509)), reason("b", quote("pay now", 509))]);
  assert.match(place.before, /^…/);
  assert.equal(more.length, 0);
  assert.deepEqual(placesOf({}, [reason("a", quote("x"))]), []);
});

test("a wording inside another, and words of one reason close together, are one place", () => {
  const text = "Please pay the balance to our new account in Milano today, DN80 and DN100 and DN125.";
  const at = (part) => quote(part, text.indexOf(part));
  const found = placesOf({ body: { text } }, [reason("bank", at("pay the balance to our new account in Milano")), reason("rush", at("new account")), reason("sizes", at("DN80"), at("DN100"), at("DN125"))]);
  assert.deepEqual(found.map(({ text: words, why }) => [words, why]), [["pay the balance to our new account in Milano", "bank · rush"], ["DN80", "sizes"]]);
});

test("a body of nothing but the quote costs no time", () => {
  const started = process.cpuUsage().user;
  assert.equal(placesOf({ body: { text: "a".repeat(300000) } }, Array.from({ length: 200 }, () => reason("a", quote("a", 299999)))).length, 1);
  assert.ok(process.cpuUsage().user - started < 1e6);
});

test("an engine of one's own: https, one place for the words, not in its host", () => {
  for (const good of ["https://search.example/?q=%s", "https://a.example:8443/find/%s/all"]) assert.ok(isEngine(good), good);
  for (const bad of ["http://a.example/?q=%s", "https://%s.example/", "https://a.example/", "https://a.example/?q=%s&r=%s", "javascript:alert('%s')", "https://a.example/?q=%s x", ""]) {
    assert.ok(!isEngine(bad), bad);
  }
  assert.equal(engineAddress({ engine: "custom", engine_url: "https://a.example/{query}?q=%s" }, {}), "https://a.example/%7Bquery%7D?q={query}");
  assert.equal(engineAddress({ engine: "custom", engine_url: "http://a.example/?q=%s" }, {}), "");
  assert.equal(engineAddress({ engine: "toString", engine_url: "" }, {}), "");
  assert.equal(engineAddress({ engine: "bing", engine_url: "" }, { bing: "https://www.bing.com/search?q={query}" }), "https://www.bing.com/search?q={query}");
});

test("versions are compared by their numbers", () => {
  for (const [one, other] of [["0.2.0", "0.1.9"], ["0.10", "0.9"], ["1.0.1", "1.0"]]) assert.ok(isNewer(one, other) && !isNewer(other, one));
  for (const [one, other] of [["1.0", "1.0"], ["", "1.0"], ["1.0.0", "1.0"]]) assert.ok(!isNewer(one, other), one);
});
