"""TitleMatcher: which source a line of a list means, by title, file name or address."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple
from unicodedata import normalize

from tui.checks.near_title import near_one, title_key
from tui.notebooks.documents import delivered_title
from tui.notebooks.file_names import ENDING, file_name
from tui.search.fold import spaced
from tui.triage.page import page_of
from tui.vault.source import Source

SHORTEST_CUT = 8
"""Letters that a cut title needs at least to say which one it is."""
SHORTEST_UNMARKED = 30
"""The same for one that is cut without a mark."""
SHORTEST_HEAD = 12
"""Letters of a title at least, to know it without what follows a dash or a bar."""

_MARK = re.compile(r"…|\.{3,}")
_LEAD = re.compile(
    r"^(?:[-*+•·‣▪◦–—☐☑✓✔✅]\s+|\[[ xX]?\]\s+|#{1,6}\s+|>\s+|\(?\d{1,4}[.):]\s+|\d{1,4}\t+)"
)
_LABEL = re.compile(
    r"^(?:youtube|web(?:site| page)?|pdf|markdown|text)\s*[-–—|:·]\s*|"
    r"\s*(?:[-–—|·]\s*youtube|\(youtube\)|\[youtube\])$",
    re.IGNORECASE,
)
_NOISE = frozenset({
    "article", "check box", "copied text", "description", "link", "markdown", "more vert", "pdf",
    "select all sources", "sources", "text", "video youtube", "web", "website", "youtube",
})  # fmt: skip
"""What a copied page has beside titles: labels, and the names of its icons."""
_DASH = re.compile(r"\s+[-–—|·]\s+|:\s+")
_CUT_ENDING = re.compile(r"\.m?d?$")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_DASHES = re.compile("[‐‑‒–—―−]")
_QUOTES = re.compile("[“”„«»\"'‘’‛`′]")

How = Literal["title", "address", "file"]


class Found(NamedTuple):
    """What a line means."""

    names: tuple[str, ...]
    """The sources; several if it is a file with several, or if their titles are equal."""
    how: How
    label: str = ""
    """The name of the exported file, if it is one of a source or of a pack."""
    is_equal: bool = False
    """Whether it means only one of ``names``, whose titles are equal."""


class NotFound(NamedTuple):
    """Why it is unclear what a line means."""

    why: str
    candidates: tuple[str, ...] = ()


class Named(NamedTuple):
    """A source with the names that a list may show."""

    source: Source
    files: tuple[str, ...] = ()
    """The names of its exported files."""


class TitleMatcher:
    """Finds sources by what a list shows of them.

    ``members`` come first, but a text that is only a part of a title must be that of no source.
    """

    def __init__(
        self,
        members: Sequence[Named],
        others: Iterable[Source] = (),
        packs: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """``packs`` are the names of exported files that have several sources."""
        self._members = _Index(members)
        self._rest = list(others)
        self._others: _Index | None = None
        self._packs = {_loose(_bare(name)): (name, tuple(of)) for name, of in (packs or {}).items()}

    def find(self, line: str) -> Found | NotFound | None:
        """What a line means; None if it is empty, or only a label of the page."""
        forms = list(_forms(line))
        if not forms:
            return None
        for look in (self._whole, self._part, self._near):
            unclear: NotFound | None = None
            for form in forms:
                found = look(form)
                if isinstance(found, Found):
                    return found
                unclear = unclear or found
            if unclear is not None:
                return unclear
        if all(_loose(form) in _NOISE for form in forms[-1:]):
            return None
        is_address = any(map(_page, forms))
        return NotFound("no source has this address" if is_address else "no source has this title")

    # The ways to look

    def _whole(self, form: str) -> Found | NotFound | None:
        """A text that is a whole title, file name or address."""
        if pack := self._packs.get(_loose(_bare(form))):
            return Found(pack[1], "file", pack[0])
        strangers: set[str] = set()
        for keys in ("pages", "exact", "loose"):
            key = _KEYS[keys](form)
            if not key or (keys == "loose" and _MARK.search(form)):
                # Words before a mark may be those of a longer title.
                continue
            if found := self._members.table(keys).get(key):
                return self._found(found, keys, form)
            strangers = strangers or self._outside.table(keys).get(key, set())
        return _outside(strangers) if strangers else None

    def _part(self, form: str) -> Found | NotFound | None:
        """A text that is a part of a title or address, or has more than one."""
        if page := _page(_MARK.sub("", form)) if _MARK.search(form) else "":
            return self._only(
                {n for n, one in self._members.pages() if one.startswith(page)},
                {n for n, one in self._outside.pages() if one.startswith(page)},
                "address",
            )
        if _page(form):
            return None
        start, mark, end = _cut_at(form)
        if mark:
            if len(start) + len(end) < SHORTEST_CUT:
                return NotFound("too short to say which title it is")
            return self._only(
                self._members.between(start, end), self._outside.between(start, end), "title"
            )
        key = _loose(_bare(form))
        for head in _heads(_bare(form)):
            whole = _loose(head)
            if len(whole) >= SHORTEST_HEAD and (found := self._members.table("loose").get(whole)):
                return self._only(found, self._outside.table("loose").get(whole, set()), "title")
        if len(key) >= SHORTEST_HEAD and (found := self._members.headed(key)):
            return self._only(found, self._outside.headed(key), "title")
        if len(key) >= SHORTEST_UNMARKED and (found := self._members.between(key, "")):
            return self._only(found, self._outside.between(key, ""), "title")
        return None

    def _near(self, form: str) -> Found | NotFound | None:
        """A text that differs from a title by a few letters."""
        key = title_key(_bare(form))
        if not key or _MARK.search(form) or _page(form):
            return None
        members, others = self._members.near(key), self._outside.near(key)
        return self._only(members, others, "title") if members else _outside(others) or None

    def _found(self, names: set[str], keys: str, form: str) -> Found | NotFound:
        """The source of a whole text; of several, those with the same title."""
        how: How = "address" if keys == "pages" else "title"
        label = self._members.file_called(form) if how == "title" else ""
        if label:
            names = self._members.with_file(label)
            how = "file"
        is_equal = len(names) > 1 and how != "address" and not self._members.share_page(names)
        return Found(tuple(sorted(names)), how, label, is_equal)

    def _only(self, members: set[str], others: set[str], how: How) -> Found | NotFound | None:
        """The source of a part of a title, if no other has it."""
        if len(members) == 1 and not others:
            return Found(tuple(members), how)
        if not members:
            return _outside(others) if others else None
        count = len(members) + len(others)
        return NotFound(f"could be any of {count:,} sources", tuple(sorted(members | others)))

    @property
    def _outside(self) -> _Index:
        if self._others is None:
            self._others = _Index([Named(source) for source in self._rest])
        return self._others


def _outside(names: set[str]) -> NotFound | None:
    if not names:
        return None
    what = "a source" if len(names) == 1 else f"{len(names):,} sources"
    return NotFound(f"{what} outside the notebook", tuple(sorted(names)))


class _Index:
    """The names of sources, to look up by what a list shows."""

    def __init__(self, sources: Iterable[Named]) -> None:
        self._tables: dict[str, dict[str, set[str]]] = {
            keys: defaultdict(set) for keys in ("pages", "exact", "loose")
        }
        self._files: dict[str, set[str]] = defaultdict(set)
        self._labels: dict[str, str] = {}
        self._heads: dict[str, set[str]] = defaultdict(set)
        self._near: dict[str, set[str]] = defaultdict(set)
        for source, files in sources:
            name = source.name
            if page := page_of(source.url):
                self._tables["pages"][page].add(name)
            titles = [delivered_title(source), source.title, *filter(None, [source.heading])]
            for title in dict.fromkeys(titles):
                if key := title_key(title):
                    self._near[key].add(name)
                for head in _heads(title):
                    self._heads[_loose(head)].add(name)
            shown = [
                *titles,
                *map(_bare, (file_name(delivered_title(source)), source.stem, *files)),
            ]
            for text in dict.fromkeys(shown):
                self._tables["exact"][_exact(text)].add(name)
                self._tables["loose"][_loose(text)].add(name)
            for file in files:
                self._files[file].add(name)
                self._labels.setdefault(_loose(_bare(file)), file)
        self._sorted = sorted(self._tables["loose"])

    def table(self, keys: str) -> Mapping[str, set[str]]:
        """Sources by one kind of key."""
        return self._tables[keys]

    def pages(self) -> Iterator[tuple[str, str]]:
        """Each source with its page."""
        for page, names in self._tables["pages"].items():
            yield from ((name, page) for name in names)

    def share_page(self, names: set[str]) -> bool:
        """Whether sources are of one page: then it is the same to the service which one it is."""
        return any(names <= of for of in self._tables["pages"].values())

    def between(self, start: str, end: str) -> set[str]:
        """The sources whose title begins and ends like this."""
        found: set[str] = set()
        for at in range(bisect_left(self._sorted, start), len(self._sorted)):
            key = self._sorted[at]
            if not key.startswith(start):
                break
            if key.endswith(end) and len(key) >= len(start) + len(end):
                found |= self._tables["loose"][key]
        return found

    def headed(self, key: str) -> set[str]:
        """The sources whose title is this one and more after a dash or a bar."""
        return self._heads.get(key, set())

    def near(self, key: str) -> set[str]:
        """The sources whose title differs by a few letters."""
        return {name for one in near_one(key, list(self._near)) for name in self._near[one]}

    def file_called(self, form: str) -> str:
        """The exported file that a text names; empty if it is none."""
        return self._labels.get(_loose(_bare(form)), "") if form.endswith(ENDING) else ""

    def with_file(self, label: str) -> set[str]:
        """The sources that an exported file has."""
        return self._files[label]


def _forms(line: str) -> Iterator[str]:
    """The texts that a line may show, the likeliest first."""
    cells = [" ".join(cell.split()) for cell in line.strip("\ufeff \t\r\n").split("\t")]
    seen: set[str] = set()
    for text in filter(None, (" ".join(filter(None, cells)), *(cells if len(cells) > 1 else ()))):
        bare = _LEAD.sub("", text)
        for form in (text, bare, _LABEL.sub("", text), _LABEL.sub("", bare)):
            if form and form not in seen:
                seen.add(form)
                yield form


def _heads(title: str) -> Iterator[str]:
    """The title without what follows one of its dashes or bars, the longest first."""
    for found in reversed(list(_DASH.finditer(title))):
        yield title[: found.start()]


def _cut_at(form: str) -> tuple[str, bool, str]:
    """What is left of a cut title: before the mark, whether there is one, and after it."""
    marks = list(_MARK.finditer(_bare(form)))
    if not marks:
        return "", False, ""
    text, last = _bare(form), marks[-1]
    # The name of a file may be cut in its ending.
    start = _CUT_ENDING.sub("", text[: last.start()])
    return _loose(start), True, _loose(text[last.end() :])


def _bare(text: str) -> str:
    return text[: -len(ENDING)].rstrip() if text.lower().endswith(ENDING) else text


def _exact(text: str) -> str:
    """A text without case, and with one kind of dash, quote and space."""
    text = normalize("NFKC", _bare(text)).casefold()
    return " ".join(_QUOTES.sub("'", _DASHES.sub("-", text)).split())


def _loose(text: str) -> str:
    """Only the words of a text; the whole text if it has none."""
    return spaced(text) or _exact(text)


def _page(text: str) -> str:
    """The page of an address, also of one without ``https://``."""
    if page := page_of(text):
        return page
    return page_of(f"https://{text}") if _HOST.fullmatch(text) and "/" in text else ""


def _loose_name(text: str) -> str:
    return _loose(_bare(text))


_KEYS: Mapping[str, Callable[[str], str]] = {
    "pages": _page,
    "exact": _exact,
    "loose": _loose_name,
}
