"""Facts of the sender's and the Reply-To address, and of the recipients. Twin: extension/src/evidence/sender.js."""

from __future__ import annotations

from server.evidence.brands import domain_brand_word
from server.evidence.headers import is_mailing_list, names_list_host
from server.evidence.imitation import imitates_brand
from server.evidence.lexicon import Lexicon
from server.evidence.machine_made import is_garbled, is_machine_host, is_random
from server.evidence.mail import Mail, addresses, host_of
from server.evidence.names import (
    are_twins,
    imitates,
    in_list,
    is_disposable,
    is_free,
    is_ip,
    official_brand,
    org_domain,
    skeleton,
    unicode_host,
)
from server.evidence.plain import is_han, trim, word_list
from server.evidence.sender_name import local_brand, name_address, name_brand
from server.model import Evidence


def sender_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `sender.*`, `recipients.*` and `reply_to.*`."""
    _address(mail, evidence)
    _recipients(mail, evidence)
    _reply_to(mail, evidence)


def _address(mail: Mail, evidence: Evidence) -> None:
    sender = mail.message.sender
    if sender is not None:
        evidence.put("sender.name", trim(sender.name))
    if not mail.host or sender is None:
        return
    lexicon, host, local = mail.lexicon, mail.host, mail.address.rpartition("@")[0]
    free = is_free(host, lexicon)
    name = trim(sender.name)
    evidence.put("sender.address", mail.address)
    evidence.put("sender.local", local)
    evidence.put("sender.domain", host)
    evidence.put("sender.org_domain", mail.org)
    evidence.put("sender.tld", host.rsplit(".", 1)[-1])
    evidence.put("sender.free_provider", free)
    evidence.put("sender.disposable", is_disposable(host, lexicon))
    evidence.put("sender.alias_provider", in_list(host, lexicon.sets["alias_providers"]))
    evidence.put("sender.vanity_provider", in_list(host, lexicon.sets["vanity_providers"]))
    evidence.put("sender.role_local", is_role(local, lexicon.sets["role_locals"]))
    evidence.put("sender.random_local", is_random(local, host, lexicon, free=free))
    evidence.put("sender.machine_host", is_machine_host(host))
    evidence.put("sender.name_garbled", is_garbled(name))
    evidence.put("sender.suspicious_tld", host.rsplit(".", 1)[-1] in lexicon.sets["suspicious_tlds"])
    evidence.put("sender.own_domain", mail.is_own(mail.address))
    evidence.put("sender.name_address", name_address(name, mail))
    evidence.put("sender.gov_edu_domain", is_official_body(host, lexicon))
    evidence.put("sender.homoglyph", is_homoglyph(host, mail))
    _brands(mail, evidence, name, free)


def _brands(mail: Mail, evidence: Evidence, name: str, free: bool) -> None:
    lexicon, host = mail.lexicon, mail.host
    ours = mail.is_own(mail.address)
    official = None if free else official_brand(host, lexicon)
    worded = None if free or ours else domain_brand_word(host, lexicon)
    near = None if free or ours else imitates_brand(host, lexicon)
    evidence.put("sender.official_brand", official.name if official else "")
    evidence.put("sender.domain_brand_word", worded.name if worded else "")
    evidence.put("sender.lookalike_brand", near[1] if near else "")
    own = [] if ours else sorted(mail.own_domains)
    evidence.put("sender.lookalike_own", next((target for target in own if imitates(host, target, lexicon)), ""))
    evidence.put("sender.name_brand", "" if ours else name_brand(name, mail))
    evidence.put("sender.local_brand", local_brand(mail.address.rpartition("@")[0], lexicon) if free else "")


def is_role(local: str, roles: frozenset[str]) -> bool:
    """A role mailbox: `sales`, `sales01`, `export-sales`, `info.de`: its first word is a role, or all of it is."""
    parts = word_list(local.split("+", 1)[0])
    return local in roles or (bool(parts) and (parts[0].rstrip("0123456789") in roles) and len(parts) <= 2)


def is_official_body(host: str, lexicon: Lexicon) -> bool:
    """A host under a government, army, university or treaty-body suffix (.gov, .edu, .ac.uk, .gob.mx, .gouv.fr …)."""
    labels = host.split(".")
    if len(labels) < 2 or is_ip(host):
        return False
    if labels[-1] in lexicon.sets["official_tlds"]:
        return True
    return len(labels[-1]) == 2 and len(labels) > 2 and labels[-2] in lexicon.sets["official_labels"]


def is_homoglyph(host: str, mail: Mail) -> bool:
    """The host mixes Latin with look-alike scripts in one label, or a whole label only looks Latin."""
    seen = unicode_host(host)
    if seen.isascii():
        return False
    plain_tld = seen.rsplit(".", 1)[-1].isascii()
    for label in seen.split("."):
        scripts = {_script(char) for char in label if char.isalpha()}
        if "latin" in scripts and scripts & {"greek", "cyrillic", "armenian", "cherokee"}:
            return True
        foreign = bool(scripts) and scripts <= {"greek", "cyrillic", "armenian"}
        if foreign and plain_tld and skeleton(label, mail.lexicon).isascii():
            return True
    return False


_SCRIPTS = (
    ("latin", 0x41, 0x24F),
    ("latin", 0x1E00, 0x1EFF),
    ("greek", 0x370, 0x3FF),
    ("cyrillic", 0x400, 0x52F),
    ("armenian", 0x530, 0x58F),
    ("cherokee", 0x13A0, 0x13FF),
)


def _script(char: str) -> str:
    code = ord(char)
    if is_han(char):
        return "han"
    return next((name for name, low, high in _SCRIPTS if low <= code <= high), "other")


def _recipients(mail: Mail, evidence: Evidence) -> None:
    if mail.message.recipients is None:
        return
    given = addresses(mail.message.recipients)
    evidence.put("recipients.count", len(given))
    knows_own = bool(mail.own_domains or mail.own_addresses)
    evidence.put("recipients.undisclosed", not given or (knows_own and not any(mail.is_own(entry) for entry in given)))
    if mail.address:
        evidence.put("sender.self_addressed", bool(given) and all(entry == mail.address for entry in given))


def _reply_to(mail: Mail, evidence: Evidence) -> None:
    if mail.message.reply_to is None:
        return
    lexicon = mail.lexicon
    given = addresses(mail.message.reply_to)
    relays = lexicon.sets["mail_relays"]
    evidence.put("reply_to.addresses", given)
    evidence.put("reply_to.relay", any(in_list(host_of(entry), relays) for entry in given))
    if not mail.host:
        return
    others = [] if in_list(mail.host, relays) else [entry for entry in given if _is_elsewhere(entry, mail)]
    evidence.put("reply_to.differs", bool(others))
    evidence.put("reply_to.free_provider", any(is_free(host_of(entry), lexicon) for entry in others))
    both_free = is_free(mail.host, lexicon) and any(
        entry != mail.address and is_free(host_of(entry), lexicon) and not mail.is_own(entry) for entry in given
    )
    evidence.put("reply_to.other_free", both_free)
    near = any(imitates(host_of(entry), mail.host, lexicon) for entry in others)
    evidence.put("reply_to.lookalike", mail.org if near and not is_free(mail.host, lexicon) else "")


def _is_elsewhere(entry: str, mail: Mail) -> bool:
    host = host_of(entry)
    if are_twins(host, mail.host, mail.lexicon) or in_list(host, mail.lexicon.sets["mail_relays"]):
        return False
    if mail.is_own(entry) or entry in addresses(mail.message.recipients):
        return False  # a list or a form that answers to its readers
    if is_mailing_list(mail.message.headers) and names_list_host(mail.message.headers, org_domain(host, mail.lexicon)):
        return False
    return org_domain(host, mail.lexicon) != mail.org
