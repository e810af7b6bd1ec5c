"""Facts of file names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.evidence.attachments import attachment_facts
from server.model import Attachment, Evidence

Facts = Callable[..., Evidence]


@pytest.mark.parametrize(
    ("name", "hits"),
    [
        ("PO.pdf", []),
        ("spec.v1.2.pdf", []),
        ("PO_4471.pdf.html", ["double_ext", "html"]),
        ("PO.pdf.exe", ["double_ext", "executables"]),
        ("PO.pdf          .SCR", ["double_ext", "executables"]),
        ("invoice.exe. ", ["executables"]),
        ("drawing.step.zip", ["archives"]),
        ("price.xlsm", ["macro"]),
        ("RFQ.iso", ["disk_images"]),
        ("order.one", ["disk_images"]),
        ("invoice\u202efdp.exe", ["bidi_names", "executables"]),
        ("عقد\u200f.pdf", []),
        ("README", []),
        ("", []),
        (".html", ["html"]),
    ],
)
def test_kinds(name: str, hits: list[str], facts: Facts) -> None:
    found = facts(attachment_facts, attachments=(Attachment(name),))
    groups = ("executables", "disk_images", "double_ext", "html", "archives", "macro", "bidi_names")
    assert sorted(group for group in groups if found.get(f"attachments.{group}") == [name]) == hits


def test_known_to_have_none_is_not_unknown(facts: Facts) -> None:
    assert facts(attachment_facts, attachments=()).get("attachments.names") == []
    assert facts(attachment_facts).get("attachments.names") is None
