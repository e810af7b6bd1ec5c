"""What a web page shows: title, language, visible words, where its links lead. Bounded and linear on any input."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from server.lookups.names import ascii_name
from server.lookups.visit import Page

MAX_HEAD = 65_536  # characters in which title and meta tags are looked for
MAX_TITLE = 200
MAX_TEXT = 6000  # characters of visible words that are kept
MAX_LISTED = 20
MAX_META = 60
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]{1,40})\s{0,5}=\s{0,5}("[^"]{0,1000}"|'[^']{0,1000}'|[^\s"'>]{1,1000})""")
_CHARSET = re.compile(rb"""charset\s{0,5}=\s{0,5}["']?([A-Za-z0-9_:-]{2,40})""")
_HTML = ("text/html", "application/xhtml+xml")
CONTACT = (
    "contact", "kontakt", "contacto", "contato", "contatti", "impressum", "imprint", "iletisim", "about", "über-uns",
    "ueber-uns", "quienes-somos", "联系", "聯絡", "关于", "關於", "контакты", "о-компании",
)  # fmt: skip
TEAM = ("team", "people", "our-staff", "staff", "management", "mitarbeiter", "equipo", "equipe", "团队", "團隊")


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as a visitor reads it. `onward`: where a meta refresh sends him, "" if nowhere."""

    title: str
    language: str
    text: str
    hosts: tuple[str, ...]
    mails: tuple[str, ...]
    phones: tuple[str, ...]
    contact_page: str
    team_page: str
    onward: str


def is_html(page: Page) -> bool:
    """Whether the page is one to be read."""
    kind = page.content_type.partition(";")[0].strip().lower()
    return kind in _HTML or (not kind and page.body.lstrip()[:1] == b"<")


def read_page(page: Page) -> Reading:
    """Read an HTML page. Never raises."""
    # The parser takes 20 ms to import, which a server that visits no site need not pay.
    from server.message.charset import decoded
    from server.message.html import html_to_text

    source = decoded(page.body, _charset(page))
    head = source[:MAX_HEAD]
    shown = html_to_text(source)
    targets = [(link.text, found) for link in shown.links if (found := _joined(page.url, link.href))]
    own = _site(page.url)
    pages = [(text, found) for text, found in targets if _site(found) == own]
    return Reading(
        title=_title(head),
        language=_language(head),
        text="\n".join(filter(None, (_clean(line, MAX_TEXT) for line in shown.text[: 4 * MAX_TEXT].split("\n"))))[
            :MAX_TEXT
        ],
        hosts=_unique(host for _, found in targets if (host := _host(found)) and _site(found) != own),
        mails=_unique(_address(link.href) for link in shown.links if link.href.lower().startswith("mailto:")),
        phones=_unique(link.href[4:64].strip() for link in shown.links if link.href.lower().startswith("tel:")),
        contact_page=_named(pages, CONTACT),
        team_page=_named(pages, TEAM),
        onward=_refresh(head, page.url),
    )


def _charset(page: Page) -> str | None:
    declared = page.content_type.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    if declared:
        return declared
    match = _CHARSET.search(page.body[:2048])
    return match[1].decode("ascii") if match else None


def _clean(text: str, most: int = MAX_TEXT) -> str:
    """Printable words, white space collapsed."""
    plain = "".join(char if char.isprintable() else " " for char in text[: most * 4])
    return " ".join(plain.split())[:most]


def _title(head: str) -> str:
    low = head.lower()
    start = low.find("<title")
    start = low.find(">", start) + 1 if start >= 0 else 0
    end = low.find("</title", start) if start else -1
    return _clean(html.unescape(head[start:end]), MAX_TITLE) if end >= 0 else ""


def _tags(head: str, name: str, most: int) -> list[dict[str, str]]:
    """The attributes of the first tags of a name."""
    found: list[dict[str, str]] = []
    low = head.lower()
    at = low.find("<" + name)
    while at >= 0 and len(found) < most:
        end = low.find(">", at)
        inside = head[at + 1 + len(name) : min(end if end >= 0 else at + 2000, at + 2000)]
        found.append({key.lower(): html.unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(inside)})
        at = low.find("<" + name, at + 1)
    return found


def _language(head: str) -> str:
    for attributes in _tags(head, "html", 1):
        code = (attributes.get("lang") or attributes.get("xml:lang") or "").replace("_", "-")[:12].lower()
        return code if code.replace("-", "").isalnum() and code.isascii() else ""
    return ""


def _refresh(head: str, url: str) -> str:
    for attributes in _tags(head, "meta", MAX_META):
        if attributes.get("http-equiv", "").lower() == "refresh":
            seconds, _, target = attributes.get("content", "").partition(";")
            target = target.strip()
            soon = seconds.strip().isdigit() and len(seconds.strip()) < 3 and int(seconds) <= 10
            if soon and target[:4].lower() == "url=":
                return _joined(url, target[4:].strip("\"' "))
    return ""


def _joined(base: str, href: str) -> str:
    """The absolute URL of a link, "" if it is none of the web."""
    try:
        url = urljoin(base, href.strip())
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else ""
    except ValueError:
        return ""


def _host(url: str) -> str:
    return ascii_name(urlsplit(url).hostname or "") or ""


def _site(url: str) -> str:
    return _host(url).removeprefix("www.")


def _address(href: str) -> str:
    address = unquote(href[7:300]).partition("?")[0].strip().lower()
    return address if address.count("@") == 1 and address.isprintable() and len(address) <= 254 else ""


def _named(pages: list[tuple[str, str]], words: tuple[str, ...]) -> str:
    """The first page whose path or link text holds one of the words, tried in their order."""
    for word in words:
        for text, url in pages:
            path = unquote(urlsplit(url).path[:300]).lower()
            if word in path or (len(text) < 40 and word in text.lower()):
                return url
    return ""


def _unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in found if item))[:MAX_LISTED]
