"""extract: an article's expressions of time become dated events, each with its sentence, title, status and source."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from attrs import evolve

from chronicle import languages
from chronicle.article import Article, ArticleError, Published
from chronicle.event import Event
from chronicle.extraction import events, plain
from chronicle.readers import read_article
from chronicle.readers.files import is_file_name
from chronicle.syntax.reader import AUTO, reader_of

# what reading the clauses of a language needs
READ: Final = "clauses.toml"


def extract(
    article: Article | str | Path, published: Published = None, *, undated: bool = False, nlp: Any = AUTO
) -> list[Event]:
    """Return the dated events of an article, in the order of its text: one for each happening, named by its predicate.

    ``article`` may also be a text, or a Path: a file of any kind that :func:`chronicle.read_article` reads. A text of one word that ends as such a
    file does ("monday.md") is taken for its path. ``published`` is the publication date of a text, and wins over what a file or an Article says.
    Raises ArticleError for a file that cannot be read, a publication date that is none, and for what is no article.

    >>> [(str(e.when), e.status) for e in extract("They will meet on Monday.", published="2021-07-16")]
    [('2021-07-19', 'planned')]

    Every resolved date that dates something yields an event; so does a relative expression that could not be resolved, without ``when``
    and with the reason. References to the present, mere lengths of time and repeated times yield none, unless ``undated`` asks for what
    they belong to, too. ``nlp`` says who reads the sentences: "auto" (an installed spaCy pipeline of the article's language, else the
    light reader), "light", the name of an installed pipeline, or a loaded one; a pipeline without a parser gives names only, and the light
    reader the rest. Of a language whose clauses chronicle has no words for, a title is the sentence. Raises MissingLibrary for a pipeline
    that is not installed, and UnknownName for a language that chronicle does not know.
    """
    article = _article(article, published)
    code = languages.base(article.language)
    if code not in languages.codes(READ):
        return plain.events_of(article, undated)
    return events.events_of(article, undated, reader_of(code, nlp))


def _article(given: Article | str | Path, published: Published) -> Article:
    """Return the article that was given, its text or its file."""
    if isinstance(given, Article):
        return given if published is None else evolve(given, published=published)
    if isinstance(given, Path) or (isinstance(given, str) and is_file_name(given)):
        return read_article(given, published)
    if isinstance(given, str):
        return Article(given, published)
    raise ArticleError(f"extract takes one Article, text or Path of a file at a time, not {type(given).__name__}")
