"""chronicle render"""

from __future__ import annotations

import contextlib
import html
from collections import Counter
from pathlib import Path

import click

from chronicle.cli.options import logs_argument, review_option
from chronicle.cli.order import Order
from chronicle.cli.terminal import complain, say
from chronicle.errors import ChronicleError, InvalidValue
from chronicle.event import Event

_PAGES = (".html", ".htm")
_PICTURES = (".png", ".svg", ".pdf")
_PORT = 8765


@click.command(name="render")
@logs_argument
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: a page (.html) or a picture (.png, .svg, .pdf).",
)  # fmt: skip
@click.option("--title", help="The title; without it those of the logs.")
@click.option("--lanes", help="Keep events apart by story, tag, place, person, organisation, source or status.")
@click.option("--now", is_flag=True, help="Draw a line at the publication date of the latest source.")
@click.option(
    "--theme", type=click.Choice(("auto", "light", "dark")), default="auto", help="auto: as the reader's system."
)
@click.option(
    "--plotlyjs", type=click.Choice(("inline", "cdn", "directory", "basic")), default="inline",
    help="inline: all in the page; directory: plotly.min.js beside it; cdn, basic: from Plotly's server, whole or basic.",
)  # fmt: skip
@review_option
@click.option("--language", metavar="CODE", help="The language of the page's own texts, such as en.")
@click.option(
    "--canonical", metavar="ADDRESS", help="The address at which the page will stand, for search and sharing."
)
@click.option("--embed", is_flag=True, help="A page that fits into another's iframe; prints what to put there.")
@click.option("--accent", metavar="#RRGGBB", help="The colour of links and dates; kept readable.")
@click.option("--font", metavar="FONT", help="A CSS font family.")
@click.option(
    "--logo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A picture to stand over the title."
)
@click.option("--colophon/--no-colophon", default=True, help="Say at the end of the page what drew it (it does).")
@click.option(
    "--media", type=click.Choice(("inline", "link", "none")), default="inline",
    help="Pictures of events. inline: files in the page or beside it, addresses as links; link: fetched from their addresses; none.",
)  # fmt: skip
@click.option("--watch", is_flag=True, help="Go on, and write the file anew whenever a log changes.")
@click.option(
    "--serve", is_flag=True, help="Show the page at a local address that follows the logs; nothing else can reach it."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, help=f"The port of --serve ({_PORT}; 0: a free one)."
)
@click.option("--open", "open_", is_flag=True, help="Open the page in a browser.")
def command(
    logs: tuple[Path, ...],
    output: Path | None,
    title: str | None,
    lanes: str | None,
    now: bool,
    theme: str,
    plotlyjs: str,
    review: tuple[str, ...],
    language: str | None,
    canonical: str | None,
    embed: bool,
    accent: str | None,
    font: str | None,
    logo: Path | None,
    colophon: bool,
    media: str,
    watch: bool,
    serve: bool,
    port: int,
    open_: bool,
) -> int:
    """Draw the events of logs (files or folders) as a timeline page, one HTML file that works offline, or as a picture.

    \b
    Example:
      chronicle render events/afghan-peace.yaml -o build/afghan-peace.html
      chronicle render events/ -o build/timeline.html --lanes story --open
      chronicle render events/ --serve --open
      chronicle render events/afghan-peace.yaml -o page.html --review confirmed
      chronicle render events/afghan-peace.yaml -o talks.png
    """
    from chronicle.drawing import lanes as laning

    try:
        laning.check(lanes)
    except InvalidValue as error:
        raise click.UsageError(str(error)) from None
    look = {"language": language, "canonical": canonical, "embed": embed, "accent": accent, "font": font, "logo": logo,
            "colophon": colophon, "media": media}  # fmt: skip
    order = Order(logs, title, lanes, now, theme, plotlyjs, review, {k: v for k, v in look.items() if v is not None})
    if serve:
        if output is not None or watch:
            raise click.UsageError("--serve writes no file: leave out -o and --watch")
        from chronicle.cli.live import serve as serve_pages

        serve_pages(order, port, open_)
        return 0
    if output is None:
        raise click.UsageError("say where to write with -o PAGE.html, or use --serve")
    suffix = output.suffix.lower()
    if suffix not in _PAGES + _PICTURES:
        raise click.UsageError(
            f"-o {output}: chronicle writes pages ({', '.join(_PAGES)}) and pictures ({', '.join(_PICTURES)})"
        )
    seen = None
    if watch:
        from chronicle.cli.live import changes

        seen = changes(logs)  # from before the first drawing, so that no change is missed
    _write(order, output)
    if open_:
        click.launch(output.resolve().as_uri())
    if seen is not None:
        say(f"watching {', '.join(str(p) for p in logs)}; Ctrl-C ends it")
        with contextlib.suppress(KeyboardInterrupt):
            for _ in seen:
                try:
                    _write(order, output)
                except (ChronicleError, OSError) as error:
                    complain(str(error))
    return 0


def _write(order: Order, output: Path) -> None:
    """Draw the logs once."""
    log, heading, description = order.read()
    shown = order.drawn(log)
    is_page = output.suffix.lower() in _PAGES
    if is_page:
        from chronicle.drawing.page import write

        for problem in write(log, output, order.page_look(heading, description)):
            complain(f"a picture is left out: {problem}")
    else:
        from chronicle.drawing.picture import write_picture

        theme = "light" if order.theme == "auto" else order.theme
        write_picture(shown, output, heading, lanes=order.lanes, now=order.now, theme=theme)
    files = len(log.files)
    hint = "; open it in a browser" if is_page else ""
    events = f"{len(shown)} event{'' if len(shown) == 1 else 's'}"
    say(f"{output}: {events} from {files} log{'' if files == 1 else 's'}{_checked(shown)}{hint}")
    if is_page and order.look.get("embed"):
        name, told = html.escape(output.name), html.escape(heading or "Timeline")
        say(f'<iframe src="{name}" title="{told}" width="100%" height="640" loading="lazy" style="border: 0"></iframe>')


def _checked(shown: list[Event]) -> str:
    """Say how many of the events a person has confirmed, where some are not."""
    counts = Counter(e.review for e in shown)
    if not counts["proposed"]:
        return ""
    if not counts["confirmed"]:
        return " (none confirmed)"
    return f" ({counts['confirmed']} confirmed, {counts['proposed']} only proposed; --review confirmed leaves these out)"
