"""Which elements a reader does not see: hidden by attribute or by their own style."""

from __future__ import annotations

from collections.abc import Mapping

Attributes = Mapping[str, str | None]
_ZERO_UNITS = ("px", "pt", "em", "rem", "ex", "%", "cm", "mm", "in", "vw", "vh", "!important")
_MAX_STYLE = 2000


def declarations(attributes: Attributes) -> dict[str, str]:
    """The element's inline style as name and value, lower case, blanks dropped."""
    style = (attributes.get("style") or "")[:_MAX_STYLE].lower()
    if not style:
        return {}
    pairs = (part.partition(":") for part in "".join(style.split()).split(";"))
    return {name: value for name, colon, value in pairs if colon}


def is_hidden(tag: str, attributes: Attributes) -> bool:
    """Not shown at all, with everything inside it."""
    if "hidden" in attributes or (tag == "input" and (attributes.get("type") or "").lower() == "hidden"):
        return True
    style = declarations(attributes)
    if not style:
        return False
    if style.get("display", "").startswith("none") or style.get("visibility", "").startswith(("hidden", "collapse")):
        return True
    if _is_zero(style.get("opacity", "")) or style.get("mso-hide", "").startswith("all"):
        return True
    clipped = style.get("overflow", "").startswith("hidden")
    return clipped and any(_is_zero(style.get(name, "")) for name in ("max-height", "height", "max-width", "width"))


def zero_font(attributes: Attributes, inherited: bool) -> bool:
    """Whether text right inside is too small to be seen; a child may set a size of its own again."""
    if not attributes.get("style"):
        return inherited
    size = declarations(attributes).get("font-size", "")
    return _is_zero(size) if size else inherited


def _is_zero(value: str) -> bool:
    number = value
    for unit in _ZERO_UNITS:
        number = number.removesuffix(unit)
    for unit in _ZERO_UNITS:
        number = number.removesuffix(unit)
    digits = number.replace(".", "", 1)
    return digits.isascii() and digits.isdigit() and float(number) <= (1.0 if value.startswith(("1px", "1pt")) else 0.0)
