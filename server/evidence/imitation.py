"""Whether a host imitates the official domain of a protected brand. Twin: extension/src/evidence/imitation.js."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from server.evidence.lexicon import Brand, Lexicon
from server.evidence.names import distance, is_free, is_ip, is_national_or_com, official_brand, skeleton, split_org


@dataclass(frozen=True, slots=True)
class _Target:
    """An official brand domain, taken apart once."""

    brand: Brand
    domain: str
    name: str
    look: str
    national: bool


@dataclass(frozen=True, slots=True)
class _Targets:
    """All official domains in the table's order, with indexes that leave a handful to compare."""

    rows: list[_Target]
    by_name: dict[str, list[int]]
    by_look: dict[str, list[int]]
    by_start: dict[tuple[str, int], list[int]]
    """First letter and length, hyphens left out."""

    def near(self, name: str, look: str) -> set[int]:
        """The targets of this name or look, and those of like length that start with the same letter."""
        plain = name.replace("-", "")
        found = {*self.by_name.get(name, ()), *self.by_look.get(look, ())}
        for size in range(len(plain) - 2, len(plain) + 3):
            found.update(self.by_start.get((plain[:1], size), ()))
        return found


@lru_cache(maxsize=4)
def _targets(lexicon: Lexicon) -> _Targets:
    found: list[_Target] = []
    for domain, brand in lexicon.official.items():
        name, suffix = split_org(domain, lexicon)
        if len(name) >= 3 and not name.isdigit():
            found.append(_Target(brand, domain, name, skeleton(name, lexicon), is_national_or_com(suffix, lexicon)))
    ready = _Targets(found, {}, {}, {})
    for number, target in enumerate(found):
        plain = target.name.replace("-", "")
        ready.by_name.setdefault(target.name, []).append(number)
        ready.by_look.setdefault(target.look, []).append(number)
        ready.by_start.setdefault((plain[:1], len(plain)), []).append(number)
    return ready


def imitates_brand(host: str, lexicon: Lexicon) -> tuple[Brand, str] | None:
    """The brand, and its official domain, that a host imitates.

    Stricter than `imitates`, because there are many brands and honest firms near them: the first letter stays, names
    under five letters count only by look or by a doubled letter, other country domains of the name are the brand's.
    """
    if not host or official_brand(host, lexicon) is not None or is_free(host, lexicon) or is_ip(host):
        return None
    name, suffix = split_org(host, lexicon)
    look, national = skeleton(name, lexicon), is_national_or_com(suffix, lexicon)
    targets = _targets(lexicon)
    for target in (targets.rows[number] for number in sorted(targets.near(name, look))):
        if name == target.name:
            # Not equal domains (that would be official), so: another TLD of the name, perhaps the brand's own.
            if len(name) >= 5 and not target.brand.everyday and not (national and target.national):
                return target.brand, target.domain
        elif look == target.look or _is_near_brand(name, target.name):
            return target.brand, target.domain
    return None


def _is_near_brand(name: str, label: str) -> bool:
    one, other = name.replace("-", ""), label.replace("-", "")
    if one[:1] != other[:1] or abs(len(one) - len(other)) > 2:
        return False
    if len(other) < 5:
        return any(one == other[: at + 1] + other[at:] for at in range(len(other)))
    return distance(one, other, 2) <= (2 if len(other) >= 8 else 1)
