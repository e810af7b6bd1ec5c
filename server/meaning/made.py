"""What a training leaves in a rule folder: the heads, and the report on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from server.meaning.heads import FILE


def write(out: Path, heads: Mapping[str, Any], report: str) -> Path:
    """Write heads.json and REPORT.md. Returns the path of the first."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / FILE
    path.write_text(json.dumps(heads, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (out / "REPORT.md").write_text(report, encoding="utf-8")
    return path
