"""chronicle curate"""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from chronicle.cli.options import logs_argument
from chronicle.cli.terminal import say


@click.command(name="curate")
@logs_argument
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the articles, to be shown beside their events; without it there are only the quotes.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default="a free one", help="Port of the page.")
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
def command(logs: tuple[Path, ...], articles: Path | None, port: int, open_: bool) -> int:
    """Decide on the events of logs in a browser: what is proposed, its article beside it, every decision written at once.

    The page is served on this machine only, at an address that holds a token; whoever has the address may write the logs. Ctrl-C ends it,
    and nothing is lost then. Needs the extra curate (Starlette and uvicorn).

    \b
    Example:
      chronicle curate events/story.yaml --articles seeds/ --open
    """
    from chronicle.curate.desk import Desk
    from chronicle.curate.server import HOST, listen, new_token, serve

    desk = Desk(logs, articles)
    try:
        sock = listen(port)
    except OSError as error:
        raise click.ClickException(f"port {port} on {HOST}: {error.strerror}; choose another with --port") from None
    token = new_token()
    address = f"http://{HOST}:{sock.getsockname()[1]}/{token}/"

    def started() -> None:
        say(f"{address} curates {', '.join(str(p) for p in logs)}; Ctrl-C ends it")
        if open_:
            webbrowser.open(address)

    serve(desk, token, sock, started)
    return 0
