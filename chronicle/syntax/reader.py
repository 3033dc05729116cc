"""Reader: who makes the trees of an article: an installed spaCy pipeline of its language, or chronicle's own light reader."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from typing import Any, Final

from attrs import frozen

from chronicle.syntax.lexicon import Lexicon, lexicon_of
from chronicle.syntax.tree import Tree

AUTO: Final = "auto"
LIGHT: Final = "light"
_GROUP: Final = "spacy_models"
# what is tried first among the pipelines of a language
_SIZES: Final = ("_trf", "_lg", "_md", "_sm")
_EXTRA: Final = "chronicle-timeline[english]"


@frozen
class Reader:
    """Makes trees of sentences. ``name`` is what an event's ``how`` says of it; ``names`` tells whether it marks names itself."""

    name: str
    trees: Callable[[Iterable[tuple[str, int]]], Iterator[Tree]]
    lexicon: Lexicon
    names: bool


def reader_of(language: str, nlp: Any = AUTO) -> Reader:
    """Return who reads articles of a language.

    ``nlp``: "auto" (an installed pipeline of the language, else the light reader), "light", the name of an installed pipeline, or a loaded one.
    Raises LookupError for a pipeline that is not installed, with the command that installs it.
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


@functools.cache
def _by_name(name: str, language: str) -> Reader:
    try:
        import spacy

        pipeline = spacy.load(name)
    except (ImportError, OSError):
        raise LookupError(
            f"no spaCy pipeline {name!r} is installed: pip install '{_EXTRA}', or python -m spacy download {name}; --nlp light reads without one"
        ) from None
    return _of_pipeline(pipeline, language)


def _of_pipeline(pipeline: Any, language: str) -> Reader:
    from chronicle.syntax import spacy_

    version = str(pipeline.meta.get("version", ""))
    name = f"{pipeline.meta.get('lang', language)}_{pipeline.meta.get('name', 'pipeline')} {version}".strip()
    marks = any(p in pipeline.pipe_names for p in ("ner", "entity_ruler", "span_ruler"))
    if spacy_.has_trees(pipeline):
        return Reader(name, functools.partial(spacy_.trees, pipeline), lexicon_of(language), marks)
    light = _light(language)
    return Reader(light.name, functools.partial(spacy_.named, pipeline, light.trees), light.lexicon, marks)


def _light(language: str) -> Reader:
    from chronicle.syntax import light

    return Reader(LIGHT, functools.partial(light.trees, lexicon_of(language)), lexicon_of(language), False)
