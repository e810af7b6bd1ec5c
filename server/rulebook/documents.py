"""YAML with line numbers. Only `true` and `false` are booleans, so a phrase `no` or `on` stays a word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from sys import intern
from typing import Any, cast

import yaml

from server.rulebook.errors import Problem

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}\Z")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_compose = partial(cast("Callable[..., yaml.Node | None]", yaml.compose), Loader=_LOADER)  # pyright: ignore[reportUnknownMemberType]


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its name below the rule folder, its data, and its text, of which only a mistake asks the lines.

    The tree that knows them takes ten times the memory of the data, and while all files had theirs the data that stays
    came to lie between them (measured: 14 MB more for as long as the server runs).
    """

    file: str
    data: Any
    text: str = field(repr=False)

    def line(self, *path: str | int) -> int:
        """The line of a field, counted from 1; of its nearest parent if the field is not there."""
        node, line = _tree(self.text), 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == str(step)), None)
                if pair is None:
                    break
                line, node = cast(int, pair[0].start_mark.line) + 1, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = cast(int, node.start_mark.line) + 1
            else:
                break
        return line

    def problem(self, message: str, *path: str | int) -> Problem:
        """A problem at a field of this file."""
        return Problem(self.file, self.line(*path), dotted(path), message)


@lru_cache(maxsize=1)
def _tree(text: str) -> yaml.Node | None:
    return _compose(text)


def dotted(path: tuple[str | int, ...]) -> str:
    """`("phrases", "en", 2)` as `phrases.en[2]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def read_yaml(path: Path, name: str, problems: list[Problem]) -> Document | None:
    """The document of a file, or None with the mistakes added to `problems`. `name` is what messages call the file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(name, 1, "", f"cannot be read: {error}"))
        return None
    try:
        root = _compose(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        problems.append(Problem(name, (mark.line + 1) if mark else 1, "", f"is not YAML: {what}"))
        return None
    found: list[Problem] = []
    data = _value(root, name, found) if root is not None else None
    problems += found
    return None if found else Document(name, data, text)


def _value(node: yaml.Node, name: str, problems: list[Problem]) -> Any:
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = intern(key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.value))
            if key in result:
                problems.append(Problem(name, key_node.start_mark.line + 1, key, "stands twice"))
            result[key] = _value(value_node, name, problems)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, name, problems) for item in node.value]
    return _scalar(cast(yaml.ScalarNode, node))


def _scalar(node: yaml.ScalarNode) -> bool | int | float | str | None:
    text = cast(str, node.value)
    if node.style:  # quoted or a block: always text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text
