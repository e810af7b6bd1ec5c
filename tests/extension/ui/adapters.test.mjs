/** Adapters over the saved pages: what is read, and that nothing is read from where the sender can write. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { adapterFor } from "../../../extension/src/webmail/adapters.js";
import { openHtml, openPage, pretendUrl, selectors } from "./page.mjs";

const gmail = (name, url) => adapterFor(openPage(`gmail/${name}`, url), selectors);
const netease = (name) => adapterFor(openPage(`netease/${name}`, pretendUrl(`netease/${name}`)), selectors);

/** All mails, also where a slow machine needs several looks. */
const listed = (adapter) => {
  let open = adapter.listOpen();
  for (let looks = 0; adapter.unfinished() && looks < 50; looks += 1) open = adapter.listOpen();
  return open;
};

const COUNTS = {
  "conversation-multi.html": 2, "single-conv-off.html": 1, "preview-pane.html": 1, "popout.html": 1, "list-only.html": 0,
  "stale-ghost.html": 1, "clipped.html": 1, "details-open-zh.html": 1, "fresh-reply-no-legacy-id.html": 2, "hostile-body.html": 1,
};

for (const [name, count] of Object.entries(COUNTS)) {
  test(`gmail ${name}: ${count} open`, () => {
    const open = listed(gmail(name));
    assert.equal(open.length, count);
    assert.equal(new Set(open.map((mail) => mail.key)).size, count);
    for (const mail of open) assert.match(mail.message.sender.address, /^[^<>@]+@[^<>@]+$/);
  });
}

test("gmail: newest first, each with its own sender, quote apart, link unwrapped", () => {
  const [newest, older] = listed(gmail("conversation-multi.html"));
  assert.equal(newest.message.sender.address, "lily.wang.sales@gmai1.example");
  assert.equal(older.message.sender.address, "sales@ningbo-trade.example");
  assert.equal(newest.message.subject, "Re: Order 5543");
  assert.equal(newest.message.body.text, "Our bank changed, pay to the new account invoice.");
  assert.match(newest.message.quoted_text, /OLD TEXT bank account 111/);
  assert.deepEqual(newest.message.links, [{ text: "invoice", href: "https://evil.example/pay" }]);
  assert.deepEqual(newest.message.attachments, []);
  assert.deepEqual(older.message.attachments.map((a) => a.name), ["PI-5543.pdf", "报价单:最终.xlsx"]);
  assert.equal(older.message.attachments[0].size, 160 * 1024);
  assert.deepEqual(newest.message.recipients, [{ address: "me@corp.example", name: "我" }]);
  assert.equal(newest.me, "buyer@corp.example");
  assert.equal(newest.state, "ok");
});

test("gmail: a body cannot fake sender, subject, attachment or message", () => {
  const [mail] = gmail("hostile-body.html").listOpen();
  assert.deepEqual(mail.message.sender, { address: "attacker@evil.example", name: "CEO" });
  assert.equal(mail.message.subject, "Real subject");
  assert.deepEqual(mail.message.attachments, []);
  assert.doesNotMatch(mail.message.body.text, /hidden preheader/);
  assert.ok(!mail.element.querySelector(".a3s").contains(mail.anchor.parent));
});

test("gmail: of an old hidden thread and a new one, the new one", () => {
  const [mail] = gmail("stale-ghost.html").listOpen();
  assert.match(mail.message.subject, /NEW/);
});

test("gmail: a clipped mail is partial and says what is missing", () => {
  const [mail] = gmail("clipped.html").listOpen();
  assert.equal(mail.state, "partial");
  assert.deepEqual(mail.message.missing, ["body_rest"]);
});

test("gmail: the details popup is read by shape", () => {
  const [mail] = gmail("details-open-zh.html").listOpen();
  assert.deepEqual(mail.message.reply_to.map((r) => r.address), ["lily@outlook-mail.example"]);
  // Signed by the sender's own domain: a mailing service alone is nobody else.
  assert.equal(mail.message.sent_by, undefined);
});

test("gmail: windows without a mail are left alone, an unreadable one is noticed", () => {
  assert.deepEqual(gmail("popout.html", "https://mail.google.com/mail/u/0/?view=pt").listOpen(), []);
  assert.equal(gmail("list-only.html", "https://mail.google.com/mail/u/0/#inbox").expectsMail(), false);
  const broken = adapterFor(openHtml("<main><p>new layout</p></main>", "https://mail.google.com/mail/u/0/#inbox/FMfcgzGxSabcdefghijklmnopqrstuv"), selectors);
  assert.deepEqual(broken.listOpen(), []);
  assert.equal(broken.expectsMail(), true);
});

test("gmail: quote markup hides nothing in a mail that is no answer, nor when little else is left", () => {
  const letter = (subject, body) => {
    const html = `<title>x - me@us.example - Gmail</title><h2 class=hP>${subject}</h2><div role=list><div class=adn data-message-id="#msg-f:1"><h3 class=iw><span email=a@b.example name=A>A</span></h3><div class="ii gt"><div class=a3s>${body}</div></div></div></div>`;
    return adapterFor(openHtml(html, "https://mail.google.com/mail/u/0/#inbox"), selectors).listOpen()[0].message;
  };
  const quote = "<blockquote>Please pay the transport company first.</blockquote>";
  assert.match(letter("Order", `Good morning, please see below.${quote}`).body.text, /transport company/);
  assert.match(letter("Re: Order", quote).body.text, /transport company/);
  const answer = letter("Re: Order", `Good morning, please see below.${quote}`);
  assert.doesNotMatch(answer.body.text, /transport company/);
  assert.match(answer.quoted_text, /transport company/);
});

test("gmail: who wrote earlier in the thread stands with what is quoted; an exchange needs both sides", () => {
  const row = (n, email, name, open) => `<div role=listitem><div class="${open ? "adn" : "adf"}" data-message-id="#msg-f:${n}"><h3 class=iw><span email="${email}" name="${name}">x</span></h3>${open ? `<div class="ii gt"><div class=a3s>Letter number ${n} with a text of its own.</div></div>` : "snippet"}</div></div>`;
  const thread = (...rows) => adapterFor(openHtml(`<title>x - me@us.example - Gmail</title><h2 class=hP>Order</h2><div role=list>${rows.join("")}</div>`, "https://mail.google.com/mail/u/0/#inbox"), selectors);
  const [mail] = listed(thread(row(1, "tina@bluewharf.example", "Tina Wharf"), row(2, "me@us.example", "me"), row(3, "tina@bluewharf.example", "Tina Wharf"), row(4, "me@us.example", "me"), row(5, "tina.wharf@freemail.example", "Tina Wharf", true)));
  assert.equal(mail.message.quoted_text, "Tina Wharf <tina@bluewharf.example>");
  assert.deepEqual(mail.message.context, { thread_length: 4 });
  const flood = listed(thread(...[1, 2, 3, 4, 5, 6, 7].map((n) => row(n, "spam@x.example", "Spam")), row(8, "spam@x.example", "Spam", true)))[0];
  assert.equal(flood.message.context, undefined);
  const [first] = listed(thread(row(1, "tina@bluewharf.example", "Tina Wharf", true)));
  assert.deepEqual([first.message.quoted_text, first.message.context], ["", undefined]);
});

test("netease: one open mail", () => {
  const [mail] = netease("js6-read-single.html").listOpen();
  assert.equal(mail.state, "ok");
  assert.deepEqual(mail.message.sender, { address: "david.miller@acme-tradlng.com", name: "David Miller" });
  assert.equal(mail.message.subject, "Re: PI 2026-118 new bank account");
  assert.match(mail.message.body.text, /30% deposit to our new account in Hong Kong today\.\n\nhttps/);
  assert.deepEqual(mail.message.links, [{ text: "https://www.acme-trading.com/pi", href: "https://acme-trading.example.net/pi" }]);
  assert.deepEqual(mail.message.attachments, [{ name: "PI-2026-118.pdf.html" }]);
  assert.deepEqual(mail.message.recipients, [{ address: "sales@163.com", name: "我" }]);
  assert.equal(mail.message.date, "2026年11月20日 15:32 (星期五)");
  assert.equal(mail.me, "sales@163.com");
  assert.match(mail.key, /59:1tbiFAKEmid0A1XlgAAbB/);
});

test("netease: a read module without any known node is unrecognised, not an empty mail", () => {
  const page = openHtml('<div id=dvContainer><div id="_dvModuleContainer_read.ReadModule_0"><section class=new>Dear sir</section></div></div>', "https://mail.163.com/js6/main.jsp?sid=X#module=read.ReadModule%7C%7B%22id%22%3A%2259%3A1%22%7D");
  const adapter = adapterFor(page, selectors);
  assert.deepEqual(adapter.listOpen(), []);
  assert.equal(adapter.expectsMail(), true);
});

test("netease: of several tabs the active one; a name that is an address stays a name", () => {
  const [mail, ...others] = netease("js6-read-multitab.html").listOpen();
  assert.equal(others.length, 0);
  assert.equal(mail.message.subject, "Order B");
  assert.deepEqual(mail.message.sender, { address: "bigbuyer.ceo88@mail-relay.example", name: '"ceo@bigbuyer.com"' });
  assert.match(mail.key, /205:1tbizFAKE\+B\/DZ0RRwAAsf/);
});

test("netease: enterprise classic, sent on behalf, body frame filled late", () => {
  const page = openPage("netease/js6-qiye-classic.html", pretendUrl("netease/js6-qiye-classic.html"));
  const adapter = adapterFor(page, selectors);
  const [early] = adapter.listOpen();
  assert.equal(early.state, "loading");
  assert.equal(early.message.sent_by, "bounce@bulk-sender.example");
  assert.equal(early.message.sender.address, "finance@customer.example");
  const [inner] = adapter.frames();
  inner.body.innerHTML = '<div id="content" class="netease_mail_readhtml">Please find the SWIFT copy attached.</div>';
  const [late] = adapter.listOpen();
  assert.equal(late.state, "ok");
  assert.equal(late.message.body.text, "Please find the SWIFT copy attached.");
  assert.notEqual(late.key, early.key);
  assert.match(late.key, /AOAAwwBEFAKEblGM94AJPKok/);
});

test("netease: list and compose show nothing, an unknown layout is noticed", () => {
  const url = "https://mail.163.com/js6/main.jsp?sid=X#module=mbox.ListModule%7C%7B%22fid%22%3A1%7D";
  const list = adapterFor(openPage("netease/js6-read-single.html", url), selectors);
  assert.deepEqual(list.listOpen(), []);
  assert.equal(list.expectsMail(), false);
  const unknown = netease("unrecognised.html");
  assert.deepEqual(unknown.listOpen(), []);
  assert.equal(unknown.expectsMail(), true);
});

test("a known host without a mailbox gets no adapter, a host that the reader enabled the general one", () => {
  for (const url of ["https://mail.163.com/", "https://hw.mail.126.com/x", "https://mail.qiye.163.com/login"]) {
    assert.equal(adapterFor(openHtml("<p>hello</p>", url), selectors), null, url);
  }
  assert.equal(adapterFor(openHtml("<p>hello</p>", "https://webmail.factory.example/"), selectors).id, "generic");
  assert.equal(adapterFor(openHtml("<div id=dvContainer></div>", "https://mail.school.example/js6/main.jsp"), selectors).id, "netease");
});
