/** The searches behind the first ones: fetched once for each version of the rules, joined when the panel reads. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { fetchSearches, readSearches } from "../../../extension/src/background/searches.js";
import { allLinks, withSearches } from "../../../extension/src/shared/searches.js";
import { fakeChrome, fakeFetch } from "./chrome.mjs";

const SERVER = { address: "http://127.0.0.1:8750", token: "t" };
const words = { topic: "company", label: "L", why: "W", good: "G", bad: "B" };
const table = (rulebook, more = {}) => ({
  rulebook, lang: "en", show: 1, default_engine: "google",
  engines: { google: { start: "https://g.example/?q=", wording: "google" }, baidu: { start: "https://b.example/?wd=", wording: "baidu" } },
  searches: {
    one: { ...words, query: "\"{company}\"", wordings: { google: "%22{company}%22" }, url: "" },
    two: { ...words, query: "{company} scam", wordings: { google: "{company}+scam", baidu: "{company}+%E9%AA%97" }, url: "" },
    site: { ...words, query: "", wordings: {}, url: "https://s.example/{company}" },
  },
  ...more,
});
const verdict = (rulebook, more = {}) => ({
  rulebook, lang: "en", search_links: [{ id: "one", ...words, query: "\"O'Neil (UK)\"", url: "https://g.example/?q=x", rank: 1 }],
  more_searches: { ids: ["two", "gone", "site"], values: { company: "O'Neil (UK)" }, short: { baidu: { company: "O'Neil" } } },
  ...more,
});

beforeEach(() => fakeChrome());

test("each engine has its wording and its cut of a value; what is not in the table is left out", () => {
  const [one, two, site, ...rest] = allLinks(verdict("r"), table("r"));
  assert.equal(rest.length, 0);
  assert.deepEqual(one.twins, { google: "https://g.example/?q=%22O%27Neil+%28UK%29%22", baidu: "https://b.example/?wd=%22O%27Neil%22" });
  assert.deepEqual([two.query, two.url, two.rank], ["O'Neil (UK) scam", "https://g.example/?q=O%27Neil+%28UK%29+scam", 2]);
  assert.equal(two.twins.baidu, "https://b.example/?wd=O%27Neil+%E9%AA%97");
  assert.deepEqual([site.url, site.query, site.twins], ["https://s.example/O%27Neil%20%28UK%29", "", {}]);
});

test("the table is fetched once for a version and a language", async () => {
  let served = "v1";
  const calls = fakeFetch(() => Response.json(table(served)), {});
  await fetchSearches(verdict("v1"), SERVER);
  await fetchSearches(verdict("v1"), SERVER);
  assert.deepEqual(calls.map(({ url }) => url), ["http://127.0.0.1:8750/v1/searches?lang=en"]);
  const standing = withSearches({ verdict: verdict("v1"), busy: false }, await readSearches());
  assert.deepEqual([standing.verdict.search_links.length, standing.busy], [3, false]);
  served = "v2";
  assert.equal(withSearches({ verdict: verdict("v2") }, await readSearches()).verdict.search_links.length, 1, "a table of other rules does not fit");
  await fetchSearches(verdict("v2"), SERVER);
  assert.equal(withSearches({ verdict: verdict("v2") }, await readSearches()).verdict.search_links.length, 3);
});

test("without a table the first searches are shown; a whole verdict needs none", async () => {
  const calls = fakeFetch(() => { throw new TypeError("Failed to fetch"); }, {});
  await fetchSearches(verdict("v3"), SERVER);
  const short = { verdict: verdict("v3") };
  assert.equal(withSearches(short, await readSearches()), short);
  const old = { verdict: verdict("v3", { more_searches: undefined }) };
  await fetchSearches(old.verdict, SERVER);
  assert.equal(withSearches(old, table("v3")), old);
  assert.equal(withSearches({ verdict: null }, table("v3")).verdict, null);
  assert.equal(calls.length, 1);
});
