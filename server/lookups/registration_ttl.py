"""How long what RDAP and WHOIS say is kept, in seconds."""

from __future__ import annotations

FOUND_TTL_S = 24 * 3600.0
FREE_TTL_S = 600.0  # nobody had registered it; a crook may do so within the hour
UNKNOWN_TTL_S = 60.0
REFUSED_TTL_S = 300.0  # a registry that counts our questions is left in peace
