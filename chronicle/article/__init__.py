"""Article: a text and what is known of it; its publication date, as it is written in metadata; .txt and .md files.

The publication date is the anchor of everything relative, so it is taken from what was given or stands in the file's own words on itself, and
from nowhere else: never from the clock, the file's age or the text.
"""

from chronicle.article.article import Article
from chronicle.article.front import article_of_text, articles_in, read_article
from chronicle.article.published import ArticleError, Published, parse_published, published_day

__all__ = [
    "Article", "ArticleError", "Published", "article_of_text", "articles_in", "parse_published", "published_day", "read_article",
]  # fmt: skip
