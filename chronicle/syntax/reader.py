"""Reader: who makes the trees of an article: an installed spaCy pipeline of its language, or chronicle's own light reader."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from chronicle.errors import InvalidValue, MissingLibrary
from chronicle.syntax.lexicon import Lexicon, lexicon_of
from chronicle.syntax.tree import Given, Tree

AUTO: Final = "auto"
LIGHT: Final = "light"
_GROUP: Final = "spacy_models"
# what is tried first among the pipelines of a language
_SIZES: Final = ("_trf", "_lg", "_md", "_sm")
_EXTRA: Final = "pip install 'chronicle-timeline[english]'"
_EXTRA_FOR: Final = "en"


@frozen
class Reader:
    """Makes trees of sentences. ``name`` is what an event's ``how`` says of it; ``names`` tells whether it marks names itself."""

    name: str
    trees: Callable[[Iterable[Given]], Iterator[Tree]]
    lexicon: Lexicon
    names: bool


def reader_of(language: str, nlp: Any = AUTO) -> Reader:
    """Return who reads articles of a language.

    ``nlp``: "auto" (an installed pipeline of the language, else the light reader), "light", the name of an installed pipeline, or a loaded one.
    Raises MissingLibrary for a pipeline that is not installed, with the command that installs it, and InvalidValue for one that cannot be loaded.
    """
    if nlp is None or nlp == AUTO:
        name = installed(language)
        return _by_name(name, language) if name is not None else _light(language)
    if nlp == LIGHT:
        return _light(language)
    if isinstance(nlp, str):
        return _by_name(nlp, language)
    return _of_pipeline(nlp, language)


@functools.cache
def installed(language: str) -> str | None:
    """Return the name of the best installed pipeline of a language that makes trees, or None."""
    names = sorted({e.name for e in metadata.entry_points(group=_GROUP) if e.name.startswith(f"{language}_")})

    def place(name: str) -> tuple[int, str]:
        return next((i for i, size in enumerate(_SIZES) if name.endswith(size)), len(_SIZES)), name

    return min(names, key=place, default=None)


def missing(name: str) -> str:
    """Say that a pipeline is not installed, and which command brings it; nothing where it is, and for "auto" and "light"."""
    if name == AUTO:
        if installed(_EXTRA_FOR) is None:
            return f"no spaCy pipeline of English is installed, so that the light reader reads; {_EXTRA} brings one, which reads better"
    elif name != LIGHT and find_spec("spacy") is None:
        return f"--nlp {name} needs spaCy: {_EXTRA}"
    elif name != LIGHT and not (name.isidentifier() and find_spec(name) is not None) and not Path(name).is_dir():
        return f"no spaCy pipeline {name!r} is installed: {_EXTRA}, or python -m spacy download {name}; or give --nlp light"
    return ""


@functools.cache
def _by_name(name: str, language: str) -> Reader:
    lacking = missing(name)
    if lacking:
        raise MissingLibrary(lacking)
    import spacy

    try:
        return _of_pipeline(spacy.load(name), language)
    except (OSError, ValueError) as error:
        raise InvalidValue(f"--nlp {name}: spaCy cannot load it: {str(error).splitlines()[0]}") from None


def _of_pipeline(pipeline: Any, language: str) -> Reader:
    from chronicle.syntax import spacy_

    version = str(pipeline.meta.get("version", ""))
    name = f"{pipeline.meta.get('lang', language)}_{pipeline.meta.get('name', 'pipeline')} {version}".strip()
    marks = any(p in pipeline.pipe_names for p in ("ner", "entity_ruler", "span_ruler"))
    if spacy_.has_trees(pipeline):
        lexicon = lexicon_of(language)
        return Reader(name, functools.partial(spacy_.trees, pipeline, lexicon.table("mended_lemmas")), lexicon, marks)
    light = _light(language)
    return Reader(light.name, functools.partial(spacy_.named, pipeline, light.trees), light.lexicon, marks)


def _light(language: str) -> Reader:
    from chronicle.syntax import light

    return Reader(LIGHT, functools.partial(light.trees, lexicon_of(language)), lexicon_of(language), False)
