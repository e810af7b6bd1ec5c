"""What hostile and honest mails are made of: seeds for the strategies and the dictionary of the fuzzer."""

from __future__ import annotations

HEADERS = [
    "From: Ann Lee <ann@acme.example>", "From: =?utf-8?B?5byg5LiJ?= <a@b.example>", "From: \"a@bank.com\" <x@gmail.com>",
    "Reply-To: x@gmail.com", "To: undisclosed-recipients:;", "To: sales01@163.com", "Subject: Re: RE[2]: Fwd: order",
    "Subject: =?gb2312?Q?=B6=A9=B5=A5?=", "Date: Thu, 1 Jan 2026 25:61:00 -0800", "List-Id: <x.list.example>",
    "Authentication-Results: mx.example; spf=fail; dkim=pass; dmarc=none (p=none)", "Return-Path: <>",
    "Received-SPF: softfail (x)", "ARC-Seal: i=1; cv=pass", "In-Reply-To: <1@x>", "References: <1@x> <2@x>",
    "Content-Type: multipart/mixed; boundary=b", "Content-Type: text/html; charset=gb18030",
    "Content-Type: text/plain; charset=\"x\x00y\"", "Content-Transfer-Encoding: base64",
    "Content-Disposition: attachment; filename*=utf-8''%e2%80%aegnp.exe", "MIME-Version: 1.0",
]  # fmt: skip
HTML = [
    "<a href=\"http://apple.com.login.example/\">www.apple.com</a>", "<a href='http://1.2.3.4/?e=sales01@163.com'>x</a>",
    "<div style='display:none'>x</div>", "<font color=white>x</font>", "<form action=//x.example>", "<area href=x>",
    "<blockquote>", "<table><tr><td>", "<br>", "<p>", "</p>", "<!--", "-->", "<![CDATA[", "&#x202e;", "&amp;", "&#0;",
    "<style>p{}</style>", "<script>", "<base href=http://x/>", "<img src=x alt='pay now'>", "<svg><a xlink:href=x>",
]  # fmt: skip
WORDS = [
    "Dear Sir,\n", "Best regards\n", "-- \n", "此致\n敬礼\n", "On Mon, Ann wrote:\n> ", "> > ", "From: a\nSent: b\nTo: c\nSubject: d\n",
    "Tel: +49 (0)40 123-456-78 ext. 9", "0086-20-8888 8888", "+234 803 000 0000", "IBAN DE89 3704 0044 0532 0130 00",
    "SWIFT: DEUTDEFF", "account no. 12345678", "USD 800.000 000", "12万美金", "1.2 million $", "2,000 pcs", "80%", "30/70 T/T",
    "www.acme.example", "http://xn--pple-43d.com/x?y=c2FsZXMwMUAxNjMuY29t", "ann@acme.example", "a@b@c", "@", "..", "://",
    "Walmart Procurement Department", "Ministry of Health", "University of Lagos", "联合国", "有限公司", "Acme GmbH & Co. KG",
    "founded in 1999", "new bank account", "western union", "Nigeria", "Hong Kong, China", "P.O. Box 12", "Unit 5",
    "pаyment", "pay\u200bment", "İ", "ſ", "Σας", "ß", "\u0301" * 3, "\u202e", "\ufeff", "\ud7a3", "e\u0301", "🎁", "\x85", "\u2028",
    "İstanbul", "ﬁ", "㎏", "１２３", "٣٤", "²", "\x00", "\x1c", "\t", "\r", "\u3000", "\U000e0100",
]  # fmt: skip
VALUES = [
    "ann@acme.example", "ANN@XN--PPLE-43D.COM", "a@[1.2.3.4]", "a@1.2.3.4", "@", "a@", "@b", "a@b", "a@.com.", "a@-x-.com",
    "x" * 70 + "@" + "y." * 120 + "com", "offer.pdf.exe", "\u202efdp.exe", ".", "a\x00.docm", "http://a@b@c/", "//", "mailto:x",
    "HTTPS://GOOGLE.COM/url?q=//x", "data:text/html,x", "2026-13-45", "-0000", "",
]  # fmt: skip
