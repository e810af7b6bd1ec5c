/** What the try-it page makes of the form. Run by test_tryit.py. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { headersOf, requestOf } from "../../../server/web/static/mail.js";
import { EXAMPLES } from "../../../server/web/static/words.js";

test("empty boxes are unknown and left out", () => {
  assert.deepEqual(requestOf({ sender: " ", subject: "", body: "\n", attachments: "\n" }, "en"), { lang: "en" });
});

test("what is typed is sent as it is", () => {
  const request = requestOf(
    { sender: " Ann <a@b.example> ", subject: "Hi", body: " text\n", reply_to: "c@d.example; e@f.example",
      attachments: "a.pdf\n\nb.zip", headers: "To: x@y.example" },
    "zh_CN",
  );
  assert.deepEqual(request, {
    lang: "zh_CN", sender: "Ann <a@b.example>", subject: "Hi", body: { text: " text\n" },
    reply_to: ["c@d.example", "e@f.example"], attachments: [{ name: "a.pdf" }, { name: "b.zip" }],
    headers: [["To", "x@y.example"]],
  });
});

test("folded header lines are joined and other lines dropped", () => {
  const raw = " lost\r\nReceived: from a\r\n\tby b\r\nnot a header\r\nSubject: x: y\n\n";
  assert.deepEqual(headersOf(raw), [["Received", "from a by b"], ["Subject", "x: y"]]);
});

test("more headers than the API takes are cut", () => {
  assert.equal(headersOf("A: b\n".repeat(1000)).length, 300);
  assert.equal(headersOf(`A: ${"b".repeat(9000)}`)[0][1].length, 8000);
});

test("the examples are requests", () => {
  for (const example of Object.values(EXAMPLES)) assert.ok(requestOf(example, "en").body);
});
