"""Commands that copy: URL, aliases, wikilink, and the copy menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.address import read_web_address
from tui.app.boxes.picker import Picker
from tui.app.commands.command import Command, needs_source
from tui.app.option import Option
from tui.errors import ValueRefused
from tui.triage.fields import web_address
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def wikilink(source: Source) -> str:
    """The source as a link for Obsidian."""
    return f"[[{source.stem}]]"


def markdown_link(source: Source) -> str:
    """The source's title as a Markdown link to its URL, with escaped brackets.

    Raises ValueRefused when no browser can open the URL.
    """
    title = source.title.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    address = read_web_address(source.text("url")).replace("(", "%28").replace(")", "%29")
    return f"[{' '.join(title.split())}]({address})"


def _url(screen: TriageScreen) -> None:
    source = screen.current
    if source is not None:
        _copy_address(screen, source, "URL", lambda source: read_web_address(source.text("url")))


def _copy_address(
    screen: TriageScreen, source: Source, what: str, make: Callable[[Source], str]
) -> None:
    """Copy a text made from the source's URL, or say why not."""
    if not source.text("url"):
        screen.say(f"This source has no {what}.", "warning")
        return
    try:
        text = make(source)
    except ValueRefused as error:
        screen.say(f"Not copied: {error}, so no browser can open it.", "warning")
        return
    screen.copier.copy(text, what)


def _urls(screen: TriageScreen) -> None:
    """Copy the URLs of the marked sources, else of those shown, each once."""
    marked = screen.marker.count > 0
    sources = screen.targets if marked else screen.shown_sources()
    addresses = [web_address(source) for source in sources]
    each_once = list(dict.fromkeys(address for address in addresses if address))
    if each_once:
        what = "URL" if len(each_once) == 1 else f"{len(each_once):,} URLs"
        screen.copier.copy_each(each_once, what)
    else:
        screen.say(
            f"None of the {'marked sources' if marked else 'sources shown'} has a URL.", "warning"
        )


def _aliases(screen: TriageScreen) -> None:
    source = screen.current
    if source is None:
        return
    aliases = source.listed("aliases")
    if not aliases:
        screen.say("This source has no aliases.", "warning")
    elif len(aliases) == 1:
        screen.copier.copy(aliases[0], "alias")
    else:
        choices = [
            Option(alias, alias, slot=str(number)) for number, alias in enumerate(aliases[:9], 1)
        ]
        choices += [Option(alias, alias) for alias in aliases[9:]]

        def chosen(alias: str | None) -> None:
            if alias is not None:
                screen.copier.copy(alias, "alias")

        screen.app.push_screen(Picker("copy alias", choices), chosen)


def _wikilink(screen: TriageScreen) -> None:
    if screen.current is not None:
        screen.copier.copy(wikilink(screen.current), "wikilink")


def _menu(screen: TriageScreen) -> None:
    source = screen.current
    if source is None:
        return
    aliases, count = source.listed("aliases"), screen.marker.count
    link = ("wikilink", wikilink(source))
    if count:
        link = ("wikilinks of all marked", "")
    texts = {
        "u": ("URLs of all marked" if count else "URLs of all shown", ""),
        "a": ("alias", aliases[0] if aliases else ""),
        "w": link,
        "m": ("Markdown link", _link_if_any(source)),
        "i": ("id", source.text("id")),
        "t": ("title", source.title),
        "p": ("path", str(source.path)),
    }
    choices = [
        Option(key, what, note=_noted(key, what, text, count), slot=key)
        for key, (what, text) in texts.items()
    ]

    def chosen(key: str | None) -> None:
        if key is None:
            return
        what, text = texts[key]
        if key == "u":
            _urls(screen)
        elif key == "a":
            _aliases(screen)
        elif key == "m":
            _copy_address(screen, source, what, markdown_link)
        elif key == "w" and count:
            links = [wikilink(marked) for marked in screen.targets]
            screen.copier.copy_each(links, f"{len(links):,} wikilinks" if count > 1 else what)
        elif text:
            screen.copier.copy(text, what)
        else:
            screen.say(f"This source has no {what}.", "warning")

    screen.app.push_screen(Picker("copy", choices, filtered=False), chosen)


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


COMMANDS = (
    Command("copy.url", ("y",), "Copy the URL", _url, "copy URL", needs_source),
    Command(
        "copy.menu", ("Y",), "Copy… (URLs, alias, link, id, title, path)", _menu, "", needs_source
    ),
    Command("copy.alias", ("A",), "Copy an alias", _aliases, "", needs_source),
    Command("copy.wikilink", ("w",), "Copy the [[wikilink]]", _wikilink, "", needs_source),
)
