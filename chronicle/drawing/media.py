"""Pictures of events on a page: in the page itself, in a folder beside it, or from their own address where that is asked for."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from pathlib import Path
from typing import Final

from chronicle.drawing.cards import may_link, text
from chronicle.drawing.texts import filled, texts
from chronicle.errors import InvalidValue
from chronicle.event import Media
from chronicle.log import storage

MEDIA: Final = ("inline", "link", "none")
INLINED: Final = 400_000  # bytes up to which a picture stands in the page
_MOST: Final = 20_000_000  # bytes of a picture that is taken at all
_KINDS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"GIF8", "image/gif", ".gif"),
)
_LETTERS: Final = 12


class Pictures:
    """The pictures of one page.

    ``root`` is the folder that files are named from, and none outside it is read; ``page`` is where the page will be, None where nothing
    can be put beside it. ``problems`` says what could not be shown and why.
    """

    def __init__(self, how: str, root: Path, page: Path | None, language: str | None = None) -> None:
        if how not in MEDIA:
            raise InvalidValue(f"media {how!r} is not known: give one of {', '.join(MEDIA)}")
        self.how = how
        self.root = root
        self.page = page
        self.words = texts(language)["list"]
        self.problems: list[str] = []
        self.beside: dict[str, bytes] = {}

    @property
    def allowed(self) -> str:
        """What the page's policy must allow for pictures."""
        return "'self' file: https: http:" if self.how == "link" else "'self' file:" if self.beside else ""

    def show(self, media: Media, title: str) -> str:
        """Return the HTML of a picture, or of a link to it."""
        if self.how == "none":
            return ""
        credit = f'<figcaption dir="auto">{filled(text(self.words["picture_of"]), credit=f"<bdi>{text(media.credit)}</bdi>")}</figcaption>' if media.credit else ""  # fmt: skip
        if media.address:
            if not may_link(media.address):
                self.problems.append(f"{media.address}: not an http or https address")
                return ""
            address = escape(media.address)
            if self.how == "link":
                return self._figure(address, media, title, credit)
            named = filled(text(self.words["picture_at"]), address=f"<bdi>{text(media.alt or media.address)}</bdi>")
            return f'<p class="picture"><a href="{address}" rel="noopener noreferrer">{named}</a></p>'
        source = self._file(media.file or "")
        return self._figure(source, media, title, credit) if source else ""

    @staticmethod
    def _figure(source: str, media: Media, title: str, credit: str) -> str:
        alt = text(media.alt if media.alt is not None else title)
        return f'<figure class="picture"><img src="{source}" alt="{alt}" loading="lazy">{credit}</figure>'

    def _file(self, name: str) -> str | None:
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root.resolve()):
            self.problems.append(f"{name}: a picture lies in the folder of its log")
            return None
        try:
            if path.stat().st_size > _MOST:
                raise InvalidValue(f"larger than {_MOST // 1_000_000} MB")
            raw = path.read_bytes()
            kind, ending = _kind(raw)
        except OSError as error:
            self.problems.append(f"{name}: {error.strerror}")
            return None
        except ValueError as error:
            self.problems.append(f"{name}: {error}")
            return None
        if len(raw) <= INLINED or self.page is None:
            return f"data:{kind};base64,{base64.b64encode(raw).decode('ascii')}"
        told = hashlib.sha256(raw).hexdigest()[:_LETTERS] + ending
        self.beside[told] = raw
        return f"{_folder(self.page).name}/{told}".replace('"', "%22").replace(" ", "%20")

    def write(self) -> None:
        """Put what is too large for the page into a folder beside it."""
        if self.page is not None and self.beside:
            folder = _folder(self.page)
            folder.mkdir(exist_ok=True)
            for name, raw in self.beside.items():
                storage.write_atomically(folder / name, raw)


def _folder(page: Path) -> Path:
    return page.with_name(f"{page.stem}_files")


def _kind(raw: bytes) -> tuple[str, str]:
    for begin, kind, ending in _KINDS:
        if raw.startswith(begin):
            return kind, ending
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "image/webp", ".webp"
    if raw[4:12] == b"ftypavif":
        return "image/avif", ".avif"
    if b"<svg" in raw[:1000]:
        return "image/svg+xml", ".svg"
    raise InvalidValue("not a picture that browsers show (PNG, JPEG, GIF, WebP, AVIF, SVG)")


def data_address(path: Path) -> str:
    """Return a picture's file as an address that stands in the page. Raises ValueError for what is no picture, OSError."""
    raw = path.read_bytes()
    try:
        kind, _ = _kind(raw)
    except ValueError as error:
        raise InvalidValue(f"{path}: {error}") from None
    return f"data:{kind};base64,{base64.b64encode(raw).decode('ascii')}"
