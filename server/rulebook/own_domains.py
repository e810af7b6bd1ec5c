"""Whether what the admin names as ours can be ours: nobody owns a public mailbox provider or a public suffix."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping


def cannot_be_ours(names: Iterable[str], lookup: Mapping[str, Container[str]]) -> str:
    """What is wrong with the first of our domains that everybody shares, in words for the admin; "" if none is.

    Whole addresses may be anywhere. `lookup` is the rulebook's; hosts are in lower case, other scripts in punycode.
    """
    for name in names:
        if "@" in name:
            continue
        if name in lookup["free_providers"] or name in lookup["disposable"]:
            return (
                f"{name} is a public mailbox provider: all its users would count as us. List your address, sales@{name}"
            )
        if _is_public_suffix(name, lookup["psl"]):
            return f"{name} is a public suffix, under which anybody can register: list your own domain below it"
    return ""


def _is_public_suffix(name: str, rules: Container[str]) -> bool:
    """The algorithm of publicsuffix.org, for a whole name."""
    labels = [_unicode(label) for label in name.split(".")]
    seen = ".".join(labels)
    return seen in rules or (f"*.{'.'.join(labels[1:])}" in rules and f"!{seen}" not in rules)


def _unicode(label: str) -> str:
    try:
        return label[4:].encode().decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label
