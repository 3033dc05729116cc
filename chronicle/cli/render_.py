"""chronicle render"""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from chronicle.cli.options import logs_argument
from chronicle.cli.order import Order
from chronicle.cli.terminal import complain, say
from chronicle.errors import ChronicleError, InvalidValue

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
      chronicle render events/afghan-peace.yaml -o talks.png
    """
    from chronicle.drawing import lanes as laning

    try:
        laning.check(lanes)
    except InvalidValue as error:
        raise click.UsageError(str(error)) from None
    order = Order(logs, title, lanes, now, theme, plotlyjs)
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
    _write(order, output)
    if open_:
        click.launch(output.resolve().as_uri())
    if watch:
        from chronicle.cli.live import changes

        say(f"watching {', '.join(str(p) for p in logs)}; Ctrl-C ends it")
        with contextlib.suppress(KeyboardInterrupt):
            for _ in changes(logs):
                try:
                    _write(order, output)
                except (ChronicleError, OSError) as error:
                    complain(str(error))
    return 0


def _write(order: Order, output: Path) -> None:
    """Draw the logs once."""
    events, heading, description = order.read()
    if output.suffix.lower() in _PICTURES:
        from chronicle.drawing.picture import write_picture

        write_picture(
            events,
            output,
            heading,
            lanes=order.lanes,
            now=order.now,
            theme="light" if order.theme == "auto" else order.theme,
        )
    else:
        from chronicle.drawing.page import write_html

        write_html(
            events, output, heading, description, lanes=order.lanes, now=order.now, theme=order.theme, plotlyjs=order.plotlyjs
        )  # fmt: skip
    shown = sum(1 for e in events if e.review != "rejected")
    files = len(events.files)
    hint = "; open it in a browser" if output.suffix.lower() in _PAGES else ""
    say(f"{output}: {shown} events from {files} log{'' if files == 1 else 's'}{hint}")
