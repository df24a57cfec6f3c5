"""Runs one of the user's own commands: its input, and its result in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.display import clean, short
from tui.errors import CommandFailed
from tui.records import source_record
from tui.session.work.running import Ended, Program
from tui.state.own_commands import OwnCommand, fill, is_filled
from tui.triage.fields import web_address

if TYPE_CHECKING:
    from tui.desk import Desk
    from tui.session.work.collecting import Collector
    from tui.vault.source import Source


def run_for(
    own: OwnCommand,
    desk: Desk,
    sources: Sequence[Source],
    collector: Collector,
    is_stopped: Callable[[], bool],
) -> str:
    """Run one process; returns what went wrong, to follow the command's name in a sentence."""
    records = (source_record(desk, source) for source in sources)
    given = "".join(f"{json.dumps(record)}\n" for record in records).encode()
    try:
        command = arguments_of(own, sources)
        program = Program(command, desk.vault.root, _settings(desk, sources), is_stopped)
        ended = program.run(given, own.timeout, collector.take)
    except CommandFailed as error:
        return f"was not run: {error}"
    return _failure(own, ended)


def arguments_of(own: OwnCommand, sources: Sequence[Source]) -> list[str] | str:
    """The command line for these sources. A placeholder becomes one argument per source.

    Raises CommandFailed for a value that is missing, or that the program would read as an option.
    """
    if own.shell:
        return own.run[0]
    values = [_values(source) for source in sources]
    for given, source in zip(values, sources, strict=True):
        for name in own.wants:
            if not given[name]:
                raise CommandFailed(f"“{short(source.title)}” has no {name}")
    arguments: list[str] = []
    for argument in own.run:
        if not is_filled(argument):
            arguments.append(fill(argument, {}))
            continue
        filled = [fill(argument, given) for given in values]
        for text in filled:
            if text.startswith("-") and not argument.startswith("-") and "--" not in arguments:
                shown = clean(text, 40)
                raise CommandFailed(
                    f"{own.run[0]} would read “{shown}” as an option; "
                    "put the argument `--` before the placeholder"
                )
        arguments += filled
    return arguments


def _values(source: Source) -> dict[str, str]:
    values = {
        "path": str(source.path),
        "url": web_address(source) or "",
        "id": source.id,
        "title": source.title,
    }
    return {name: _passable(value) for name, value in values.items()}


def _passable(value: str) -> str:
    """A value without what YAML allows and the system does not allow in an argument."""
    try:
        value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        value = value.encode("utf-8", "replace").decode()
    return value.replace("\0", "")


def _settings(desk: Desk, sources: Sequence[Source]) -> dict[str, str]:
    """The program's additional environment variables."""
    settings = {"SLUICE_VAULT": str(desk.vault.root)}
    if len(sources) == 1:
        settings |= {f"SLUICE_{k.upper()}": value for k, value in _values(sources[0]).items()}
    return settings


def _failure(own: OwnCommand, ended: Ended) -> str:
    if ended.stopped:
        return ""
    if ended.too_long:
        return f"took longer than {own.timeout:g} s and was stopped"
    if not ended.code:
        return ""
    what = f"exited with code {ended.code}"
    if ended.code < 0:
        what = f"was killed by signal {-ended.code}"
    return f"{what}: {ended.complaint.rstrip('.')}" if ended.complaint else what
