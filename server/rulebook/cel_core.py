"""CEL without its command line.

The package's own __init__ imports its command line, and that two terminal libraries: 0.15 s and 24 MB for nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType

sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))
import cel  # noqa: E402

__all__ = ["cel"]
