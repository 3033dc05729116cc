"""The guard: what stands before every request. Only this machine, only who has the token, only from the page itself, only so much at once."""

from __future__ import annotations

import hmac
from typing import Any, Final
from urllib.parse import unquote

MOST_BYTES: Final = 1 << 20  # of a request's body
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)


class Guard:
    """An ASGI application around another. Requests are ``/TOKEN/...``; the token is taken off before they go on.

    Refused are: another host than the loopback's names with the port served (DNS rebinding), another origin, a fetch from another site, what
    changes something without an origin or as anything but JSON (forms of other sites), a token that is not the one, a body over the limit.
    """

    def __init__(self, app: Any, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")} | ({"127.0.0.1", "localhost"} if port == 80 else set())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer, or let the request through."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in _HEADERS} | {b"server"}
                message = {**message, "headers": [*(h for h in message.get("headers", []) if h[0].lower() not in own), *_HEADERS]}
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(sent, *refusal)
            return
        rest = scope["path"][len(self._token) + 1 :]
        inner = {**scope, "path": rest, "raw_path": rest.encode("utf-8"), "root_path": ""}
        size = 0
        past = False

        async def received() -> Any:
            nonlocal size, past
            message = await receive()
            size += len(message.get("body", b""))
            if size > MOST_BYTES:
                past = True
                return {"type": "http.request", "body": b"", "more_body": False}
            return message

        began = False

        async def unless_past(message: Any) -> None:
            nonlocal began
            if past and not began:
                if message["type"] == "http.response.start":
                    began = True
                    await _refuse(sent, 413, f"a request has at most {MOST_BYTES} bytes")
                return
            if not past:
                await sent(message)

        await self._app(inner, received, unless_past)

    def _refusal(self, scope: Any) -> tuple[int, str] | None:
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)

        def one(name: bytes) -> str | None:
            values = headers.get(name, [])
            return values[0].decode("latin-1") if len(values) == 1 else None if not values else "\x00"

        if (one(b"host") or "").lower() not in self._hosts:
            return 403, "ask for 127.0.0.1 or localhost"
        origin = one(b"origin")
        if origin is not None and origin not in {f"http://{host}" for host in self._hosts}:
            return 403, "another site may not ask"
        if (one(b"sec-fetch-site") or "none") not in ("none", "same-origin"):
            return 403, "another site may not ask"
        if scope["method"] not in ("GET", "POST"):
            return 405, "GET and POST are answered"
        given = unquote(scope["path"]).split("/")[1] if scope["path"].startswith("/") else ""
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode()) or not scope["path"].startswith(f"/{self._token}/"):
            return 404, "open the address that chronicle curate printed"
        if scope["method"] == "POST":
            if origin is None:
                return 403, "what changes something says where it comes from (Origin)"
            if (one(b"content-type") or "").split(";")[0].strip().lower() != "application/json":
                return 415, "send application/json"
            length = one(b"content-length")
            if length is not None and (not length.isdigit() or len(length) > 12 or int(length) > MOST_BYTES):
                return 413, f"a request has at most {MOST_BYTES} bytes"
        return None


async def _refuse(send: Any, status: int, why: str) -> None:
    body = why.encode()
    await send(
        {
            "type": "http.response.start", "status": status,
            "headers": [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())],
        }
    )  # fmt: skip
    await send({"type": "http.response.body", "body": body})
