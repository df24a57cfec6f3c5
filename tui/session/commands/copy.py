"""Commands that copy: URL, aliases, wikilink, and the copy menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.address import read_web_address
from tui.display import counted
from tui.errors import ValueRefused
from tui.numbers import DIGITS
from tui.session.keys.command import Actions, CountedActions
from tui.session.model.board import Board
from tui.session.option import Option
from tui.session.ports import Ask, Tell
from tui.session.questions import PickOne
from tui.session.work.copier import Copier
from tui.triage.fields import web_address, wikilink
from tui.vault.source import Source


def markdown_link(source: Source) -> str:
    """The source's title as a Markdown link to its URL, with escaped brackets.

    Raises ValueRefused when no browser can open the URL.
    """
    title = source.title.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    address = read_web_address(source.url).replace("(", "%28").replace(")", "%29")
    return f"[{' '.join(title.split())}]({address})"


@dataclass(eq=False)
class CopyCommands:
    """What the keys of the group ``copy`` do."""

    _board: Board
    _copier: Copier
    _ask: Ask
    _tell: Tell

    @property
    def actions(self) -> Actions:
        """The actions by their ids."""
        return {
            "copy.url": self._url,
            "copy.menu": self._menu,
            "copy.alias": self._aliases,
            "copy.wikilink": self._wikilink,
        }

    @property
    def counted_actions(self) -> CountedActions:
        """The same with a count: the next addresses."""
        return {"copy.url": self._next_urls, "copy.menu": self._next_urls}

    def _url(self) -> None:
        source = self._board.current
        if source is not None:
            self._copy_address(source, "URL", lambda source: read_web_address(source.url))

    def _copy_address(self, source: Source, what: str, make: Callable[[Source], str]) -> None:
        """Copy a text made from the source's URL, or say why not."""
        if not source.url:
            self._tell.say(f"This source has no {what}.", "warning")
            return
        try:
            text = make(source)
        except ValueRefused as error:
            self._tell.say(f"Not copied: {error}, so no browser can open it.", "warning")
            return
        self._copier.copy(text, what)

    def _urls(self) -> None:
        """Copy the URLs of the marked sources, else of those shown, each once."""
        marked = bool(self._board.rows.marked)
        sources = self._board.targets if marked else self._board.rows.sources
        addresses = [web_address(source) for source in sources]
        each_once = list(dict.fromkeys(address for address in addresses if address))
        if each_once:
            what = "URL" if len(each_once) == 1 else f"{len(each_once):,} URLs"
            self._copier.copy_each(each_once, what)
        else:
            which = "marked sources" if marked else "sources shown"
            self._tell.say(f"None of the {which} has a URL.", "warning")

    def _next(self, count: int) -> dict[str, Source]:
        """The next addresses from the cursor on, each once, with the source that has it."""
        found: dict[str, Source] = {}
        for source in self._board.rows.sources_from_cursor:
            if len(found) == count:
                break
            if address := web_address(source):
                found.setdefault(address, source)
        return found

    def _next_urls(self, count: int) -> None:
        """Copy the next URLs from the cursor on, and say which source the last one is of."""
        found = self._next(count)
        if not found:
            self._tell.say("No source from here on has a URL.", "warning")
            return
        what = "URL" if len(found) == 1 else f"{len(found):,} URLs"
        *_, last = found.values()
        short_of = "" if len(found) == count else f"no more than {len(found):,} from here on, "
        self._copier.copy_each(list(found), what, f"{short_of}the last of {last.quoted_title}")

    def _aliases(self) -> None:
        source = self._board.current
        if source is None:
            return
        aliases = source.aliases
        if not aliases:
            self._tell.say("This source has no aliases.", "warning")
        elif len(aliases) == 1:
            self._copier.copy(aliases[0], "alias")
        else:
            slots = [*DIGITS, *[""] * len(aliases)]
            options = [
                Option(alias, alias, slot=slot) for alias, slot in zip(aliases, slots, strict=False)
            ]

            def chosen(alias: str | None) -> None:
                if alias is not None:
                    self._copier.copy(alias, "alias")

            self._ask.ask(PickOne("copy alias", options), chosen)

    def _wikilink(self) -> None:
        if self._board.current is not None:
            self._copier.copy(wikilink(self._board.current), "wikilink")

    def _menu(self) -> None:
        source = self._board.current
        if source is None:
            return
        aliases, count = source.aliases, len(self._board.rows.marked)
        link = ("wikilink", wikilink(source))
        if count:
            link = ("wikilinks of all marked", "")
        next_ones = 0
        texts = {
            "u": ("URLs of all marked" if count else "URLs of all shown", ""),
            "a": ("alias", aliases[0] if aliases else ""),
            "w": link,
            "m": ("Markdown link", _link_if_any(source)),
            "i": ("id", source.text("id")),
            "t": ("title", source.title),
            "p": ("path", str(source.path)),
        }
        names = source.rule.names
        absent = {*("um" if not names.url else ""), *("a" if not names.aliases else "")}
        options = [
            Option(key, what, note=_noted(key, what, text, count), slot=key)
            for key, (what, text) in texts.items()
            if key not in absent
        ]

        def chosen(key: str | None) -> None:
            if key is None:
                return
            what, text = texts[key]
            if key == "u" and next_ones:
                self._next_urls(next_ones)
            elif key == "u":
                self._urls()
            elif key == "a":
                self._aliases()
            elif key == "m":
                self._copy_address(source, what, markdown_link)
            elif key == "w" and count:
                links = [wikilink(marked) for marked in self._board.targets]
                self._copier.copy_each(links, f"{len(links):,} wikilinks" if count > 1 else what)
            elif text:
                self._copier.copy(text, what)
            else:
                self._tell.say(f"This source has no {what}.", "warning")

        def numbered(number: int) -> list[Option]:
            nonlocal next_ones
            next_ones = 0 if "u" in absent else number
            if not next_ones:
                return options
            found = len(self._next(number))
            note = f"from here on: {found:,}" if found < number else "from here on"
            return [
                Option("u", f"next {counted(number, 'URL')}", note=note, slot="u"),
                *options[1:],
            ]

        hint = "a number: the next URLs"
        self._ask.ask(
            PickOne("copy", options, filtered=False, on_number=numbered, hint=hint), chosen
        )


def _link_if_any(source: Source) -> str:
    try:
        return markdown_link(source)
    except ValueRefused:
        return ""


def _noted(key: str, what: str, text: str, marked: int) -> str:
    """A preview of what a choice of the menu copies."""
    if what.endswith("all marked"):
        return f"{marked:,} marked"
    return text or ("" if key == "u" else "none")
