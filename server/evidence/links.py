"""Facts of the web links: where they really lead, and what they carry. Twin: extension/src/evidence/links.js."""

from __future__ import annotations

from server.evidence.brands import domain_brand_word
from server.evidence.contacts import find_sites
from server.evidence.imitation import imitates_brand
from server.evidence.mail import Mail, addresses
from server.evidence.names import are_twins, clean_host, imitates, in_list, is_ip, official_brand
from server.evidence.plain import fold, trim
from server.evidence.urls import Url, find_urls, parse_url, prefilled_address, unwrap
from server.model import Evidence, Link

MAX_LINKS = 2000
_MAX_LISTED = 20


def link_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `links.*`. The first 2,000 links are read; the count tells of all."""
    if mail.message.links is None and mail.message.text is None:
        return
    given = all_links(mail)
    pairs = [(link, url) for link in given[:MAX_LINKS] if (url := target(link.href, mail)) is not None]
    lexicon = mail.lexicon
    hosts = [url.host for _, url in pairs]
    evidence.put("links.count", len(pairs) + max(0, len(given) - MAX_LINKS))
    evidence.put("links.mismatched", _listed([found for link, url in pairs if (found := mismatch(link, url, mail))]))
    evidence.put("links.shorteners", _listed([h for h in hosts if in_list(h, lexicon.sets["url_shorteners"])]))
    evidence.put("links.free_hosts", _listed([h for h in hosts if in_list(h, lexicon.sets["free_hosts"])]))
    evidence.put("links.lookalikes", _listed([h for h in dict.fromkeys(hosts) if is_lookalike(h, mail)]))
    evidence.put("links.numeric", _listed([url.host for _, url in pairs if is_ip(url.host) or url.user]))
    ours = [entry for entry in addresses(mail.message.recipients) if mail.is_own(entry) or not mail.own_domains]
    ours = sorted({*ours, *mail.own_addresses})
    evidence.put(
        "links.prefilled",
        _listed([url.host for link, url in pairs if _is_prefilled(link, url, ours, lexicon.name_words["opt_out"])]),
    )


def all_links(mail: Mail) -> list[Link]:
    """The links given, and the web addresses that the newest text shows as plain words: a reader can click both."""
    given = list(mail.message.links or ())
    known = {link.href.rstrip("/") for link in given} | {link.text.rstrip("/") for link in given}
    shown = [found for start, end in mail.read for found in find_urls(mail.text[start:end])]
    return given + [Link(found, found) for found in dict.fromkeys(shown) if found.rstrip("/") not in known]


def target(href: str, mail: Mail) -> Url | None:
    """Where a link leads once search and safe-link wrappers are taken off; None for mailto, tel and the like."""
    url = parse_url(unwrap(href, mail.lexicon))
    if url is not None and mail.is_own_host(url.host) and is_ip(url.host):
        return None
    return url


def mismatch(link: Link, url: Url, mail: Mail) -> str:
    """`shown -> real` where the words shown name another organisation's site than the link's, "" if not."""
    text = trim(link.text)
    if not text or len(text) > 500 or "." not in text:
        return ""
    shown = next((host for _, _, host in find_sites(fold(text), mail.lexicon, loose=True)), "")
    if not shown or are_twins(shown, url.host, mail.lexicon) or _is_tracked(shown, url, mail):
        return ""
    # The words are a site's name only if little else stands there: "see our offer at acme.com and reply" is prose.
    if len(text) > len(shown) + 80:
        return ""
    brands = official_brand(shown, mail.lexicon), official_brand(url.host, mail.lexicon)
    if brands[0] is not None and brands[1] is not None and brands[0].name == brands[1].name:
        return ""
    return f"{shown} -> {url.host}"


def _is_tracked(shown: str, url: Url, mail: Mail) -> bool:
    """A click counter of a mailing service; or one of any name, where what is shown is the sender's own site."""
    if in_list(url.host, mail.lexicon.sets["tracking_hosts"]):
        return True
    counter = url.host.split(".")[0].rstrip("0123456789") in mail.lexicon.name_words["counters"]
    return counter and bool(mail.host) and are_twins(shown, mail.host, mail.lexicon)


def is_lookalike(host: str, mail: Mail) -> bool:
    """A link host that imitates a brand, one of our domains or the sender's, or carries a brand's domain in front."""
    lexicon = mail.lexicon
    if mail.is_own_host(host) or official_brand(host, lexicon) is not None:
        return False
    if imitates_brand(host, lexicon) is not None or domain_brand_word(host, lexicon) is not None:
        return True
    targets = [*sorted(mail.own_domains), *([mail.org] if mail.org and not mail.is_own_host(mail.host) else [])]
    return any(imitates(host, known, lexicon) for known in targets) or _carries_domain(host, targets, mail)


def _carries_domain(host: str, targets: list[str], mail: Mail) -> bool:
    """`apple.com.login.example`, or `alibaba-login.example.top`: another's name before the real domain."""
    labels = host.split(".")
    for size in (2, 3):
        for at in range(len(labels) - size):
            front = ".".join(labels[at : at + size])
            if (front in mail.lexicon.official or front in targets) and at + size < len(labels):
                return True
    return any(domain_brand_word(f"{label}.com", mail.lexicon) is not None for label in labels[:-2] if "-" in label)


def _is_prefilled(link: Link, url: Url, ours: list[str], opt_out: frozenset[str]) -> bool:
    shown = f"{link.text[:200]} {url.path[:200]}".lower()
    return not any(mark in shown for mark in opt_out) and prefilled_address(url, ours) != ""


def _listed(found: list[str]) -> list[str]:
    """Without repeats, in the mail's order, twenty at most."""
    return list(dict.fromkeys(clean_host(entry) if " " not in entry else entry for entry in found))[:_MAX_LISTED]
