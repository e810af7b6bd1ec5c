"""Settings: every row of the table, what it takes, and what it says when it refuses."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from server import settings
from server.settings import TABLE, Settings, SettingsError

GOOD: list[tuple[str, str, Any]] = [
    ("LISTEN", "0.0.0.0:80", ("0.0.0.0", 80)),
    ("LISTEN", "[::1]:8750", ("::1", 8750)),
    ("LISTEN", "localhost:0", ("localhost", 0)),
    ("DATA", "/var/lib/backtone", Path("/var/lib/backtone")),
    ("TOKENS_FILE", "~/tokens", Path.home() / "tokens"),
    ("OWN_DOMAINS", "Ours.com, sales@163.com  ours.com", ("ours.com", "sales@163.com")),
    ("OWN_DOMAINS", "我们.中国", ("xn--vnqp08b.xn--fiqs8s",)),
    ("OVERLAY", "/", Path("/")),
    ("REDIS_URL", "redis://cache:6379/0", "redis://cache:6379/0"),
    ("REDIS_URL", "unix:///run/redis.sock", "unix:///run/redis.sock"),
    ("DATABASE_URL", "sqlite:///backtone.db", "sqlite:///backtone.db"),
    ("DATABASE_URL", "postgresql://db/backtone", "postgresql://db/backtone"),
    ("CORS_ORIGINS", "chrome-extension://abcd", ("chrome-extension://abcd",)),
    ("CORS_ORIGINS", "https://a.example:8443,moz-extension://x", ("https://a.example:8443", "moz-extension://x")),
    ("MEANING", "off", False),
    ("RESOLVERS", "127.0.0.1:5353, 9.9.9.9 [::1]:53", ("127.0.0.1:5353", "9.9.9.9", "[::1]")),
    ("WHOIS_MAP", "cn=127.0.0.1:4343,.com=whois.example", {"cn": "127.0.0.1:4343", "com": "whois.example:43"}),
    ("RDAP_BOOTSTRAP", "https://rdap.example/dns.json", "https://rdap.example/dns.json"),
    ("RDAP_BOOTSTRAP", __file__, __file__),
    ("PROXY", "http://proxy.example:3128", "http://proxy.example:3128"),
    ("TRUSTED_HOSTS", "api.example .corp.example", ("api.example", ".corp.example")),
    ("REVERSE_PROXIES", "1", 1),
    ("RATE_LIMIT", "60", 60),
    ("WEBSITE", "ON", True),
    ("BLOCKLISTS", "DBL.spamhaus.org, ip:zen.spamhaus.org", ("dbl.spamhaus.org", "ip:zen.spamhaus.org")),
    ("LOOKUPS", "off", False),
    ("COMPANY_NAME", "浩润阀门有限公司", "浩润阀门有限公司"),
    ("COMPANY_MAIL", "docs@haorunvalve.com", "docs@haorunvalve.com"),
    ("COMPANY_SIGNATURE", r"Lily Chen\nExport Department", ("Lily Chen", "Export Department")),
    ("COMPANY_SIGNATURE", "Lily Chen\nHaorun Valve", ("Lily Chen", "Haorun Valve")),
]

BAD: list[tuple[str, str]] = [
    ("LISTEN", "127.0.0.1"),
    ("LISTEN", "::1:8750x"),
    ("LISTEN", "127.0.0.1:99999"),
    ("LISTEN", "127.0.0.1:٣"),
    ("LISTEN", "a b:1"),
    ("OWN_DOMAINS", "localhost"),
    ("OWN_DOMAINS", "@ours.com"),
    ("OWN_DOMAINS", "10.0.0.1"),
    ("OWN_DOMAINS", "sales@ours"),
    ("OWN_DOMAINS", "a@b@ours.com"),
    ("OWN_DOMAINS", "http://ours.com"),
    ("OVERLAY", "/nowhere/at/all"),
    ("REDIS_URL", "http://cache"),
    ("REDIS_URL", "redis:"),
    ("REDIS_URL", "redis://cache:notaport"),
    ("REDIS_URL", "redis://cache/backtone"),
    ("DATA", "~no-such-user/backtone"),
    ("DATABASE_URL", "mysql://db"),
    ("DATABASE_URL", "sqlite://"),
    ("CORS_ORIGINS", "*"),
    ("CORS_ORIGINS", "https://a.example/path"),
    ("CORS_ORIGINS", "https://.*"),
    ("MEANING", "yes"),
    ("RESOLVERS", "dns.example"),
    ("RESOLVERS", "9.9.9.9:0"),
    ("WHOIS_MAP", "cn"),
    ("WHOIS_MAP", "cn=a b"),
    ("RDAP_BOOTSTRAP", "/nowhere/dns.json"),
    ("RDAP_BOOTSTRAP", "https://"),
    ("PROXY", "socks5://proxy"),
    ("PROXY", "http://proxy:99999"),
    ("TRUSTED_HOSTS", "*"),
    ("TRUSTED_HOSTS", "http://api.example"),
    ("BLOCKLISTS", "dbl"),
    ("BLOCKLISTS", "mx:zen.spamhaus.org"),
    ("BLOCKLISTS", ":zen.spamhaus.org"),
    ("REVERSE_PROXIES", "-1"),
    ("REVERSE_PROXIES", "10"),
    ("RATE_LIMIT", "0"),
    ("RATE_LIMIT", "many"),
    ("WEBSITE", "1"),
    ("LOOKUPS", "true"),
    ("COMPANY_NAME", "x" * 121),
    ("COMPANY_NAME", "a\x1b[1mb"),
    ("COMPANY_MAIL", "docs@\nhaorunvalve.com"),
    ("COMPANY_MAIL", "notmail"),
    ("COMPANY_MAIL", "Docs <docs@haorunvalve.com>"),
    ("COMPANY_SIGNATURE", r"a\n" * 11),
]


@pytest.mark.parametrize(("short", "text", "value"), GOOD, ids=lambda item: str(item)[:30])
def test_reads(short: str, text: str, value: Any) -> None:
    assert getattr(Settings.from_env({f"BACKTONE_{short}": text}), short.lower()) == value


@pytest.mark.parametrize(("short", "text"), BAD)
def test_refuses_and_says_what_is_allowed(short: str, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({f"BACKTONE_{short}": text})
    assert caught.value.name == f"BACKTONE_{short}"
    assert "Allowed: " in caught.value.message


def test_all_that_is_refused_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"BACKTONE_RATE_LIMIT": "0", "BACKTONE_LISTN": "x", "BACKTONE_MEANING": "on"})
    first, second = str(caught.value).splitlines()
    assert first.startswith("BACKTONE_LISTN: no such setting") and second.startswith("BACKTONE_RATE_LIMIT: ")


def test_every_setting_is_in_both_tables_and_in_the_class() -> None:
    shorts = {row.short for row in TABLE}
    assert {short for short, _, _ in GOOD} == shorts, "add the setting to GOOD above"
    assert shorts - {short for short, _ in BAD} <= {"TOKENS_FILE"}, "add a refused value to BAD above"
    assert {row.field for row in TABLE} == {field.name for field in fields(Settings)}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("BACKTONE_LISTN", "BACKTONE_LISTEN"),
        ("BACKTONE_OWN_DOMAIN", "BACKTONE_OWN_DOMAINS"),
        ("backtone_data", "BACKTONE_DATA"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(wrong: str, right: str) -> None:
    with pytest.raises(SettingsError, match=f"{wrong}: no such setting, did you mean {right}"):
        Settings.from_env({wrong: "x"})


@pytest.mark.parametrize("name", ["BACKTONE_QQQQQQQQQQQQQQQQQQQQ", "BACKTONE_FOO", "BACKTONE_LANG"])
def test_a_name_like_none_gets_the_list(name: str) -> None:
    with pytest.raises(SettingsError, match="Settings are BACKTONE_BLOCKLISTS, BACKTONE_COMPANY_MAIL, "):
        Settings.from_env({name: "x"})


@pytest.mark.parametrize(
    ("short", "text", "shown"),
    [
        ("REDIS_URL", "redis://:s3cr/et@cache:x", "'redis://…@cache:x'"),
        ("REDIS_URL", "user:s3cret@cache", "'…@cache'"),
        ("PROXY", "socks5://me:s3cret@proxy", "'socks5://…@proxy'"),
        ("OWN_DOMAINS", "sales@ours", "'sales@ours'"),
    ],
)
def test_no_password_is_shown(short: str, text: str, shown: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(shown)) as caught:
        Settings.from_env({f"BACKTONE_{short}": text})
    assert "s3cr" not in caught.value.message


def test_a_user_without_a_home_sets_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", none)
    assert settings._home() == Path("/nonexistent")


def test_an_empty_value_is_not_set_and_other_names_are_not_ours() -> None:
    assert Settings.from_env({"BACKTONE_LISTEN": " ", "PATH": "/bin"}) == Settings()


def test_the_tokens_file_lies_in_data_unless_set() -> None:
    assert Settings.from_env({"BACKTONE_DATA": "/srv/b"}).tokens_file == Path("/srv/b/tokens")
    both = Settings.from_env({"BACKTONE_DATA": "/srv/b", "BACKTONE_TOKENS_FILE": "/srv/t"})
    assert both.tokens_file == Path("/srv/t")


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"BACKTONE_MEANING": "x" * 500})
    assert len(caught.value.message) < 200


def test_of_a_list_the_item_at_fault_is_named() -> None:
    with pytest.raises(SettingsError, match=r"BACKTONE_OWN_DOMAINS: no domain: 'oops'\. Allowed"):
        Settings.from_env({"BACKTONE_OWN_DOMAINS": "ours.com, oops, sales@163.com"})
