"""The entry of the command line: arguments in, errors to sentences and exit codes."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module

from tui.cli.catalogue import COMMANDS, DONE, FAILED, FAMILIES, INTERRUPTED, WRONG
from tui.cli.faults import sentence_of
from tui.cli.output import choose_looks, flush, prepare_streams, say
from tui.cli.root import leading_options, vault_root
from tui.cli.streams import drop, is_heard, open_closed_streams
from tui.errors import OutputLost, QueryError

_GARBAGE = 100_000
"""Objects made between two searches for garbage: most commands end before the first."""


def main(argv: list[str] | None = None) -> int:
    """Do what the arguments ask for and return the exit code.

    It is 0 only if all output was written, to its last byte.
    """
    open_closed_streams()
    code = _ended(lambda: _run(sys.argv[1:] if argv is None else argv))
    # Python would try again at exit, and complain.
    flushed = _ended(_flushed)
    code = code or flushed
    return code if is_heard() else code or FAILED


def _flushed() -> int:
    flush()
    return DONE


def _ended(work: Callable[[], int]) -> int:
    """The exit code of some work, with one line why when it failed."""
    try:
        return work()
    except SystemExit as asked:
        # Help, the version, or wrong arguments.
        return int(asked.code or DONE)
    except BrokenPipeError:
        # The reader has stopped reading, as in `sluice list | head`.
        drop("stdout")
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputLost as error:
        drop("stdout")
        return _fail(str(error))
    except Exception as error:
        _fail(sentence_of(error))
        return WRONG if isinstance(error, QueryError) else FAILED


def _run(arguments: list[str]) -> int:
    completing = "_ARGCOMPLETE" in os.environ
    if not completing and opens_app(arguments):
        from tui.cli.commands.screen import open_app  # noqa: PLC0415 - a command does without

        options, folders = leading_options(arguments)
        # Either is the folder; of several options the last one counts.
        return open_app("".join(folders) or "".join(options[-1:]).removeprefix("--vault="))
    gc.set_threshold(_GARBAGE)
    # At its end Python looks for garbage once more, and frees what the system frees anyway.
    atexit.register(gc.freeze)
    from tui.cli.arguments import build_parser, parse  # noqa: PLC0415 - the app does without

    if completing:
        from tui.cli.completion import complete  # noqa: PLC0415 - on a press of tab only

        complete(build_parser())
    prepare_streams()
    request = parse(arguments)
    choose_looks(request.color, plain=request.plain)
    # A command loads only what it uses: help needs no YAML, a list no screen.
    module = import_module(f"tui.cli.commands.{request.module}")
    name = request.command.translate({ord("-"): "_", ord(" "): "_"})
    return int(getattr(module, f"run_{name}")(request))


def opens_app(arguments: list[str]) -> bool:
    """Whether the arguments are those of the app: nothing, or a folder."""
    options, others = leading_options(arguments)
    if not others:
        return all(option.startswith("--vault=") for option in options)
    first, *more = others
    named = not first.startswith("-") and first not in (*COMMANDS, *FAMILIES, "help")
    return named and not more and not options and vault_root(first).exists()


def _fail(sentence: str) -> int:
    say(f"sluice: {sentence}")
    return FAILED
