"""Host names: organisational domain, what a reader sees in them, and whether one imitates another.

Twin: extension/src/evidence/names.js. The edit distance is OSA (optimal string alignment: insert, delete, replace,
swap neighbours, no letter touched twice), so that both languages can compute it by the same short table.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from server.evidence.lexicon import Brand, Lexicon
from server.evidence.plain import WHITE, bare

MAX_HOST = 253
_DIGITS = "0123456789"


def clean_host(host: str) -> str:
    """A host as compared everywhere: lower case, no port, no dots around it, 253 characters at most ("" if longer)."""
    return _cleaned(host) if len(host) <= MAX_HOST else _cleaned.__wrapped__(host)


@lru_cache(maxsize=8192)
def _cleaned(host: str) -> str:
    text = host.strip(WHITE).lower().strip(".")
    if not text.startswith("["):
        text = text.split(":", 1)[0].strip(".")
    return text if len(text) <= MAX_HOST else ""


@lru_cache(maxsize=4096)
def unicode_host(host: str) -> str:
    """The host as a reader sees it: punycode labels decoded, broken ones left as they are."""
    if "xn--" not in host:
        return host
    return ".".join(_decoded(label) for label in host.split("."))


def _decoded(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63 or not label.isascii():
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def is_ip(host: str) -> bool:
    """A numeric host: an IPv6 literal, or labels that are all digits."""
    if host[-1:].isalpha():
        return False
    return host.startswith("[") or (host.isascii() and all(label.isdigit() for label in host.split(".")))


@lru_cache(maxsize=4096)
def suffix_labels(host: str, lexicon: Lexicon) -> int:
    """How many labels at the end are a public suffix (publicsuffix.org's algorithm; 1 where no rule matches)."""
    labels = unicode_host(host).split(".")
    count = len(labels)
    for index in range(count):
        tail = ".".join(labels[index:])
        if "!" + tail in lexicon.psl:
            return count - index - 1
        if tail in lexicon.psl or (index + 1 < count and "*." + ".".join(labels[index + 1 :]) in lexicon.psl):
            return count - index
    return 1


def org_domain(host: str, lexicon: Lexicon) -> str:
    """Organisational domain: public suffix plus one label. A numeric host or a bare suffix is returned as it is."""
    return _org_domain(clean_host(host), lexicon)


@lru_cache(maxsize=4096)
def _org_domain(cleaned: str, lexicon: Lexicon) -> str:
    if not cleaned or is_ip(cleaned):
        return cleaned
    labels = cleaned.split(".")
    return ".".join(labels[-(suffix_labels(cleaned, lexicon) + 1) :])


def split_org(host: str, lexicon: Lexicon) -> tuple[str, str]:
    """The name and the public suffix of a host's organisational domain: `shop.acme.co.uk` is ("acme", "co.uk")."""
    return _split_org(clean_host(host), lexicon)


@lru_cache(maxsize=4096)
def _split_org(cleaned: str, lexicon: Lexicon) -> tuple[str, str]:
    name, _, suffix = _org_domain(cleaned, lexicon).partition(".")
    return unicode_host(name), suffix


def in_list(host: str, hosts: frozenset[str]) -> bool:
    """Whether the host or a domain above it is listed."""
    while host not in hosts:
        host = host.partition(".")[2]
        if "." not in host:
            return False
    return True


def is_free(host: str, lexicon: Lexicon) -> bool:
    """A public mailbox provider, by exact host or by its organisational domain; disposable ones are not "free"."""
    return not is_disposable(host, lexicon) and in_list(host, lexicon.sets["free_providers"])


def is_disposable(host: str, lexicon: Lexicon) -> bool:
    """A throw-away mail provider. Forwarding aliases are lasting and do not count."""
    return in_list(host, lexicon.sets["disposable"]) and not in_list(host, lexicon.sets["alias_providers"])


def official_brand(host: str, lexicon: Lexicon) -> Brand | None:
    """The brand whose official domain this host is or lies under."""
    brand = lexicon.official.get(host)
    while brand is None:
        host = host.partition(".")[2]
        if "." not in host:
            return None
        brand = lexicon.official.get(host)
    return brand


def are_twins(one: str, other: str, lexicon: Lexicon) -> bool:
    """The same organisation by its name: equal domains, or `acme.com` beside `acme.com.cn`, `acme.cn`, `acme.co.uk`.

    Generic-use country TLDs (.co, .cc, .io) make no twins: whoever wants to imitate registers there.
    """
    (name, suffix), (other_name, other_suffix) = split_org(one, lexicon), split_org(other, lexicon)
    if (name, suffix) == (other_name, other_suffix):
        return True
    return name == other_name and is_national_or_com(suffix, lexicon) and is_national_or_com(other_suffix, lexicon)


def is_national_or_com(suffix: str, lexicon: Lexicon) -> bool:
    """A suffix under which the owner of a .com name would register too."""
    last = suffix.rsplit(".", 1)[-1]
    return suffix == "com" or (last in lexicon.cctlds and last not in lexicon.sets["generic_cctlds"])


def skeleton(name: str, lexicon: Lexicon) -> str:
    """What a hasty reader sees: look-alike characters as one, accents and hyphens gone."""
    return _skeleton(name[:MAX_HOST], lexicon)


@lru_cache(maxsize=4096)
def _skeleton(name: str, lexicon: Lexicon) -> str:
    plain = "".join(lexicon.confusables.get(char, char) for char in name.lower())
    plain = "".join(lexicon.confusables.get(char, char) for char in bare(plain))
    return plain.replace("-", "")


def distance(one: str, other: str, most: int) -> int:
    """OSA distance, `most + 1` if it is larger than `most`."""
    return int(OSA.distance(one, other, score_cutoff=most))


def imitates(host: str, target: str, lexicon: Lexicon) -> bool:
    """Whether a host's organisational domain could be taken for the target's, and is neither it nor its twin."""
    if not host or not target:
        return False
    name, label = split_org(host, lexicon)[0], split_org(target, lexicon)[0]
    if label.isdigit() or len(label) < 3 or (name == label and len(label) < 4):
        return False
    if name != label and skeleton(name, lexicon) != skeleton(label, lexicon) and not _is_near(name, label):
        return False
    return not (are_twins(host, target, lexicon) or is_free(host, lexicon) or is_ip(host))


def _is_near(name: str, label: str) -> bool:
    """Distance 1, or 2 for names of eight letters and more; names under four letters are too short to compare."""
    one, other = name.replace("-", ""), label.replace("-", "")
    if len(other) < 4 or (one != one.rstrip(_DIGITS) and one.rstrip(_DIGITS) == other.rstrip(_DIGITS) != other):
        return False  # too short, or numbered names such as hotel21 beside hotel22
    return distance(one, other, 2) <= (2 if len(other) >= 8 else 1)
