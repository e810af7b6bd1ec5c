/** Talking to the server: every failure becomes a code with plain words, nothing is thrown. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { ask } from "../../../extension/src/background/api.js";
import { requestOf } from "../../../extension/src/background/mail.js";
import { isVerdict } from "../../../extension/src/background/vetting.js";
import { isLoopback, originOf, readSettings } from "../../../extension/src/shared/settings.js";
import { STRINGS } from "../../../extension/src/shared/words.js";
import { verdict } from "../../e2e/api.mjs";
import { fakeChrome, fakeFetch } from "./chrome.mjs";

const server = { address: "http://127.0.0.1:8750", token: "t" };
const json = (status, data) => new Response(JSON.stringify(data), { status, headers: { "Content-Type": "application/json" } });
beforeEach(() => fakeChrome());

const PROBLEMS = [
  [() => json(401, { error: { code: "token_unknown", message: "x" } }), "unauthorized"],
  [() => json(403, { error: { code: "role", message: "x" } }), "forbidden"],
  [() => json(413, { error: { code: "too_large", message: "x" } }), "too_large"],
  [() => json(429, { error: { code: "too_many_requests", message: "x" } }), "rate_limited"],
  [() => json(422, { error: { code: "invalid", message: "not a list", field: "links" } }), "invalid"],
  [() => json(500, { error: { code: "internal_error", message: "x" } }), "server_error"],
  [() => json(401, { detail: "another product" }), "not_backtone"],
  [() => new Response("<html>router login</html>", { status: 200, headers: { "Content-Type": "text/html" } }), "not_backtone"],
  [() => new Response("bad gateway", { status: 502 }), "server_error"],
  [() => new Response("{half", { status: 200, headers: { "Content-Type": "application/json" } }), "not_backtone"],
  [() => { throw new TypeError("Failed to fetch"); }, "unreachable"],
  [() => { throw new DOMException("slow", "TimeoutError"); }, "timeout"],
];
for (const [answer, code] of PROBLEMS) {
  test(`a server that fails is told as: ${code}`, async () => {
    fakeFetch(answer, {});
    const { problem } = await ask(server, "/v1/vet", { method: "POST", json: {} });
    assert.equal(problem.code, code);
    for (const strings of Object.values(STRINGS)) {
      assert.ok(strings[`problem_${code}`], `problem_${code}`);
      assert.ok(strings[`badge_problem_${code}`], `badge_problem_${code}`);
    }
  });
}

test("without token or address nothing is sent; https failures mention the certificate; a missing permission is told", async () => {
  const calls = fakeFetch(() => { throw new TypeError("Failed to fetch"); }, {});
  assert.equal((await ask({ ...server, token: "" }, "/")).problem.code, "no_token");
  for (const token of ["访问令牌", "two words", "line\nend"]) assert.equal((await ask({ ...server, token }, "/")).problem.code, "unauthorized");
  assert.equal((await ask({ ...server, address: "ftp://x" }, "/")).problem.code, "bad_address");
  assert.equal(calls.length, 0);
  assert.equal((await ask({ address: "https://vet.corp.example", token: "t" }, "/")).problem.code, "unreachable_tls");
  fakeChrome({ allowed: false });
  assert.equal((await ask({ address: "https://vet.corp.example", token: "t" }, "/")).problem.code, "no_permission");
});

test("the token goes in the header, no cookies and no referrer go along", async () => {
  const calls = fakeFetch(() => json(200, {}), {});
  await ask(server, "/v1/rulebook", { headers: { "If-None-Match": '"x"' } });
  const [{ url, init }] = calls;
  assert.equal(url, "http://127.0.0.1:8750/v1/rulebook");
  assert.equal(init.headers.Authorization, "Bearer t");
  assert.equal(init.headers["If-None-Match"], '"x"');
  assert.deepEqual([init.credentials, init.referrerPolicy, init.redirect], ["omit", "no-referrer", "error"]);
});

test("the policy wins over the user, the user over the defaults", async () => {
  fakeChrome({ settings: { address: "http://mine:1", token: "mine", lang: "en", vet: "auto", working_days: "5,1,9,1" }, policy: { address: "https://corp.example/", vet: "click", headers: "on", panel: 3 } });
  const settings = await readSettings();
  assert.deepEqual(settings, {
    address: "https://corp.example", token: "mine", lang: "en", chosenLang: "en", engine: "", engine_url: "", vet: "click", headers: true, panel: "page",
    working_days: [1, 5], managed: ["address", "vet", "headers"],
  });
  fakeChrome({ policy: new Error("no managed store") });
  assert.equal((await readSettings()).address, "http://127.0.0.1:8750");
  assert.equal((await readSettings()).lang, "zh_CN");
});

test("addresses as people type them", () => {
  assert.equal(originOf(" 127.0.0.1:8750/ "), "http://127.0.0.1:8750");
  assert.equal(originOf("https://Vet.Corp.example/v1"), "https://vet.corp.example");
  for (const bad of ["", "ftp://x", "javascript:alert(1)", "http://", "a b"]) assert.equal(originOf(bad), null, bad);
  assert.ok(isLoopback("http://127.0.0.1:8750") && isLoopback("http://localhost:1") && !isLoopback("http://127.evil.example"));
});

test("only the API's fields leave, with the mailbox's own domain but never a freemail domain", () => {
  const mail = { sender: { address: "a@b.example", name: "" }, body: { text: "x" }, me: "secret", sid: "secret", anchor: {} };
  const free = new Set(["163.com"]);
  assert.deepEqual(requestOf(mail, "me@corp.example", free), { sender: mail.sender, body: mail.body, own_domains: ["corp.example"] });
  assert.deepEqual(requestOf(mail, "me@163.com", free).own_domains, ["me@163.com"]);
  assert.equal(requestOf(mail, "", free).own_domains, undefined);
});

test("a huge mail is cut below the server's cap", () => {
  const links = Array.from({ length: 500 }, (_, at) => ({ text: "x".repeat(300), href: `https://a.example/${at}${"y".repeat(1900)}` }));
  const big = requestOf({ body: { text: "字".repeat(100000) }, quoted_text: "引".repeat(100000), links }, "", new Set());
  assert.ok(new TextEncoder().encode(JSON.stringify(big)).length < 1024 * 1024);
});

test("an answer of another form is no verdict", () => {
  assert.ok(isVerdict(verdict()));
  for (const wrong of [null, {}, [], "x", { ...verdict(), reasons: {} }, { ...verdict(), risk: null }, { ...verdict(), handling: null }]) assert.ok(!isVerdict(wrong));
});
