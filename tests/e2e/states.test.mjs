/** Every page of every webmail: its state, its badges, what is missing and how to give it, and by which rung it was read. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { badges, SHOTS } from "./browser.mjs";
import { api, browser } from "./stage.mjs";

const GMAIL = "https://mail.google.com/mail/u/0/?page=gmail/";
const READ = "#module=read.ReadModule%7C%7B%22area%22%3A%22normal%22%2C%22isThread%22%3Afalse%2C%22id%22%3A%2259%3A1tbiFAKEmid0A1XlgAAbB%22%2C%22fid%22%3A1%7D";
const js6 = (name, hash = READ, host = "mail.163.com") => `https://${host}/js6/main.jsp?sid=FAKE&page=netease/${name}${hash}`;
const gmail = (name, hash = "#inbox/FMfcgzGxSabcdefghijklmnopqrstuv") => `${GMAIL}${name}${hash}`;

/** page -> address, state, mails that get a badge, and what is worth naming of the last (newest first) */
const PAGES = {
  "gmail/conversation-multi.html": [gmail, "ok", 2],
  "gmail/single-conv-off.html": [gmail, "ok", 1],
  "gmail/preview-pane.html": [(name) => gmail(name, "#inbox"), "ok", 1],
  "gmail/popout.html": [(name) => `https://mail.google.com/mail/u/0/?ui=2&view=btop&page=gmail/${name}&th=%23thread-f%3A1848000000000000001`, "ok", 1],
  "gmail/list-only.html": [(name) => gmail(name, "#inbox"), "no-mail-open", 0],
  "gmail/stale-ghost.html": [gmail, "ok", 1],
  "gmail/clipped.html": [gmail, "partial", 1, { missing: ["body_rest"], hint: /截断/, from: { clipped: 0 } }],
  "gmail/details-open-zh.html": [gmail, "ok", 1, { from: { details_values: 0 } }],
  "gmail/details-via.html": [gmail, "ok", 1, { from: { details_values: 1 }, sent: { sent_by: "bulk-mailer.example" } }],
  "gmail/fresh-reply-no-legacy-id.html": [gmail, "ok", 1],
  "gmail/hostile-body.html": [gmail, "ok", 1],
  "gmail/drive-chips.html": [gmail, "ok", 1, { from: { drive_link: 0, attachment_size: 0 } }],
  "gmail/image-only.html": [gmail, "partial", 1, { missing: ["body"], hint: /图片/ }],
  "gmail/short-note.html": [gmail, "partial", 2, { missing: ["body"], hint: /图片/, last: true }],
  "gmail/amp.html": [gmail, "partial", 1, { missing: ["body"], hint: /框架/ }],
  "gmail/confidential.html": [gmail, "partial", 1, { missing: ["body"], hint: /没有可读的正文/ }],
  "gmail/own-sent.html": [gmail, "own", 0],
  "gmail/self-spoof.html": [gmail, "ok", 1, { sent: { own_domains: ["corp.example"] } }],
  "gmail/translated.html": [gmail, "ok", 1],
  "gmail/dark.html": [gmail, "ok", 1, { dark: true }],
  "gmail/dark-frame-light-body.html": [gmail, "ok", 1, { dark: false }],
  "gmail/delegated.html": [(name) => `https://mail.google.com/mail/b/AEoRXRQ_x/u/1/?page=gmail/${name}#inbox/FMfcgzGxSabcdefghijklmnopqrstuv`, "ok", 1, { sent: { own_domains: ["corp.example"] } }],
  "gmail/rtl-ar.html": [gmail, "ok", 1, { sent: { sender: { address: "khalid@importer-lighting.com", name: "خالد المنصور" } } }],
  "gmail/side-by-side.html": [gmail, "ok", 2, { sent: { subject: "Second thread" } }],
  "gmail/reply-editor.html": [gmail, "ok", 1],
  "gmail/old-layout.html": [gmail, "ok", 1, { from: { message: 1, sender: 2, subject: 1, body: 1, recipients: 1, attachments: 1, drive_link: 1 } }],
  "gmail/older-layout.html": [gmail, "ok", 1, { from: { message: 2, sender: 3, subject: 4, body: 2, recipients: -1 } }],
  "gmail/perm-id-only.html": [gmail, "ok", 1, { from: { message: 0, sender: 1, subject: 2, body: 0 } }],
  "netease/js6-read-single.html": [js6, "ok", 1],
  "netease/js6-read-multitab.html": [(name) => js6(name, READ, "mail.126.com"), "ok", 1],
  "netease/js6-qiye-classic.html": [(name) => js6(name, READ, "mailhz.qiye.163.com"), "ok", 1, { sent: { sent_by: "bounce@bulk-sender.example" } }],
  "netease/unrecognised.html": [js6, "unrecognised", 0],
  "netease/js6-english.html": [js6, "ok", 1, { from: { subject: 2, sender: 11, body_frame: 2, body: 1, attachments: 1, attachment_name: 1, anchor: 2, recipients: 1, copied: 1 } }],
  "netease/js6-2013.html": [js6, "ok", 1, { from: { subject: 1, sender: 20, body_frame: 1, body: 2, recipients: 0, copied: 0, attachment_name: 2, anchor: 1 } }],
  "netease/js6-bare.html": [js6, "partial", 1, { missing: ["sender", "subject"], hint: /详情/, from: { anchor: 2, sender: -1 } }],
  "netease/js6-thread.html": [(name) => js6(name, READ.replace("isThread%22%3Afalse", "isThread%22%3Atrue")), "unrecognised", 0],
  "netease/js6-closed-frame.html": [js6, "partial", 1, { missing: ["body"], hint: /框架/ }],
  "netease/js6-image.html": [js6, "partial", 1, { missing: ["body"], hint: /图片/ }],
  "netease/js6-own.html": [js6, "own", 0],
  "generic/sirius.html": [(name) => `https://mailh.qiye.163.com/static/sirius-web/?page=generic/${name}#mailbox`, "ok", 1, { sent: { sender: { address: "ann.lee@importer-lighting.com", name: "\"ceo@bigbuyer.com\"" }, subject: "Inquiry for LED panels" } }],
  "generic/name-only.html": [(name) => `https://waimao.office.163.com/?page=generic/${name}#mailbox`, "partial", 1, { missing: ["sender"], hint: /详情/ }],
  "generic/recipient-address-only.html": [(name) => `https://waimao.office.163.com/?page=generic/${name}#mailbox`, "partial", 1, { missing: ["sender"], hint: /详情/ }],
  "generic/answer.html": [(name) => `https://mailh.qiye.163.com/static/sirius-web/?page=generic/${name}#mailbox`, "ok", 1, { sent: { sender: { address: "ann.lee@importer-lighting.com", name: "Ann Lee" }, body: { text: "Yes, we accept, please send the invoice." } } }],
  "generic/writing.html": [(name) => `https://mailh.qiye.163.com/static/sirius-web/?page=generic/${name}#mailbox`, "no-mail-open", 0],
};

const reports = () => browser.worker.evaluate(async () => {
  const tabs = await chrome.tabs.query({});
  const answers = await Promise.all(tabs.map(({ id }) => chrome.tabs.sendMessage(id, { type: "worker/report" }, { frameId: 0 }).catch(() => null)));
  return answers.filter(Boolean);
});

for (const [name, [address, state, count, wanted = {}]] of Object.entries(PAGES)) {
  test(`${name}: ${state}, ${count} badges`, async (t) => {
    const page = await browser.context.newPage();
    t.after(() => page.close());
    const said = browser.listen(page);
    await page.goto(address(name.split("/")[1]));
    await page.waitForFunction((wished) => [...document.querySelectorAll("[data-backtone=badge]")].filter((host) => host.dataset.tone && host.dataset.tone !== "busy").length === wished, count, { timeout: 12000 });
    if (!count) await page.waitForTimeout(400);
    assert.equal(await badges(page).count(), count);
    const [report, ...others] = await reports();
    assert.equal(others.length, 0);
    assert.equal(report.state, state);
    // The preview may have been shown before the server was asked.
    const posts = () => api.calls.filter((call) => call.method === "POST").length;
    for (let tries = 0; tries < 60 && posts() < count; tries += 1) await page.waitForTimeout(50);
    assert.equal(posts(), count);
    const [mail] = report.mails;
    if (wanted.missing) assert.deepEqual(mail.missing, wanted.missing);
    else if (state === "ok") assert.deepEqual(mail.missing, []);
    for (const [field, rung] of Object.entries(wanted.from ?? {})) assert.equal(mail.from[field], rung, field);
    if (wanted.hint) assert.match(await badges(page).nth(wanted.last ? count - 1 : 0).getByRole("button").getAttribute("title"), wanted.hint);
    if (wanted.dark !== undefined) assert.equal(await badges(page).evaluate((host) => host.shadowRoot.querySelector(".root").classList.contains("dark")), wanted.dark);
    const bodies = api.calls.filter((call) => call.method === "POST").map(({ body }) => body);
    if (wanted.sent) assert.ok(bodies.some((body) => Object.entries(wanted.sent).every(([key, value]) => JSON.stringify(body[key]) === JSON.stringify(value))), JSON.stringify(bodies).slice(0, 900));
    if (state === "partial") await page.screenshot({ path: `${SHOTS}/state-${name.replace("/", "-").replace(".html", "")}-zh.png` });
    assert.deepEqual(said.filter((line) => !/Failed to load resource|net::ERR|sandboxed|^Framing /.test(line)), []);
  });
}

test("Gmail: Drive files are named like attachments and are links too", async () => {
  const page = await browser.open(gmail("drive-chips.html"));
  await badges(page).locator(".score", { hasText: "62 分" }).waitFor();
  const { body } = api.calls.find((call) => call.method === "POST");
  assert.deepEqual(body.attachments, [{ name: "Quotation.xlsx" }, { name: "Drawing.pdf", size: 163840 }, { name: "Contract.zip", size: 2097152 }]);
  assert.deepEqual(body.links.map(({ text }) => text), ["Price list.pdf", "Contract.zip"]);
  await page.close();
});
