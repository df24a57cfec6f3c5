"""A normalized form of a URL, so that different addresses of the same page compare equal."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = frozenset({
    "si", "fbclid", "gclid", "ref", "ref_src", "igshid", "mc_cid", "mc_eid", "msclkid", "dclid",
    "yclid", "twclid", "ttclid", "gclsrc", "gbraid", "wbraid", "_hsenc", "_hsmi", "mkt_tok",
    "li_fat_id",
})  # fmt: skip
_TIMED = frozenset({"youtube.com", "x.com"})
"""Hosts where ``t`` is a time or a token; elsewhere it may identify the page."""
_VIDEO_FOLDERS = ("shorts", "live", "embed", "v")
_SMALL_SCREEN = re.compile(r"(?:m|mobile)\.(?=[^.]+\.)")
"""Prefix of a host that serves the same pages to phones."""
_RENAMED = {"twitter.com": "x.com", "music.youtube.com": "youtube.com"}
_INNER_PAGE = ("!", "/")
"""How a fragment begins that is a page of its own, and not a place in one."""


def page_of(url: str) -> str:
    """Reduce a URL to what identifies its page; empty when it is not a web URL."""
    parts = _parts(url)
    if parts is None:
        return ""
    host = host_of(parts.hostname or "")
    port = f":{parts.port}" if parts.port and not _is_usual(parts) else ""
    path = parts.path.rstrip("/")
    parameters = parse_qsl(parts.query, keep_blank_values=True)
    if video := _video_of(host, path, dict(parameters)):
        return f"youtube.com/watch?v={video}"
    kept = [(name, value) for name, value in parameters if not _is_tracking(name, host)]
    return f"{host}{port}{path}" + (f"?{urlencode(kept)}" if kept else "")


def tidy(url: str) -> str:
    """A web URL without password, tracking parameters and fragment; a video in its usual form.

    The host stays as written: not every page answers without ``www``. Empty for other texts.
    """
    parts = _parts(url)
    if parts is None:
        return ""
    host = host_of(parts.hostname or "")
    if video := _video_of(host, parts.path.rstrip("/"), dict(parse_qsl(parts.query))):
        return f"https://www.youtube.com/watch?v={quote(video)}"
    kept = [
        pair
        for pair in parts.query.split("&")
        if pair and not _is_tracking(unquote(pair.partition("=")[0]), host)
    ]
    place = parts.netloc.rpartition("@")[2].lower()
    if parts.port is not None and _is_usual(parts):
        place = place.removesuffix(f":{parts.port}")
    fragment = parts.fragment if parts.fragment.startswith(_INNER_PAGE) else ""
    return urlunsplit((parts.scheme, place, parts.path, "&".join(kept), fragment))


def host_of(name: str) -> str:
    """The canonical name of a host."""
    host = _SMALL_SCREEN.sub("", name.removeprefix("www."), count=1)
    return _RENAMED.get(host, host)


def _parts(url: str) -> SplitResult | None:
    """The parts of a web URL; None for other texts, also for one with an invalid port."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
        is_web = parts.scheme in ("http", "https") and bool(host_of(parts.hostname or ""))
    except ValueError:
        return None
    return parts if is_web else None


def _is_usual(parts: SplitResult) -> bool:
    """Whether a web URL has the port of its scheme."""
    return parts.port == {"http": 80, "https": 443}[parts.scheme]


def _is_tracking(name: str, host: str) -> bool:
    """Whether a parameter says only where somebody came from, or a place in a video."""
    return name in _TRACKING or name.startswith("utm_") or (name == "t" and host in _TIMED)


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
