"""Texts: every word of the page and the figure that is not an event's, by language; ``chronicle/languages/<code>/page.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any, Final

from chronicle.time.when import When

ENGLISH: Final = "en"


def languages() -> list[str]:
    """Return the codes of the languages that pages can be written in."""
    folder = resources.files("chronicle").joinpath("languages")
    return sorted(p.name for p in folder.iterdir() if p.joinpath("page.toml").is_file())


@functools.cache
def texts(language: str | None = None) -> dict[str, Any]:
    """Return the texts of a language, what it has not in English.

    A language without texts, or none, has those of English; a tag such as de-AT those of its first part. Read them, never change them.
    """
    own = _read(ENGLISH)
    code = (language or ENGLISH).lower().split("-")[0]
    if code == ENGLISH or code not in languages():
        return own
    return {name: {**section, **_read(code).get(name, {})} for name, section in own.items()}


def _read(code: str) -> dict[str, Any]:
    file = resources.files("chronicle").joinpath("languages", code, "page.toml")
    return tomllib.loads(file.read_text("utf-8"))


def counted(words: Mapping[str, Any], section: str, key: str, number: int, **more: str) -> str:
    """Return a text with a number in it, in the form that the number asks for: ``key_one`` or ``key_other``."""
    pattern = str(words[section][f"{key}_one" if number == 1 else f"{key}_other"])
    return filled(pattern, n=f"{number:,}".replace(",", str(words["chart"]["thousands"])), **more)


def filled(pattern: str, **values: str) -> str:
    """Return a text with its {names} filled in."""
    for name, value in values.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern


def said(when: When, language: str | None = None) -> str:
    """Return a time in the words of a language, in English where chronicle does not tell times in it."""
    try:
        return when.words((language or ENGLISH).lower().split("-")[0])
    except LookupError:
        return when.words()
