"""Facts of who the writer says he is. Twin: extension/src/evidence/identity.js (all but the phone facts)."""

from __future__ import annotations

from server.evidence.claims import brand_claim
from server.evidence.company import Company, find_companies
from server.evidence.contacts import find_addresses, find_sites
from server.evidence.institutions import institution_claim
from server.evidence.lexicon import Lexicon
from server.evidence.mail import Mail, host_of
from server.evidence.names import are_twins, in_list, is_free, org_domain, split_org
from server.evidence.person import find_person
from server.evidence.phones import country, e164, find_phones, mismatch
from server.evidence.places import countries, has_phone, postal_address
from server.evidence.plain import Span, bare, fold, inside, letters_only, word_list
from server.evidence.prose import is_prose
from server.evidence.sender import is_role
from server.model import Evidence

_MAX_CLOSING_ROWS = 14
_MAX_ROW = 400
_MAX_ADDRESS = 200


def identity_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `identity.*`."""
    if mail.host:
        evidence.put("identity.tld_country", tld_country(mail.host, mail.lexicon))
    if mail.message.text is None:
        return
    closing = mail.rows([mail.parts.closing])[:_MAX_CLOSING_ROWS]
    closing = [(start, min(end, start + _MAX_ROW)) for start, end in closing]
    # A sentence below the sign-off tells no name, firm or place of the writer's; the first row is the sign-off itself.
    closing = [row for at, row in enumerate(closing) if at == 0 or not is_prose(mail.text[row[0] : row[1]])]
    person, person_row = find_person(mail, closing)
    signed = _companies(mail, closing, person_row, evidence)
    evidence.put("identity.person", person)
    found, quote = brand_claim(mail, closing)
    evidence.put("identity.brand_claim", found, *([quote] if quote else []))
    body, body_quote = institution_claim(mail, closing)
    evidence.put("identity.institution_claim", body, *([body_quote] if body_quote else []))
    _contacts(mail, evidence)
    skipped = [*(span for span in [person_row] if span), *((company.start, company.end) for company in signed)]
    named = countries(mail.text, closing, mail.lexicon, skipped)
    claimed = named[0] if len(named) == 1 else ""
    evidence.put("identity.claimed_country", claimed)
    _phones(mail, claimed, evidence)
    address = postal_address(mail.text, closing, mail.lexicon)
    evidence.put("identity.address", address[:_MAX_ADDRESS])
    ways = [
        has_phone(mail.text, closing),
        any(True for start, end in closing for _ in find_sites(mail.text[start:end], mail.lexicon, loose=True)),
        bool(address),
    ]
    evidence.put("identity.complete", bool(person) and bool(signed) and sum(ways) >= 2)


def _companies(mail: Mail, closing: list[Span], person_row: Span | None, evidence: Evidence) -> list[Company]:
    """Puts the company facts; returns the companies of the signature."""
    rows = [row for row in closing if row != person_row or "," in mail.text[row[0] : row[1]]]
    signed = [one for one in find_companies(mail.text, rows, mail.lexicon, signature=True) if not _is_ours(one, mail)]
    body_rows = [row for row in mail.read_rows if not inside(closing, row[0])]
    others = find_companies(mail.text, body_rows, mail.lexicon, signature=False)
    others = [one for one in others if not _is_ours(one, mail)]
    own = signed[0] if signed else _of_the_writer(others, mail)
    names = dict.fromkeys(one.name for one in [*([own] if own else []), *signed, *others])
    quotes = [mail.quote(own.start, own.end)] if own else []
    evidence.put("identity.company", own.name if own else "", *quotes)
    evidence.put("identity.companies", list(names))
    if not own or not mail.host or is_free(mail.host, mail.lexicon):
        evidence.miss("identity.company_in_domain", "not_applicable")
    else:
        tokens = company_tokens(own.name, mail.lexicon)
        if tokens:
            evidence.put("identity.company_in_domain", in_domain(tokens, mail.host, mail.lexicon))
        else:
            # A name in another script cannot be compared with a Latin domain without guessing its romanisation.
            evidence.miss("identity.company_in_domain", "not_applicable")
    return signed


def _of_the_writer(companies: list[Company], mail: Mail) -> Company | None:
    """Among companies named in the text: the one introduced as the writer's, or the one that the domain names."""
    for one in companies:
        before = fold(mail.text[max(0, one.start - 120) : one.start])
        if mail.lexicon.introduction.holds(before):
            return one
    free = is_free(mail.host, mail.lexicon)
    return next((one for one in companies if not free and mail.host and _matches(one, mail)), None)


def _matches(one: Company, mail: Mail) -> bool:
    return in_domain(company_tokens(one.name, mail.lexicon), mail.host, mail.lexicon)


def _is_ours(one: Company, mail: Mail) -> bool:
    name = letters_only(one.name)
    return any(len(label) >= 4 and (name.startswith(label) or label.startswith(name)) for label in _own_labels(mail))


def _own_labels(mail: Mail) -> list[str]:
    return [letters_only(split_org(domain, mail.lexicon)[0]) for domain in sorted(mail.own_domains)]


def company_tokens(name: str, lexicon: Lexicon) -> list[str]:
    """The telling Latin words of a company's name: no legal form, no everyday trade word; accents dropped."""
    forms, generic = lexicon.legal_words, lexicon.name_words["generic"]
    plain = [word for word in word_list(bare(name)) if word.isascii()]
    return [word for word in plain if word not in forms and word not in generic and not word.isdigit()]


def in_domain(tokens: list[str], host: str, lexicon: Lexicon) -> bool:
    """Whether a word of three letters or more, or the acronym, is in the domain's name; trade words alone are not."""
    label = letters_only(split_org(host, lexicon)[0])
    telling = [word for word in tokens if word not in lexicon.trade_words] or tokens
    if any(len(word) >= 3 and (word in label or word.replace("ue", "u") in label) for word in telling):
        return True
    acronym = "".join(word[0] for word in tokens)
    joined = "".join(tokens)
    return (len(acronym) >= 2 and acronym in label) or (len(label) >= 4 and joined.startswith(label))


def _contacts(mail: Mail, evidence: Evidence) -> None:
    lexicon, places = mail.lexicon, mail.read_rows
    closing = [mail.parts.closing]
    with_sign = places if "@" in mail.text else ()
    found = [(s + a, s + b, entry) for s, e in with_sign for a, b, entry in find_addresses(mail.text[s:e])]
    found = [row for row in found if not mail.is_own(row[2]) and row[2] not in _our_addresses(mail)][:50]
    evidence.put("identity.emails", list(dict.fromkeys(entry for _, _, entry in found)))
    writer = {
        *word_list(bare(mail.address.partition("@")[0])),
        *word_list(bare(str(evidence.get("identity.person") or ""))),
    }
    other = [row for row in found if inside(closing, row[0]) and _is_foreign(host_of(row[2]), mail)]
    other = [row for row in other if _is_the_writers(row[2], writer, mail)]
    evidence.put("identity.other_email", other[0][2] if other else "", *[mail.quote(a, b) for a, b, _ in other[:1]])
    free = [row for row in found if is_free(host_of(row[2]), lexicon) and row[2] != mail.address]
    evidence.put("identity.freemail_in_text", free[0][2] if free else "", *[mail.quote(a, b) for a, b, _ in free[:1]])
    sites: list[tuple[int, int, str]] = []
    for start, end in places:
        if mail.text.find(".", start, end) < 0:
            continue
        loose = inside(closing, start)
        sites += [(start + a, start + b, host) for a, b, host in find_sites(mail.text[start:end], lexicon, loose=loose)]
    sites = [row for row in sites if not mail.is_own_host(row[2])][:50]
    evidence.put("identity.sites", list(dict.fromkeys(org_domain(host, lexicon) for _, _, host in sites)))
    # A page somewhere (a list's archive, an article) is no site of the writer's: only hosts without a path count.
    roots = [row for row in sites if inside(closing, row[0]) and not mail.text[row[1] : row[1] + 2].strip("/ \n\r\t")]
    differing = [row for row in roots if _is_other_site(row[2], mail)]
    shown = org_domain(differing[0][2], lexicon) if differing else ""
    evidence.put("identity.site_differs", shown, *[mail.quote(a, b) for a, b, _ in differing[:1]])


def _our_addresses(mail: Mail) -> set[str]:
    return {entry.address for entry in mail.message.recipients or ()}


def _is_the_writers(address: str, writer: set[str], mail: Mail) -> bool:
    """A role mailbox or one named like the writer: a list's or a colleague's address below a mail is not his."""
    local = address.partition("@")[0]
    if is_role(local, mail.lexicon.sets["role_locals"]):
        return True
    plain = letters_only(local)
    return any(len(word) >= 3 and word in plain for word in writer)


def _is_foreign(host: str, mail: Mail) -> bool:
    return bool(mail.host) and not are_twins(host, mail.host, mail.lexicon)


def _is_other_site(host: str, mail: Mail) -> bool:
    """A site of the writer's own that is not his mail's: profiles, platforms and chat links are left out."""
    lexicon = mail.lexicon
    if not mail.host or is_free(mail.host, lexicon) or is_free(host, lexicon):
        return False
    if in_list(host, lexicon.name_words["not_sites"]) or in_list(host, lexicon.sets["mail_relays"]):
        return False
    return split_org(host, lexicon)[0] != split_org(mail.host, lexicon)[0]


def _phones(mail: Mail, claimed: str, evidence: Evidence) -> None:
    start, end = mail.parts.closing
    closing = mail.text[start:end][:3000]
    tail = "\n".join(mail.text[a:b] for a, b in mail.read)[-2000:].removesuffix(closing)
    region = claimed or (tld_country(mail.host, mail.lexicon) if mail.host else "")
    numbers = find_phones(f"{closing}\n{tail}", region)
    evidence.put("identity.phones", [e164(number) for number in numbers])
    codes = dict.fromkeys(code for number in numbers if (code := country(number)))
    evidence.put("identity.phone_countries", list(codes))
    evidence.put("identity.phone_mismatch", mismatch(numbers, claimed, mail.lexicon))


def tld_country(host: str, lexicon: Lexicon) -> str:
    """The country of the host's TLD, "" for generic ones and for country TLDs in generic use."""
    tld = host.rsplit(".", 1)[-1]
    return "" if tld in lexicon.sets["generic_cctlds"] else lexicon.cctlds.get(tld, "")
