"""Readers: articles as people have them, in files of many kinds, to :class:`chronicle.Article`.

Files, folders, globs and standard input ("-"); plain text, Markdown, saved web pages, RSS and Atom, JSON, JSON Lines, CSV, WARC, PDF, .docx, .odt,
EPUB, mail, MediaWiki's dumps, and gzip of these. The publication date is taken from what was given or what the file itself says, never from the clock, the file's age or the text.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from chronicle.article import Article, ArticleError, Published, parse_published
from chronicle.readers.files import places, read_place
from chronicle.readers.limits import USUAL, Limits
from chronicle.readers.place import STDIN, Place

__all__ = ["Limits", "Place", "places", "read_article", "read_articles", "read_place"]


def read_articles(
    *sources: str | Path,
    published: Published = None,
    fields: Mapping[str, str] | None = None,
    on_error: Callable[[ArticleError], None] | None = None,
    limits: Limits = USUAL,
) -> Iterator[Article]:
    """Yield the articles of files, folders and globs, in the order given (a folder's by name); "-" is standard input.

    ``published`` wins over what files say. ``fields`` names the fields of JSON and CSV records that hold text, published, title, url,
    publisher, language or id, where they are not among the usual names. An article that says no publication date has none; where it
    says one, ``published_from`` tells where it was found and how sure it is.

    ``limits`` bounds the size, depth and time of each file. An article that cannot be read raises ArticleError, or, with ``on_error``, is passed to it, and reading goes on. Raises ImportError where
    the extra ``web`` is needed (pages, feeds, WARC) and not installed.

    >>> from pathlib import Path
    >>> _ = Path("a.jsonl").write_text('{"text": "They met."}\\n{"text": "They talked."}\\n')
    >>> [article.text for article in read_articles("a.jsonl", published="2021-07-16")]
    ['They met.', 'They talked.']
    """
    given = parse_published(published) if published is not None else None
    for place in places(sources, on_error):
        yield from _articles(place, given, fields, on_error, limits)


def read_article(path: str | Path, published: Published = None) -> Article:
    """Read the one article of a file, of any kind that :func:`read_articles` reads.

    ``published``, where given, wins over what the file says. Offsets count from the first character of the article's text, after front matter.
    Raises ArticleError for a file that cannot be read, and for one that holds no article or several, with their number; OSError for a
    file that cannot be opened.

    >>> from pathlib import Path
    >>> _ = Path("monday.md").write_text("---\\npublished: 2021-07-16\\n---\\nThey met on Monday.\\n")
    >>> read_article("monday.md").text
    'They met on Monday.\\n'
    """
    path = Path(path)
    if path.is_dir() or str(path) == STDIN:
        raise ArticleError(f"{path}: read_article reads the one article of a file; read_articles({str(path)!r}) reads all that there is")
    path.open("rb").close()  # a file that is not there is Python's own error, as of open()
    found = list(itertools.islice(read_articles(path, published=published), _COUNTED + 1))
    if len(found) != 1:
        number = f"more than {_COUNTED}" if len(found) > _COUNTED else str(len(found) or "no")
        raise ArticleError(f"{path}: holds {number} articles, and read_article reads one; read_articles({str(path)!r}) reads them all")
    return found[0]


_COUNTED: Final = 1000  # articles of a file that are counted for a message


def _articles(
    place: Place,
    given: Published,
    fields: Mapping[str, str] | None,
    on_error: Callable[[ArticleError], None] | None,
    limits: Limits,
) -> Iterable[Article]:
    for found in read_place(place, given, fields, limits):
        if isinstance(found, Article):
            yield found
        elif on_error is None:
            raise found
        else:
            on_error(found)
