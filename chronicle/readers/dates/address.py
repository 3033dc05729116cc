"""Addresses of pages, which may be anything."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split(address: str) -> SplitResult:
    """Return the parts of an address; those of an empty one where it is none."""
    try:
        parts = urlsplit(address)
        parts.hostname  # noqa: B018 some faults are found only now
    except ValueError:
        return urlsplit("")
    return parts


def is_of_the_web(address: str) -> bool:
    """Whether an address is one that a page can have."""
    return address.startswith(("http://", "https://")) and bool(split(address).hostname)
