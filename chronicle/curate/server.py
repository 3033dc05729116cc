"""The server: the desk as an interface in JSON, and the page's files. Starlette tells requests apart, uvicorn serves them."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from chronicle.curate.desk import Desk, as_json, number_of
from chronicle.curate.guard import Guard
from chronicle.curate.history import Changed
from chronicle.drawing.style import FONT, rules
from chronicle.errors import ChronicleError, MissingLibrary
from chronicle.event import OUTCOMES, REVIEWS, STATUSES

if TYPE_CHECKING:
    from starlette.applications import Starlette

HOST: Final = "127.0.0.1"
_KINDS: Final = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)


def files() -> dict[str, tuple[bytes, str]]:
    """Return the files of the page, by name, with their kinds. There are no others: no path of a request is looked up on disk."""
    found: dict[str, tuple[bytes, str]] = {}
    for file in resources.files("chronicle.curate").joinpath("web").iterdir():
        kind = _KINDS.get(Path(file.name).suffix)
        if kind is not None:
            found[file.name] = (file.read_bytes(), kind)
    colours = rules(None, None) + f":root {{ --font: {FONT}; }}\n"
    found["colours.css"] = (colours.encode(), _KINDS[".css"])
    return found


def application(desk: Desk, token: str, port: int) -> Guard:
    """Return the ASGI application for a desk. Raises MissingLibrary where Starlette is not installed."""
    return Guard(_routes(desk), token, port)


def _routes(desk: Desk) -> Starlette:
    try:
        from starlette.applications import Starlette
        from starlette.concurrency import run_in_threadpool
        from starlette.requests import Request
        from starlette.responses import Response
        from starlette.routing import Route
    except ImportError:
        raise MissingLibrary("curating in a browser needs Starlette and uvicorn: pip install 'chronicle-timeline[curate]'") from None
    known = files()

    async def page(request: Request) -> Response:
        name = request.path_params.get("name") or "index.html"
        if name not in known:
            return Response("there is no such file", 404, media_type="text/plain")
        content, kind = known[name]
        return Response(content, headers={"content-type": kind})

    def answer(work: Callable[[Any], Any], posted: bool) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            given: Any = dict(request.query_params)
            if posted:
                try:
                    given = json.loads(await request.body())
                except (ValueError, RecursionError):
                    return _told(400, {"error": "the body is not JSON"})
                if not isinstance(given, dict):
                    return _told(400, {"error": "the body is an object"})
            return _told(*await run_in_threadpool(_tried, desk, work, given))

        return endpoint

    def _told(status: int, value: object) -> Response:
        return Response(as_json(value), status, headers={"content-type": "application/json"})

    asked: dict[str, Callable[[Any], Any]] = {
        "about": lambda q: {**desk.about(), "statuses": STATUSES, "reviews": REVIEWS, "outcomes": OUTCOMES},
        "state": lambda q: desk.state(q.get("hand", "")),
        "queue": desk.queue,
        "event": lambda q: desk.event(q.get("key", "")),
        "article": lambda q: desk.article(q.get("key", ""), number_of(q, "source", 0)),
        "reading": lambda q: desk.reading(q.get("text", ""), q.get("key"), q.get("published"), q.get("language") or "en"),
        "changes": lambda q: {"diff": desk.diff(), "summary": desk.summary()},
    }
    done: dict[str, Callable[[Any], Any]] = {
        "decide": lambda b: desk.decide(b, str(b.get("hand", ""))[:64]),
        "undo": lambda b: desk.take_back(str(b.get("hand", ""))[:64]),
        "redo": lambda b: desk.take_back(str(b.get("hand", ""))[:64], again=True),
    }
    return Starlette(
        routes=[
            *(Route(f"/api/{name}", answer(work, False), methods=["GET"]) for name, work in asked.items()),
            *(Route(f"/api/{name}", answer(work, True), methods=["POST"]) for name, work in done.items()),
            Route("/", page),
            Route("/{name}", page),
        ]
    )


def _tried(desk: Desk, work: Callable[[Any], Any], given: Any) -> tuple[int, Any]:
    """Return the status and the answer: what a person can put right as 400, what was changed meanwhile as 409 with the events as they are."""
    try:
        return 200, work(given)
    except Changed as error:
        now = []
        for key in error.names:
            try:
                now.append(desk.event(key))
            except KeyError:
                continue
        return 409, {"error": str(error), "changed": list(error.names), "now": now}
    except KeyError as error:
        return 404, {"error": str(error)}
    except (ChronicleError, OSError) as error:
        return 400, {"error": str(error)}


def listen(port: int) -> socket.socket:
    """Return a socket that listens on the loopback address only; port 0 takes a free one. Raises OSError where it is taken."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def serve(desk: Desk, token: str, sock: socket.socket, started: Callable[[], None] | None = None) -> None:
    """Serve a desk until Ctrl-C or SIGTERM. Raises MissingLibrary where uvicorn is not installed."""
    try:
        import uvicorn
    except ImportError:
        raise MissingLibrary("curating in a browser needs Starlette and uvicorn: pip install 'chronicle-timeline[curate]'") from None
    app = application(desk, token, sock.getsockname()[1])
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, lifespan="off", ws="none", server_header=False, date_header=False, proxy_headers=False,
        h11_max_incomplete_event_size=32_768, timeout_keep_alive=30, limit_concurrency=64,
    )  # fmt: skip
    server = uvicorn.Server(config)
    if started is not None:
        started()
    server.run(sockets=[sock])
