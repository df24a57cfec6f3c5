"""OwnCommand: a program that the user runs with a key, from ``config.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tui.display import short
from tui.errors import SettingsError
from tui.state.yaml_file import within

PLACEHOLDERS = ("path", "url", "id", "title")
"""The placeholders for arguments, written in braces."""
ABOUT = ("one", "each", "marked")
"""Values of ``for``: the current source, each marked one, all marked ones in one run."""
OUTPUTS = ("pane", "insights", "toast", "none")
"""Values of ``output``."""
TIMEOUT = 60.0
"""The default time limit in seconds."""
_LONGEST_NAME = 60
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class OwnCommand:
    """A program to run for a source."""

    name: str
    run: tuple[str, ...]
    """The program and its arguments; one command line if ``shell`` is set."""
    key: str | None = None
    """The key as written."""
    about: str = "one"
    output: str = "pane"
    shell: bool = False
    timeout: float = TIMEOUT

    @property
    def slug(self) -> str:
        """Its name in the form of an id."""
        return re.sub(r"\W+", "_", self.name.casefold()).strip("_")

    @property
    def wants(self) -> tuple[str, ...]:
        """The placeholders it needs."""
        if self.shell:
            return ()
        found = (name for argument in self.run for name in _PLACEHOLDER.findall(argument))
        return tuple(dict.fromkeys(name for name in found if name))


def fill(argument: str, values: dict[str, str]) -> str:
    """An argument with its placeholders replaced; doubled braces become single ones."""

    def put(found: re.Match[str]) -> str:
        return values[found[1]] if found[1] else found[0][0]

    return _PLACEHOLDER.sub(put, argument)


def is_filled(argument: str) -> bool:
    """Whether an argument differs between sources."""
    return any(_PLACEHOLDER.findall(argument))


def read_own_commands(value: object) -> tuple[OwnCommand, ...]:
    """The commands in the setting ``commands``. Raises SettingsError."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise SettingsError(
            "`commands` is not a list; write one `- {name: …, key: …, run: […]}` each."
        )
    commands = tuple(_command(number, one) for number, one in enumerate(value, 1))
    slugs: dict[str, str] = {}
    for command in commands:
        other = slugs.setdefault(command.slug, command.name)
        if other is not command.name:
            raise SettingsError(f"`commands` has “{other}” and “{command.name}”; rename one.")
    return commands


def _command(number: int, value: object) -> OwnCommand:
    if not isinstance(value, dict):
        raise SettingsError(f"command {number} in `commands` is not a map; give it `name`, `run`.")
    name = value.get("name")
    if not isinstance(name, str) or not re.search(r"\w", name):
        raise SettingsError(f"command {number} in `commands` has no `name`; give it one.")
    name = " ".join(name.split())
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise SettingsError(
            f"command {number} in `commands` needs a name of at most {_LONGEST_NAME} letters."
        )
    with within(f"the command “{short(name)}”"):
        return OwnCommand(name, **dict(_fields(value)))


def _fields(value: dict[Any, Any]) -> Iterator[tuple[str, Any]]:
    known = ("name", "key", "run", "for", "output", "shell", "timeout")
    for field in value:
        if field not in known:
            near = get_close_matches(str(field), known, 1) or [", ".join(known)]
            raise SettingsError(f"unknown setting `{short(field)}`; did you mean {near[0]}?")
    shell = value.get("shell", False)
    if not isinstance(shell, bool):
        raise SettingsError(f"`shell` is `{short(shell)}`; write `true` or `false`.")
    yield "shell", shell
    yield "run", _shell_line(value.get("run")) if shell else _arguments(value.get("run"))
    yield "key", _key(value.get("key"))
    about = _one_of("for", value.get("for", "one"), ABOUT)
    output = _one_of("output", value.get("output", "pane"), OUTPUTS)
    if output == "insights" and about == "marked":
        raise SettingsError("insights belong to one source; write `for: each` or `for: one`.")
    yield "about", about
    yield "output", output
    yield "timeout", _seconds(value.get("timeout", TIMEOUT))


def _arguments(run: object) -> tuple[str, ...]:
    if not isinstance(run, list) or not run or not str(run[0]).strip():
        raise SettingsError(
            '`run` is not a list of a program and its arguments, such as [fetch, "{path}"]; '
            "a shell command needs `shell: true`."
        )
    for argument in run:
        if isinstance(argument, dict):
            raise SettingsError('an argument in braces needs quotes, such as "{path}".')
        if isinstance(argument, bool) or not isinstance(argument, str | int | float):
            raise SettingsError(f"the argument `{short(argument)}` is not text; put it in quotes.")
    arguments = tuple(map(str, run))
    if "\0" in "".join(arguments):
        raise SettingsError("`run` contains a NUL character; remove it.")
    if is_filled(arguments[0]):
        raise SettingsError("the program itself cannot be a placeholder.")
    for argument in arguments:
        for name in filter(None, _PLACEHOLDER.findall(argument)):
            if name not in PLACEHOLDERS:
                allowed = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
                raise SettingsError(
                    f"`{{{short(name)}}}` is not a placeholder; use {allowed}, or "
                    f"`{{{{{short(name)}}}}}` for the text itself."
                )
    return arguments


def _shell_line(run: object) -> tuple[str, ...]:
    if not isinstance(run, str) or not run.strip() or "\0" in run:
        raise SettingsError("with `shell: true`, `run` must be one line of text.")
    for name in PLACEHOLDERS:
        if re.search(rf"(?<!\$)\{{{name}\}}", run):
            raise SettingsError(
                f'the shell would interpret `{{{name}}}`; write "$SLUICE_{name.upper()}", '
                "in quotes."
            )
    return (run,)


def _key(key: object) -> str | None:
    if isinstance(key, int) and not isinstance(key, bool) and 0 <= key <= 9:
        return str(key)
    if key is not None and not (isinstance(key, str) and key):
        raise SettingsError(f'`key` is `{short(key)}`; write a key in quotes, such as "ctrl+y".')
    return key


def _one_of(field: str, value: object, known: tuple[str, ...]) -> str:
    if value is None and "none" in known:
        # YAML reads `null` as None; it means `none`.
        return "none"
    if value not in known:
        allowed = ", ".join(f"`{name}`" for name in known[:-1])
        raise SettingsError(f"`{field}` is `{short(value)}`; write {allowed} or `{known[-1]}`.")
    return str(value)


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 86_400:
        raise SettingsError(f"`timeout` is `{short(value)}`; write seconds, from 1 to 86400.")
    return float(value)
