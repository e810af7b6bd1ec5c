/** Looking for the words of a pattern first changes nothing about what it finds. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { keptNeeds, needsOf, needsOfAll } from "../../../extension/src/rulebook/literals.js";
import { Patterns } from "../../../extension/src/rulebook/patterns.js";

const { RE2JS } = createRequire(new URL("../../../extension/package.json", import.meta.url))("re2js");

const words = (pattern) => needsOf(pattern).clauses.map((clause) => clause.join("/"));

test("a pattern needs each of its words, and of alternatives one", () => {
  assert.deepEqual(words("server[ \\n]is[ \\n](?:down|broken)"), ["server is down/server is broken"]);
  assert.deepEqual(words("\\bour (?:company )?mail\\b"), [" our mail / our company mail "]);
  assert.deepEqual(words("prices?"), ["price/prices"]);
  assert.deepEqual(words("公司邮箱.{0,8}坏了"), ["公司邮箱", "坏了"]);
  assert.deepEqual(words("\\$[0-9]{2,}usd"), ["00", "usd"]);
  assert.deepEqual(words("\\bpay[ \\n].{0,9}[0-9]{2}%"), [" pay ", "00%"]);
  assert.deepEqual(words("[{<]ad[\\]>]"), ["{ad]/{ad>/<ad]/<ad>"]);
  assert.deepEqual(words("[0-9-]ax[a-c]"), ["ax"]);
});

test("where no word is sure, the pattern must run", () => {
  for (const pattern of ["[0-9]+", "a?b?", "(?:abc|[xyz])", "x", "(?i)abc", "ab|"])
    assert.deepEqual(words(pattern), [], pattern);
});

test("the longest match bounds where to look", () => {
  assert.equal(needsOf("ab.{0,4}cd").longest, 12);
  assert.equal(needsOf("ab[a-z]+cd").longest, Infinity);
  assert.equal(needsOf("^abcd").longest, Infinity);
});

test("in how many ways a pattern can match at one place, for an engine that tries them all", () => {
  const ways = (pattern) => needsOf(pattern).ways;
  assert.equal(ways("pay the freight"), 1);
  assert.equal(ways("pay.{0,40}agent.{0,40}bank"), 41 * 41);
  assert.equal(ways("agents?"), 2);
  // Only those that start alike can match at once.
  assert.equal(ways("(?:pay|paid|sent)"), 1);
  assert.equal(ways("(?:pay|payment|sent)"), 2);
  assert.equal(ways("(?:pay.{0,9}x|send.{0,4}y)"), 10);
  // Where a word ends is plain from its blank: only the last one can be cut short.
  assert.equal(ways("pay([ \\n][a-z]{2,12}){0,3}[ \\n]bank"), 4 * 11);
  assert.equal(ways("(?:.{0,9}a){0,2}"), 1 + 10 + 100);
  for (const endless of ["pay[a-z]+x", "(?:a*b)*", "(?i)pay", "pay(?=x)"]) assert.equal(ways(endless), Infinity, endless);
});

/** All places of all patterns, found without any shortcut. */
function plainly(sources, text, limit) {
  return sources.flatMap((source, index) => {
    const matcher = RE2JS.compile(source).matcher(text);
    const found = [];
    while (found.length < limit && matcher.find()) {
      if (matcher.end() > matcher.start()) found.push({ index, start: matcher.start(), end: matcher.end() });
    }
    return found;
  });
}

test("patterns find the same places with and without looking for words first", () => {
  const sources = [
    "\\bpay[ \\n](?:the[ \\n])?freight\\b",
    "\\bagents?\\b",
    "pay.{0,20}agent",
    "\\bwe[ \\n](?:will[ \\n])?pay\\b",
    "付.{0,6}运费",
    "运费",
    "[0-9]{2,}[ \\n]?(?:usd|eur)",
    "\\bgent\\b",
    "a.{0,3}t",
    "(?:x|y)z.{0,200}end",
    "😀.{0,3}pay",
    "fre[a-z]{0,9}t",
    "\\bagent\\b.{0,4}[0-9]{3}",
    "[0-9]{1,3}[ \\n]?usd\\b",
    "[_x]agent[_s]|we[ \\n]will",
    "\\bé?agent",
  ];
  const pieces = [
    "please pay the freight ",
    "to our agent ",
    "agents",
    "regent ",
    "我们请先替你付一些运费。",
    "500 usd ",
    "we will pay\n",
    "xz ",
    "end ",
    "😀😀 pay ",
    "filler words that nobody looks for ",
    "a\nt ",
    "_agent_ ",
    "ééagent ",
    "gent ",
  ];
  const patterns = new Patterns(sources);
  let seed = 7;
  const next = (most) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
  for (let round = 0; round < 150; round++) {
    const text = Array.from({ length: 1 + next(round < 75 ? 12 : 120) }, () => pieces[next(pieces.length)]).join("");
    assert.deepEqual(patterns.search(text, 8), plainly(sources, text, 8), text);
  }
});

test("a mail made of trigger words is searched in time that grows with its length", () => {
  const patterns = new Patterns([
    "pay.{0,40}freight.{0,40}agent.{0,40}western",
    "(?:pay|freight|agent)(?:[ \\n][a-z]{1,9}){0,20}[ \\n]bank",
    "(?:pay|freight|agent| ){0,30}bank",
    "(?:pay .{0,40}){1,6}bank",
  ]);
  const text = "pay freight agent ".repeat(2700);
  const start = performance.now();
  patterns.search(text, 8);
  assert.ok(performance.now() - start < 5000);
});

test("what phrases need is the same after it was kept as JSON; what belongs to other rules is not taken", () => {
  const phrases = [{ re: "pay the (transport|shipping) company" }, { re: "new account .*" }, { re: "[0-9]" }];
  const kept = keptNeeds(JSON.parse(JSON.stringify(needsOfAll(phrases))), phrases.length);
  assert.deepEqual(kept, phrases.map(({ re }) => needsOf(re)));
  assert.equal(keptNeeds(kept, 2), undefined);
  assert.equal(keptNeeds(undefined, 3), undefined);
});
