"""A normalized form of a URL, so that different addresses of the same page compare equal."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = frozenset({"si", "fbclid", "gclid", "ref", "ref_src", "igshid", "mc_cid", "mc_eid"})
_TIMED = frozenset({"youtube.com", "x.com"})
"""Hosts where ``t`` is a time or a token; elsewhere it may identify the page."""
_VIDEO_FOLDERS = ("shorts", "live", "embed", "v")
_SMALL_SCREEN = re.compile(r"(?:m|mobile)\.(?=[^.]+\.)")
"""Prefix of a host that serves the same pages to phones."""
_RENAMED = {"twitter.com": "x.com", "music.youtube.com": "youtube.com"}


def page_of(url: str) -> str:
    """Reduce a URL to what identifies its page; empty when it is not a web URL."""
    try:
        parts = urlsplit(url.strip())
        host = _host_of(parts.hostname or "")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = parts.path.rstrip("/")
    parameters = parse_qsl(parts.query, keep_blank_values=True)
    if video := _video_of(host, path, dict(parameters)):
        return f"youtube.com/watch?v={video}"
    dropped = _TRACKING | ({"t"} if host in _TIMED else frozenset())
    kept = [
        (name, value)
        for name, value in parameters
        if name not in dropped and not name.startswith("utm_")
    ]
    return f"{host}{port}{path}" + (f"?{urlencode(kept)}" if kept else "")


def _host_of(name: str) -> str:
    """The canonical name of a host."""
    host = _SMALL_SCREEN.sub("", name.removeprefix("www."), count=1)
    return _RENAMED.get(host, host)


def _video_of(host: str, path: str, parameters: dict[str, str]) -> str:
    """The id of a YouTube video, from any of its address forms."""
    folders = path.split("/")[1:]
    if host == "youtu.be" and folders:
        return folders[0]
    if host != "youtube.com":
        return ""
    if folders[:1] == ["watch"]:
        return parameters.get("v", "")
    return folders[1] if len(folders) > 1 and folders[0] in _VIDEO_FOLDERS else ""
