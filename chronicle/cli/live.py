"""Following logs while somebody edits them: what has changed, and a page that is served on this machine only."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
import webbrowser
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from chronicle.cli.terminal import complain, own_fault, say, show_traceback
from chronicle.errors import ChronicleError
from chronicle.log.eventlog import files_in

if TYPE_CHECKING:
    from chronicle.cli.order import Order

_PAUSE: Final = 0.4  # seconds
_HOST: Final = "127.0.0.1"
_SLOWEST: Final = 30  # seconds for a client to send its request


def _state(logs: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Return the time and size of every file of some logs."""
    files = [p for log in logs for p in (files_in(log) if log.is_dir() else [log])]
    found = {}
    for path in files:
        try:
            known = path.stat()
        except OSError:
            continue
        found[path] = (known.st_mtime_ns, known.st_size)
    return found


def changes(logs: tuple[Path, ...]) -> Iterator[None]:
    """Return what yields whenever a file of the logs has changed, has come or has gone since this was called; it never ends by itself."""
    return _changes(logs, _state(logs))


def _changes(logs: tuple[Path, ...], known: dict[Path, tuple[int, int]]) -> Iterator[None]:
    while True:
        time.sleep(_PAUSE)
        found = _state(logs)
        if found != known:
            known = found
            yield


class Site:
    """The page as it was last made well, and what to say of it."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.version = 0
        self.content = b""
        self.make()

    def make(self) -> None:
        """Make the page anew. Raises what reading the logs raises; the page then stays what it was."""
        from chronicle.drawing.page import page

        log, heading, description = self.order.read()
        self.content = page(log, self.order.page_look(heading, description, live=True)).encode("utf-8")
        self.version += 1


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away or took too long; of a fault of ours, a line."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            show_traceback(error)
            complain(own_fault(error))


def make_server(site: Site, port: int) -> ThreadingHTTPServer:
    """Return a server for a site, on the loopback address only. Raises OSError where the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        timeout = _SLOWEST

        def do_GET(self) -> None:  # noqa: N802
            host = self.headers.get("Host", "").rpartition(":")[0]
            if host not in (_HOST, "localhost"):
                # another site's name that leads here could read the page otherwise
                self._answer(HTTPStatus.FORBIDDEN, b"ask for 127.0.0.1 or localhost", "text/plain")
            elif self.path.split("?")[0] == "/":
                self._answer(HTTPStatus.OK, site.content, "text/html; charset=utf-8")
            elif self.path.split("?")[0] == "/version":
                self._answer(HTTPStatus.OK, str(site.version).encode(), "text/plain")
            else:
                self._answer(HTTPStatus.NOT_FOUND, b"there is one page here: /", "text/plain")

        def _answer(self, status: HTTPStatus, content: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet: the terminal is for what changes."""

    server = _Server((_HOST, port), Handler)
    server.daemon_threads = True
    return server


def serve(order: Order, port: int, open_: bool) -> None:
    """Serve the page of some logs, made anew when they change, until Ctrl-C."""
    seen = changes(order.logs)
    site = Site(order)
    try:
        server = make_server(site, port)
    except OSError as error:
        raise click.ClickException(f"port {port} on {_HOST}: {error.strerror}; choose another with --port") from None
    address = f"http://{_HOST}:{server.server_port}/"
    say(f"{address} follows {', '.join(str(p) for p in order.logs)}; Ctrl-C ends it")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    if open_:
        webbrowser.open(address)
    with contextlib.suppress(KeyboardInterrupt):
        for _ in seen:
            try:
                site.make()
            except (ChronicleError, OSError) as error:
                complain(str(error))
            else:
                say("made anew")
    server.shutdown()
