"""Routes: how a source gets into a notebook, as an address or as a file, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from tui.address import read_web_address
from tui.display import short
from tui.errors import ValueRefused
from tui.triage.notebook_settings import EVERY_OTHER, RouteKind
from tui.triage.page import page_of, tidy
from tui.vault.source import Source

_SHORTENED = ("t.co",)
"""Hosts whose addresses lead to others that cannot be fetched."""
_PRIVATE = (
    "localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private",
    "onion",
)  # fmt: skip
"""The last parts of host names that only answer in their own network."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d+(?:/|$))")
"""The scheme of an address; ``host:8080`` has a port instead."""


class Route(NamedTuple):
    """How a source gets into a notebook."""

    kind: RouteKind
    reason: str
    """Why, in words that fit after the kind and a colon: ``x.com cannot be fetched``."""
    address: str = ""
    """The web address as it is delivered; a source that goes as a file may have one as well."""

    @property
    def sentence(self) -> str:
        """The route in words, such as ``file: no address``."""
        return f"{self.kind}: {self.reason}"

    @property
    def page(self) -> str:
        """What identifies the page of the address; empty without one."""
        return page_of(self.address)


def route_of(source: Source, hosts: Mapping[str, RouteKind]) -> Route:
    """The route of a source; ``hosts`` are those of the settings for a notebook.

    A host counts with all that ends in it, such as ``m.example.com``; the longest one wins.
    """
    written = source.url.strip()
    if not written:
        return Route("file", "no address")
    if isinstance(source.value(source.rule.names.url), list):
        return Route("file", "several addresses")
    try:
        web = read_web_address(written)
    except ValueRefused as error:
        return Route("file", _no_web_address(written, error.reason))
    address, parts = tidy(web), urlsplit(web)
    host = (parts.hostname or "").rstrip(".")
    page = page_of(address)
    chosen = _chosen(hosts, host)
    if chosen is not None and chosen[1] == "file":
        return Route("file", f"{short(chosen[0])} cannot be fetched", address)
    if parts.username or parts.password:
        # It would be shown to the service, and there to everybody who reads the notebook.
        return Route("file", "a password is in the address", address)
    if chosen is not None:
        return Route("address", "YouTube" if _is_video(page) else "web page", address)
    if _is_private(host):
        return Route("file", f"{short(host)} is private", address)
    if host in _SHORTENED:
        return Route("file", f"{host} cannot be fetched", address)
    if hosts.get(EVERY_OTHER) == "file":
        return Route("file", f"{short(host)} cannot be fetched", address)
    if _is_video(page):
        return Route("address", "YouTube", address)
    if page.partition("/")[0] == "youtube.com":
        return Route("file", "YouTube, but not one video", address)
    return Route("address", "web page", address)


def _is_video(page: str) -> bool:
    return page.startswith("youtube.com/watch?v=")


def _no_web_address(written: str, reason: str) -> str:
    """Why a text of the address field cannot be fetched."""
    scheme = _SCHEME.match(written)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return f"no web address ({short(scheme[1])}:)"
    if scheme is None and re.fullmatch(r"[\w-]+", written):
        return f"“{short(written)}” is not an address"
    return f"its address {reason}"


def _chosen(hosts: Mapping[str, RouteKind], host: str) -> tuple[str, RouteKind] | None:
    """The entry for a host: itself, or the longest ending of it that has one."""
    names = [page_of(f"https://{host}").partition("/")[0], host.removeprefix("www."), host]
    for name in dict.fromkeys(filter(None, names)):
        parts = name.split(".")
        for start in range(len(parts)):
            ending = ".".join(parts[start:])
            if ending in hosts:
                return ending, hosts[ending]
    return None


def _is_private(host: str) -> bool:
    """Whether a host answers only in its own network."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        # A name without a dot is of an intranet. One that ends in a number is a short form of an
        # address, such as 127.1.
        last = host.rpartition(".")[2]
        return last in (host, *_PRIVATE) or last[:1].isdigit() or host.endswith(".home.arpa")
