"""Keymap: which keys run which command, with the user's config file applied."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from string import digits
from typing import NamedTuple

from tui.display import short
from tui.errors import SettingsError
from tui.numbers import DIGITS
from tui.session.keys.catalogue import GROUPS
from tui.session.keys.command import Command, key_sign
from tui.session.keys.key_names import read_key
from tui.state.config import Config

FIXED = {
    "escape": "leaves a box, a pane or a search",
    "ctrl+c": "copies or quits",
    "ctrl+q": "quits",
}
"""Keys that no command can have, and what they do."""
PREFIX = "prefix "
"""The start of the id of a key that begins a sequence; the keys pressed so far follow."""
DIGIT = "digit "
"""The start of the id of a digit, which may belong to a count; the digit follows."""
PALETTE = "app.palette"


class Following(NamedTuple):
    """A key that can come after others."""

    key: str
    name: str
    id: str
    """The command it runs, or ``PREFIX`` and the keys of a longer sequence."""


class Keymap:
    """The commands with the keys they have now.

    Keys have Textual's names; a sequence is written with spaces. A key that the user chose is taken
    from a command that yields. Raises SettingsError for invalid keys and for other conflicts.
    """

    def __init__(
        self, groups: Mapping[str, tuple[Command, ...]], wanted: Mapping[str, tuple[str, ...]]
    ) -> None:
        ids = [command.id for commands in groups.values() for command in commands]
        for id in wanted:
            if id not in ids:
                raise SettingsError(f"`keys`: unknown command `{short(id)}`{_nearest(id, ids)}")
        self.groups = {
            group: tuple(_rekeyed(command, wanted.get(command.id)) for command in commands)
            for group, commands in groups.items()
        }
        """The commands by group, in the order that help and key bar list them."""
        self.chosen = frozenset(
            key.split(" ")[0]
            for command in self._all()
            if command.id in wanted or command.id.startswith("own.")
            for key in command.keys
        )
        """The keys that the user chose: no keyboard layout turns them into others."""
        before = {command.id: command for command in self._all()}
        self.groups = {
            group: tuple(
                _yielding(command, self.chosen) if command.id not in wanted else command
                for command in commands
            )
            for group, commands in self.groups.items()
        }
        self.lost = tuple(
            command.name for command in self._all() if before[command.id].keys and not command.keys
        )
        """The commands whose keys are all those that the user chose for others."""
        self._commands = {command.id: command for command in self._all()}
        self._signs: dict[tuple[str, ...], str] = {}
        """What was asked for before: the key bar asks for the same ones in every event."""
        self._by_key: dict[str, Command] = {}
        for command in self._commands.values():
            for key in command.keys:
                self._take(key, command)
        self._refuse_hidden()

    @classmethod
    def of(cls, config: Config) -> Keymap:
        """The keymap of a config file. Raises SettingsError."""
        groups = dict(GROUPS)
        if config.commands:
            from tui.session.keys.own_keys import own_commands  # noqa: PLC0415 - most have none

            groups["own"] = own_commands(config.commands)
        return cls(groups, config.keys)

    def _all(self) -> Iterator[Command]:
        return (command for commands in self.groups.values() for command in commands)

    def _take(self, key: str, command: Command) -> None:
        for one in key.split():
            if one in FIXED:
                raise SettingsError(
                    f"`{key_sign(one)}` always {FIXED[one]}; give `{command.id}` another key."
                )
        other = self._by_key.setdefault(key, command)
        if other is not command:
            raise SettingsError(
                f"`{key_sign(key)}` is assigned to both `{other.id}` and `{command.id}`; "
                "give one of them another key, or null."
            )

    def _refuse_hidden(self) -> None:
        """Refuse a key that runs a command and also begins a sequence."""
        for key, command in self._by_key.items():
            for begun in _beginnings(key):
                other = self._by_key.get(begun)
                if other is not None:
                    raise SettingsError(
                        f"`{key_sign(begun)}` runs `{other.id}`, so it cannot begin "
                        f"`{key_sign(key)}` of `{command.id}`; give one of them another key."
                    )

    def id_of(self, key: str) -> str | None:
        """The command or the sequence that a first key runs; None when it has no meaning."""
        command = self._by_key.get(key)
        if command is not None:
            return command.id
        return next((follows.id for follows in self.after("") if follows.key == key), None)

    def __getitem__(self, id: str) -> Command:
        """The command of that id."""
        return self._commands[id]

    @property
    def bindings(self) -> Iterator[tuple[str, str]]:
        """Every first key, with the id of its command or sequence; a digit may begin a count."""
        for follows in self.after(""):
            if follows.key not in digits:
                yield follows.key, follows.id
        yield from ((digit, f"{DIGIT}{digit}") for digit in digits)

    def after(self, begun: str) -> list[Following]:
        """The keys that can follow the keys pressed so far, each once."""
        found: dict[str, Following] = {}
        for keys, command in self._by_key.items():
            if begun and not keys.startswith(f"{begun} "):
                continue
            key, _, more = keys[len(begun) :].strip().partition(" ")
            if not more:
                found[key] = Following(key, command.name, command.id)
            elif key in found:
                before = found[key]
                found[key] = before._replace(name=f"{before.name} · {command.name}")
            else:
                found[key] = Following(key, command.name, f"{PREFIX}{begun} {key}".strip())
        for key, follows in found.items():
            if follows.id.startswith(PREFIX):
                id = " ".join(follows.id.split())
                found[key] = follows._replace(name=f"… {follows.name}", id=id)
        return list(found.values())

    def keys_of(self, *ids: str) -> frozenset[str]:
        """All keys of these commands."""
        return frozenset(key for id in ids for key in self._commands[id].keys)

    def in_box(self, ids: Sequence[str], taken: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
        """The keys that commands have in a box with other keys of its own, which are ``taken``.

        A box takes one key at a time. A command without such a key has its first one there.
        """
        used = {*taken}
        usual = {command.id: command.keys for group in GROUPS.values() for command in group}
        found: dict[str, tuple[str, ...]] = {}
        for known in (self[id].keys for id in ids), (usual[id] for id in ids):
            for id, keys in zip(ids, known, strict=True):
                if not found.get(id):
                    found[id] = tuple(k for k in keys if " " not in k and k not in used)
                    used.update(found[id])
        return found

    def sign(self, *ids: str) -> str:
        """The first key of each of these commands, as people write it; none where it has no key."""
        if (known := self._signs.get(ids)) is None:
            commands = (self._commands[id] for id in ids)
            signs = (key_sign(command.keys[0]) for command in commands if command.keys)
            known = self._signs[ids] = " ".join(signs)
        return known

    def row(self, *ids: str) -> str:
        """The same, with consecutive digits as "1-4"."""
        signs = self.sign(*ids).split()
        if len(ids) < 2 or signs != [*DIGITS[: len(ids)]]:
            return " ".join(signs)
        return "1-9 0" if len(ids) == len(DIGITS) else f"1-{len(ids)}"

    def press(self, id: str) -> str:
        """How to run a command: "press c", or where to find it when it has no key."""
        if sign := self.sign(id):
            return f"press {sign}"
        palette = self.sign(PALETTE)
        where = f"in the palette ({palette})" if palette else "in the config file"
        verb = "choose" if palette else "give a key to"
        return f"{verb} “{self._commands[id].name}” {where}"

    def hint(self, id: str, what: str) -> str:
        """A command's key and what it does: "u undoes it"; nothing when it has no key."""
        sign = self.sign(id)
        return f"{sign} {what}" if sign else ""

    def refusal(self, id: str, what: str, why: str) -> str:
        """A sentence that begins with the key that helps: "c picks one: no category set yet."."""
        if hint := self.hint(id, what):
            return f"{hint}: {why}."
        return f"{why[:1].upper()}{why[1:]}; {self.press(id)}."

    def sequel(self, id: str, what: str) -> str:
        """The same as a sentence that follows another one: " u undoes it."."""
        hint = self.hint(id, what)
        return f" {hint}." if hint else ""


def _rekeyed(command: Command, wanted: tuple[str, ...] | None) -> Command:
    if wanted is None:
        return command
    try:
        keys = tuple(dict.fromkeys(read_key(key) for key in wanted))
    except SettingsError as error:
        raise SettingsError(f"`keys`: `{command.id}`: {error}") from error
    return replace(command, keys=keys)


def _yielding(command: Command, chosen: frozenset[str]) -> Command:
    """A command without the keys that the user chose for others, if it is newer than they are."""
    if not command.yields or chosen.isdisjoint(command.keys):
        return command
    return replace(command, keys=tuple(key for key in command.keys if key not in chosen))


def _beginnings(keys: str) -> Iterator[str]:
    parts = keys.split(" ")
    return (" ".join(parts[:count]) for count in range(1, len(parts)))


def _nearest(id: str, ids: list[str]) -> str:
    near = get_close_matches(id, ids, 1, 0.5)
    return f"; did you mean `{near[0]}`?" if near else f"; write one like `{ids[0]}`."
