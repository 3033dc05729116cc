"""The source of an event: the article, the words in it, and how its date came about; for both readers of events."""

from __future__ import annotations

from chronicle.article import Article
from chronicle.event import Source
from chronicle.tagger.mention import TimeMention


def cited(article: Article, main: TimeMention, quote: str, expression: str, span: tuple[int, int], how: str) -> Source:
    """Return the source of an event that ``main`` dates; ``span`` is where the expression stands, in characters of the text."""
    return Source(
        article=article.key,
        published=article.published_text,
        title=article.title,
        publisher=article.publisher,
        url=article.url,
        quote=" ".join(quote.split()),
        expression=expression,
        start=span[0],
        end=span[1],
        anchor=main.previous or (article.published_text if main.published else None),
        how=how,
    )
