"""The ground: dateparser's tables of some two hundred languages (CLDR's, and what its contributors added), read from where it is installed.

Its files are read one by one, without importing dateparser, when a language is asked for first; nothing of them is copied.
"""

from __future__ import annotations

import functools
import importlib.machinery
import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Info = Mapping[str, Any]


@functools.cache
def codes() -> frozenset[str]:
    """Return the codes of the languages that there are tables for; some name their script too (zh-Hant)."""
    folder = _folder()
    return frozenset() if folder is None else frozenset(p.stem for p in folder.glob("[a-z]*.py"))


def find(tag: str) -> str | None:
    """Return the code of the tables for a language tag, the most exact one: those of "sr-Latn", of "pt" for "pt-BR"."""
    known = {code.lower(): code for code in codes()}
    parts = tag.strip().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        code = known.get("-".join(parts[:length]).lower())
        if code is not None:
            return code
    return None


@functools.cache
def info(tag: str) -> Info | None:
    """Return the tables for a language tag, with what its country writes otherwise; None where there are none."""
    code = find(tag)
    folder = _folder()
    if code is None or folder is None:
        return None
    path = str(folder / f"{code}.py")
    loader = importlib.machinery.SourceFileLoader(f"_ground_{code}", path)
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    found: dict[str, Any] = module.info
    locales = found.get("locale_specific") or {}
    country = tag.strip().replace("_", "-").lower()
    own: Mapping[str, Any] = next((locales[name] for name in locales if name.lower() == country), {})
    return {**found, **own}


@functools.cache
def _folder() -> Path | None:
    spec = importlib.util.find_spec("dateparser")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "data" / "date_translation_data"
    return folder if folder.is_dir() else None
