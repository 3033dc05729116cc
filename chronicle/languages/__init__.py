"""Languages: a folder of data each, by its code (ISO 639-1); this loader is the only code among them.

    <code>/*.lang        the words of time and how they combine, the words about expressions (tagger/language.py reads them)
    <code>/words.toml    the words in which times are told (time/words.py)
    <code>/clauses.toml  the words by which clauses are read (syntax/, extraction/), speech.toml what a word may be (the light reader),
                         names.toml what tells names apart
    <code>/page.toml     the texts of pages and figures (drawing/)
    _<family>/*.lang     the rules that related languages share; a language's section [family] names it
    _ground/*.lang       what languages have in common of which only tables of words are known (tagger/ground.py)

Nothing is loaded before it is asked for. A folder may have some of these only: what can be found out about it says :func:`codes`.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

from chronicle.errors import UnknownName

ENGLISH: Final = "en"
# what a folder has, by the ending of the file that says so
TIMES: Final = ".lang"
WORDS: Final = "words.toml"
PAGE: Final = "page.toml"


def base(tag: str) -> str:
    """Return the code of a language tag: "pt" for "pt-BR", "zh" for "zh_Hant"."""
    return tag.strip().lower().replace("_", "-").partition("-")[0]


@functools.cache
def codes(having: str = TIMES) -> tuple[str, ...]:
    """Return the codes of the languages whose folder has a file that ends so, sorted."""
    return tuple(
        sorted(
            folder.name
            for folder in _root().iterdir()
            if folder.is_dir()
            and folder.name[0] != "_"
            and any(file.name.endswith(having) for file in folder.iterdir())
        )
    )


def files(code: str) -> dict[str, str]:
    """Return the texts of a language's .lang files by name. Raises UnknownName, a LookupError, for a language that has none."""
    folder = _folder(code, TIMES)
    found = sorted((file for file in folder.iterdir() if file.name.endswith(TIMES)), key=lambda file: file.name)
    return {f"{code}/{file.name}": file.read_text("utf-8") for file in found}


def family(name: str) -> dict[str, str]:
    """Return the texts of the rules that the languages of a family share, by name. Raises UnknownName, a LookupError, for one that is not there."""
    folder = _root().joinpath(f"_{name}")
    if not folder.is_dir():
        raise UnknownName(f"there is no family of languages {name!r} in chronicle/languages")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(TIMES)), key=lambda file: file.name)
    return {f"_{name}/{file.name}": file.read_text("utf-8") for file in found}


@functools.cache
def table(code: str, name: str) -> Mapping[str, Any]:
    """Return what a file such as words.toml says. Raises UnknownName, a LookupError, for a language that has no such file. Not to be changed."""
    return tomllib.loads(_folder(code, name).joinpath(name).read_text("utf-8"))


def ground_rules(name: str) -> str:
    """Return rules of the ground: what languages have in common of which only tables of words are known."""
    return _root().joinpath("_ground", f"{name}{TIMES}").read_text("utf-8")


def _folder(code: str, having: str) -> Traversable:
    if code not in codes(having):
        known = ", ".join(codes(having))
        say, says = {
            TIMES: ("know", "knows"),
            WORDS: ("tell times in", "tells them in"),
            PAGE: ("write pages in", "writes them in"),
        }[having]
        raise UnknownName(f"chronicle does not {say} the language {code!r}; it {says} {known}")
    return _root().joinpath(code)


def _root() -> Traversable:
    return resources.files("chronicle").joinpath("languages")
