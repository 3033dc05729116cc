"""The page's scripts in one: ES modules that stand in web/, each made a function, those that it uses before it.

Modules keep to one form: ``import { a, b } from "./x.js";`` or a JSON file, and ``export`` before a function or a constant.
"""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import Final

_IMPORT: Final = re.compile(r'^import (\{[^}]*\}|\w+) from "\./([\w.]+)"(?: with \{ type: "json" \})?;\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (async function|function|const|class) (\w+)", re.MULTILINE)
_COMMENT: Final = re.compile(r"^\s*//.*\n", re.MULTILINE)
_BREAK: Final = re.compile(r"\s*\n\s*")
_INDENT: Final = re.compile(r"^[ ]+", re.MULTILINE)


def web(name: str) -> str:
    """Return a file of web/."""
    return resources.files("chronicle.drawing").joinpath("web", name).read_text("utf-8")


@functools.cache
def bundle(*entries: str) -> str:
    """Return the modules of some entries and all that they use as one script, which lets no name out."""
    done: list[str] = []
    parts: list[str] = []
    for entry in entries:
        _add(entry, done, parts)
    return "(() => {\n" + "".join(parts) + "})();\n"


def _add(name: str, done: list[str], parts: list[str]) -> None:
    if name in done:
        return
    done.append(name)
    source = web(name)
    variable = "_" + name.replace(".", "_")
    if name.endswith(".json"):
        parts.append(f"const {variable} = {_BREAK.sub('', source)};\n")
        return
    for found in _IMPORT.finditer(source):
        _add(found[2], done, parts)
    names = [m[2] for m in _EXPORT.finditer(source)]
    body = _IMPORT.sub(lambda m: f"const {m[1]} = _{m[2].replace('.', '_')};\n", source)
    body = _EXPORT.sub(r"\1 \2", body)
    body = _INDENT.sub("", _COMMENT.sub("", body))
    parts.append(f"const {variable} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();\n")
