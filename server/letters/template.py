"""Jinja2 in a sandbox that can do little more than name a value, ask whether it is there, and go through a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from server.rulebook.errors import Problem, RulebookError

ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Tuple,
    nodes.Filter,
    nodes.Keyword,
)
"""Everything else (attributes, subscripts, calls, imports, macros, assignments) is refused when a template is read."""
FILTERS = ("join",)


def mistake(file: str, line: int, message: str) -> RulebookError:
    """The error of a letter's file that cannot be used: it stops a start, and leaves the old letters at a reload."""
    return RulebookError([Problem(f"letters/{file}", line, "", message)])


class _Sandbox(ImmutableSandboxedEnvironment):
    """No attribute is safe: values are strings and lists of strings."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Never."""
        return False


def _environment(*, html: bool) -> _Sandbox:
    made = _Sandbox(undefined=StrictUndefined, autoescape=html, trim_blocks=True, lstrip_blocks=True)
    made.globals = {}
    kept = cast("dict[str, Any]", made.filters)  # pyright: ignore[reportUnknownMemberType]
    made.filters = {name: kept[name] for name in FILTERS}
    made.tests = {}
    return made


_TEXT, _HTML = _environment(html=False), _environment(html=True)


def compiled(file: str, source: str, values: Iterable[str], *, html: bool = False) -> Template:
    """A template that names only `values`. Raises RulebookError with the file and the name at fault."""
    environment = _HTML if html else _TEXT
    try:
        tree = environment.parse(source)
        _check(file, tree, frozenset(values))
        return environment.from_string(tree)
    except TemplateError as error:
        line = int(getattr(error, "lineno", None) or 1)
        raise mistake(file, line, f"{error.message or type(error).__name__}") from None


def _check(file: str, tree: nodes.Template, values: frozenset[str]) -> None:
    own = {name.name for name in _all(tree, nodes.Name) if name.ctx == "store"}
    for node in _all(tree, nodes.Node):
        if not isinstance(node, ALLOWED):
            raise mistake(file, node.lineno, f"{type(node).__name__.lower()} is not allowed in a letter")
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in values | own:
            known = ", ".join(sorted(values))
            raise mistake(file, node.lineno, f"unknown placeholder {node.name}; there are {known}")
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise mistake(file, node.lineno, f"unknown filter {node.name}; there is {', '.join(FILTERS)}")


def _all(tree: nodes.Template, kind: type[Any]) -> list[Any]:
    found = [tree] if isinstance(tree, kind) else []
    return [*found, *cast("Iterable[Any]", tree.find_all(kind))]
