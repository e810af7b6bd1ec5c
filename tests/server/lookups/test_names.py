"""Names that are looked up, and those that never are."""

from __future__ import annotations

import pytest

from server.lookups.names import ascii_name, never_asked


@pytest.mark.parametrize(
    "host", ["acme-trading.com", "mail.acme.co.uk", "müller.de", "跨境.公司", "_spf.a.com", "A.COM."]
)
def test_ordinary_names_are_asked_for(host: str) -> None:
    assert never_asked(host) is None


@pytest.mark.parametrize(
    "host",
    [
        "192.0.2.1", "[192.0.2.1]", "[IPv6:2001:db8::1]", "1.2.3", "acme", "localhost", "printer.local", "x.internal",
        "foo.test", "foo.example", "example.com", "www.example.org", "foo.invalid", "abc.onion", "router.home.arpa",
        "nas.lan", "", "a..com", "-a.com", "a b.com", "a" * 64 + ".com", "a." * 127 + "com", "a\x00.com", "ab_$.com",
    ],
)  # fmt: skip
def test_what_no_name_server_should_hear_is_not_asked_for(host: str) -> None:
    assert never_asked(host)


def test_names_are_asked_for_in_punycode_and_lower_case() -> None:
    assert ascii_name("Bücher.Example-Firma.DE.") == "xn--bcher-kva.example-firma.de"
    assert ascii_name("x" * 300) is None
