/** Hosts, look-alikes, web addresses and stand-ins, by small tables of our own. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { distance } from "../../../extension/src/evidence/distance.js";
import { Flattener } from "../../../extension/src/evidence/flat.js";
import { Lexicon } from "../../../extension/src/evidence/lexicon.js";
import { imitates, imitatesBrand, skeleton } from "../../../extension/src/evidence/imitation.js";
import { areTwins, isFree, orgDomain, unicodeHost } from "../../../extension/src/evidence/names.js";
import { fold, lines, subtract, trim, wordList } from "../../../extension/src/evidence/plain.js";
import { decodePunycode } from "../../../extension/src/evidence/punycode.js";
import { findUrls, parseUrl, percentDecoded, prefilledAddress, unwrap } from "../../../extension/src/evidence/urls.js";

const LEXICON = new Lexicon({
  psl: ["com", "cn", "com.cn", "co.uk", "uk", "*.ck", "!www.ck", "top"],
  free_providers: ["mail.example", "free.com"],
  disposable: ["gone.com"],
  generic_cctlds: ["co"],
  confusables: { 1: "l", 0: "o", а: "a" },
  countries: [
    { code: "CN", cctld: "cn", dial: 86, names: ["China"] },
    { code: "GB", cctld: "uk", dial: 44, names: [] },
  ],
  link_wrappers: [{ host: "google.", path: "/url", names: ["q", "url"] }],
  brands: { brands: [{ name: "Brandish", kind: "industry", aliases: [], domains: ["brandish.com"] }] },
});

test("an organisational domain is the public suffix and one label", () => {
  const of = (host) => orgDomain(host, LEXICON);
  assert.equal(of("shop.acme.co.uk"), "acme.co.uk");
  assert.equal(of("Mail.ACME.com.cn."), "acme.com.cn");
  assert.equal(of("a.b.c.ck"), "b.c.ck");
  assert.equal(of("x.www.ck"), "www.ck");
  assert.equal(of("192.168.1.10"), "192.168.1.10");
  assert.equal(of("unknown.tld"), "unknown.tld");
  assert.equal(of(`${"a".repeat(300)}.com`), "");
});

test("twins are no imitation, near misses are", () => {
  assert.ok(areTwins("acme.com", "www.acme.com.cn", LEXICON));
  assert.ok(!imitates("acme.com.cn", "acme.com", LEXICON));
  assert.ok(imitates("acmevalves.top", "acmevalves.com", LEXICON));
  assert.ok(imitates("acmeva1ves.com", "acmevalves.com", LEXICON));
  assert.ok(imitates("acmevavles.com", "acmevalves.com", LEXICON));
  assert.ok(!imitates("other.com", "acmevalves.com", LEXICON));
  assert.equal(imitatesBrand("brandlsh.com", LEXICON)?.[1], "brandish.com");
  assert.equal(imitatesBrand("shop.brandish.com", LEXICON), null);
  assert.equal(skeleton("аcme-10", LEXICON), "acmelo");
});

test("a host under a free provider is free, a throw-away one is not", () => {
  assert.ok(isFree("free.com", LEXICON));
  assert.ok(isFree("x.free.com", LEXICON));
  assert.ok(!isFree("gone.com", LEXICON));
});

test("distance counts swaps once and stops at its limit", () => {
  assert.equal(distance("acme", "acem", 2), 1);
  assert.equal(distance("acme", "acme", 2), 0);
  assert.equal(distance("kitten", "sitting", 2), 3);
  assert.equal(distance("", "abc", 2), 3);
});

test("punycode is decoded, broken punycode is left alone", () => {
  assert.equal(decodePunycode("bcher-kva"), "bücher");
  assert.equal(decodePunycode("fiqs8s"), "中国");
  assert.equal(decodePunycode("99999999999"), null);
  assert.equal(decodePunycode("a!"), null);
  assert.equal(unicodeHost("xn--bcher-kva.example"), "bücher.example");
  assert.equal(unicodeHost("xn--\u00e9.example"), "xn--\u00e9.example");
});

test("web addresses are read as a browser reads them", () => {
  assert.equal(parseUrl("HTTP://User:pw@Evil.Example:8080/a?b#c")?.host, "evil.example");
  assert.equal(parseUrl("http:\\\\evil.example\\a")?.host, "evil.example");
  assert.equal(parseUrl("ht\ntp://%65vil.example")?.host, "evil.example");
  assert.equal(parseUrl("//x.example")?.host, "x.example");
  for (const href of ["mailto:a@b.example", "javascript:alert(1)", "", "http://", "http://a b/"])
    assert.equal(parseUrl(href), null, href);
  assert.equal(unwrap("https://www.google.com/url?q=https%3A%2F%2Fevil.example%2F", LEXICON), "https://evil.example/");
  assert.equal(percentDecoded("%E4%BD%A0%ZZ%"), "你%ZZ%");
  assert.deepEqual(findUrls("see http://a.example/x, (www.b.example). www. not"), [
    "http://a.example/x",
    "www.b.example",
  ]);
});

test("a link that carries our address is found, plain or as base64", () => {
  const carries = (href) => prefilledAddress(/** @type {any} */ (parseUrl(href)), ["sales@our.example"]);
  assert.equal(carries("https://x.example/?e=sales%2540our.example"), "sales@our.example");
  assert.equal(carries(`https://x.example/#${btoa("sales@our.example")}`), "sales@our.example");
  assert.equal(carries("https://x.example/?e=someone@else.example"), "");
});

test("a flat text is as long as it has code points, and comes back whole", () => {
  const message = { a: "🔥 𝓟𝓵 plain \ue000", list: ["𠀀", 3, null] };
  const flattener = new Flattener(message);
  const flat = flattener.flatten(message);
  assert.equal(flat.a.length, Array.from(message.a).length);
  assert.deepEqual(flattener.restore(flat), message);
  assert.deepEqual(wordList(flat.a).length, 2);
  const plain = { a: "no such letter" };
  assert.equal(new Flattener(plain).flatten(plain), plain);
});

test("lines, words, case and spans keep their places", () => {
  assert.deepEqual(lines("a\r\nb\u2028c"), [
    [0, 1],
    [3, 4],
    [5, 6],
  ]);
  assert.equal(fold("İ\u00a0Ab").length, 4);
  assert.equal(trim("\u200b x \ufeff"), "x");
  assert.deepEqual(wordList("abc公司x_1"), ["abc", "公司", "x", "1"]);
  assert.deepEqual(
    subtract(
      [
        [0, 10],
        [20, 30],
      ],
      [
        [2, 4],
        [8, 22],
      ],
    ),
    [
      [0, 2],
      [4, 8],
      [22, 30],
    ],
  );
});
