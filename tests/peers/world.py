"""A small outside world on loopback: DNS, RDAP and WHOIS for a table of domains, and the settings that lead there.

As a program (`python -m tests.peers.world --json [table.json]`) it prints its settings as one line of JSON and runs
until its standard input closes. Names under .test, .example, .invalid and their like are never looked up: use others.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from tests.peers.registry import Entry, Registry
from tests.peers.scripted_dns import ScriptedDns


@dataclass(frozen=True)
class Domain:
    """One domain of the world. Empty is "none"; `dns` may be made to fail; `registry` says who answers and how.

    `mx` and `ns` hold host names (`(".",)` is a null MX), `spf`, `dmarc` and `mta_sts` whole records.
    """

    mx: tuple[str, ...] = ("mx1.mail-host.net",)
    a: tuple[str, ...] = ("93.184.215.14",)
    spf: str = "v=spf1 include:mail-host.net -all"
    dmarc: str = "v=DMARC1; p=reject"
    ns: tuple[str, ...] = ("ns1.name-host.net", "ns2.name-host.net")
    mta_sts: str = "v=STSv1; id=20260101"
    created: str = "2003-04-01T00:00:00Z"
    expires: str = "2031-04-01T00:00:00Z"
    registrar: str = "Peer Registrar Ltd"
    status: tuple[str, ...] = ("client transfer prohibited",)
    dns: Literal["ok", "hang", "servfail", "refused"] = "ok"
    registry: Literal["rdap", "whois", "hang", "free", "refused"] = "rdap"

    def entry(self) -> Entry | None:
        """The registry's view; None where nobody has registered it."""
        known: dict[str, Any] = {
            "created": self.created,
            "expires": self.expires,
            "registrar": self.registrar,
            "status": self.status,
        }
        match self.registry:
            case "rdap":
                return Entry(**known)
            case "whois":
                return Entry(**known, rdap="garbage")
            case "hang":
                return Entry(**known, rdap="hang", whois="hang")
            case "refused":
                return Entry(**known, rdap="ratelimit", whois="ratelimit")
            case "free":
                return None


DOMAINS: dict[str, Domain] = {
    "nordwind-tools.com": Domain(),
    "new-buyer-group.com": Domain(created="2026-11-01T00:00:00Z", spf="", dmarc=""),
    "old-whois-firm.net": Domain(registry="whois", dmarc="v=DMARC1; p=none", spf="v=spf1 a mx ~all"),
    "takes-no-mail.com": Domain(mx=(".",), spf="v=spf1 -all"),
    "only-address.org": Domain(mx=(), spf="", dmarc=""),
    "slow-registry.com": Domain(registry="hang"),
    "broken-dns.net": Domain(dns="servfail"),
}


SERVICE = {"mail-host.net": Domain(spf="v=spf1 ip4:93.184.215.0/24 -all")}
"""What the usual SPF record includes; there in every world."""


class World:
    """A context manager; `settings` are environment variables for the server."""

    def __init__(self, domains: Mapping[str, Domain] | None = None) -> None:
        self.domains = dict(DOMAINS if domains is None else domains)
        entries = {name: entry for name, domain in self.domains.items() if (entry := domain.entry()) is not None}
        self.registry = Registry(entries)
        self.dns = ScriptedDns(self._answer)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="world-")))
            stack.enter_context(self.registry)
            stack.enter_context(self.dns)
            tlds = sorted({name.rpartition(".")[2] for name in self.domains})
            bootstrap = folder / "rdap.json"
            bootstrap.write_text(json.dumps({"services": [[tlds, [self.registry.rdap_url]]]}))
            self.settings = {
                "BACKTONE_RESOLVERS": self.dns.address,
                "BACKTONE_WHOIS_MAP": ",".join(f"{tld}={self.registry.whois_address}" for tld in tlds),
                "BACKTONE_RDAP_BOOTSTRAP": str(bootstrap),
            }
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def _answer(self, query: dns.message.Message, _tcp: bool) -> dns.message.Message | None:
        answer = dns.message.make_response(query, recursion_available=True)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        host = name.removeprefix("_dmarc.").removeprefix("_mta-sts.")
        domain = self.domains.get(host) or SERVICE.get(host)
        if domain is None:
            if "." in name:  # top-level domains exist: a server that denies those is not believed
                answer.set_rcode(dns.rcode.NXDOMAIN)
            return answer
        if domain.dns != "ok":
            answer.set_rcode(dns.rcode.SERVFAIL if domain.dns == "servfail" else dns.rcode.REFUSED)
            return None if domain.dns == "hang" else answer
        kind = dns.rdatatype.to_text(question.rdtype)
        if name != host:
            record = domain.dmarc if name.startswith("_dmarc.") else domain.mta_sts
            texts = [quoted(record)] if record and kind == "TXT" else []
            if not record:
                answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            texts = records(domain, kind)
        if texts:
            answer.answer.append(dns.rrset.from_text_list(question.name, 300, "IN", kind, texts))
        return answer


def records(domain: Domain, kind: str) -> list[str]:
    """The records of one type, as a zone file has them."""
    match kind:
        case "MX":
            return [f"{10 * at} {host.rstrip('.')}." for at, host in enumerate(domain.mx)]
        case "A":
            return list(domain.a)
        case "NS":
            return [f"{host}." for host in domain.ns]
        case "TXT":
            return [quoted("some-verification=abc"), *([quoted(domain.spf)] if domain.spf else [])]
        case _:
            return []


def quoted(text: str) -> str:
    """A text as a TXT record's strings of at most 255 octets."""
    parts = [text[at : at + 255] for at in range(0, len(text), 255)]
    return " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts)


def read_table(path: Path) -> dict[str, Domain]:
    """A table of domains from JSON: {"name": {field of Domain: value}}."""
    names = {field.name for field in fields(Domain)}
    table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    domains: dict[str, Domain] = {}
    for name, given in table.items():
        if wrong := given.keys() - names:
            raise SystemExit(f"{name}: no such field {sorted(wrong)}; there are {sorted(names)}")
        domains[name] = Domain(
            **{key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
        )
    return domains


def main(arguments: list[str]) -> None:
    """Run until standard input closes."""
    paths = [Path(argument) for argument in arguments if not argument.startswith("--")]
    with World(read_table(paths[0]) if paths else None) as world:
        known = {name: asdict(domain) for name, domain in world.domains.items()}
        out = world.settings if "--json" in arguments else {"settings": world.settings, "domains": known}
        print(json.dumps(out), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1:])
