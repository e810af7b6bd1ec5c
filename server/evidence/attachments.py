"""Facts of the attachments' file names. Twin: extension/src/evidence/attachments.js."""

from __future__ import annotations

from collections.abc import Mapping

from server.evidence.mail import Mail
from server.evidence.plain import WHITE
from server.model import Evidence

MAX_NAMES = 200
_MAX_NAME = 300
_BIDI = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
"""Marks that turn the order of what follows. U+202C and U+2069 only close them; RLM and LRM are usual in Arabic."""
_ACTIVE = ("executable", "disk_image", "html", "macro")


def attachment_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `attachments.*`."""
    if mail.message.attachments is None:
        return
    names = [entry.name[:_MAX_NAME] for entry in mail.message.attachments[:MAX_NAMES]]
    kinds = mail.lexicon.kinds
    evidence.put("attachments.names", names)
    for fact, kind in (("executables", "executable"), ("disk_images", "disk_image"), ("html", "html"),
                       ("archives", "archive"), ("macro", "macro")):  # fmt: skip
        known = kinds.get(kind, ())
        evidence.put(f"attachments.{fact}", [name for name in names if endings(name)[-1] in known])
    evidence.put("attachments.double_ext", [name for name in names if is_double(name, kinds)])
    evidence.put("attachments.bidi_names", [name for name in names if any(char in _BIDI for char in name)])


def endings(name: str) -> list[str]:
    """The dot-separated parts after the name's first, lower case, blanks and dots at the end dropped."""
    plain = "".join(char for char in name if char not in _BIDI and char != "\x00")
    parts = plain.strip(WHITE).rstrip(WHITE + ".").lower().split(".")
    return [part.strip(WHITE) for part in parts[1:]] or [""]


def is_double(name: str, kinds: Mapping[str, frozenset[str]]) -> bool:
    """A document's ending right before an active one, as in `PO.pdf.html` or `PO.pdf      .exe`."""
    found = endings(name)
    if len(found) < 2:
        return False
    active = any(found[-1] in kinds.get(kind, ()) for kind in _ACTIVE)
    return active and found[-2] in kinds.get("document", ())
