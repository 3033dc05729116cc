"""extract: an article's expressions of time become dated events, each with its sentence, title, status and source."""

from __future__ import annotations

from typing import Any, Final

from chronicle import languages
from chronicle.article import Article
from chronicle.event import Event
from chronicle.extraction import events, plain
from chronicle.syntax.reader import AUTO, reader_of

# what reading the clauses of a language needs
READ: Final = "clauses.toml"


def extract(article: Article, *, undated: bool = False, nlp: Any = AUTO) -> list[Event]:
    """Return the dated events of an article, in the order of its text: one for each happening, named by its predicate.

    Every resolved date that dates something yields an event; so does a relative expression that could not be resolved, without ``when``
    and with the reason. References to the present, mere lengths of time and repeated times yield none, unless ``undated`` asks for what
    they belong to, too. ``nlp`` says who reads the sentences: "auto" (an installed spaCy pipeline of the article's language, else the
    light reader), "light", the name of an installed pipeline, or a loaded one; a pipeline without a parser gives names only, and the light
    reader the rest. Of a language whose clauses chronicle has no words for, a title is the sentence. Raises MissingLibrary for a pipeline
    that is not installed, and UnknownName for a language that chronicle does not know.
    """
    code = languages.base(article.language)
    if code not in languages.codes(READ):
        return plain.events_of(article, undated)
    return events.events_of(article, undated, reader_of(code, nlp))
