"""The command line's front door: arguments in, errors to sentences and exit codes."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module

from tui.cli.catalogue import COMMANDS
from tui.cli.output import open_closed_streams, prepare_streams, say
from tui.cli.root import vault_root
from tui.errors import SluiceError

DONE, FAILED, INTERRUPTED = 0, 1, 130
_GARBAGE = 100_000
"""Objects between two looks for garbage: most commands end before the first."""


def main(argv: list[str] | None = None) -> int:
    """Do what the arguments ask for and return the exit code."""
    open_closed_streams()
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except BrokenPipeError:
        # Whoever reads has seen enough, as with `sluice list | head`.
        _drop_output()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except SluiceError as error:
        return _fail(str(error))
    except OSError as error:
        _drop_output()
        named = f"{error.filename}: " if error.filename else ""
        return _fail(f"{named}{error.strerror or error}.")
    except Exception as error:
        # A person gets a sentence; what a maintainer needs goes into a file.
        from tui.state.log import tell_fault  # noqa: PLC0415 - on a fault only

        return _fail(tell_fault(error))


def _run(arguments: list[str]) -> int:
    completing = "_ARGCOMPLETE" in os.environ
    if not completing and opens_app(arguments):
        from tui.cli.commands.screen import open_app  # noqa: PLC0415 - what a command pays not

        return open_app(*arguments)
    gc.set_threshold(_GARBAGE)
    # At its end Python looks through everything once more, and frees what the system frees anyway.
    atexit.register(gc.freeze)
    from tui.cli.arguments import build_parser, parse  # noqa: PLC0415 - what the app pays not

    if completing:
        from tui.cli.completion import complete  # noqa: PLC0415 - on a press of tab only

        complete(build_parser())
    prepare_streams()
    request = parse(arguments)
    # A command pays for what it uses: help needs no YAML, a list no screen.
    module = import_module(f"tui.cli.commands.{request.module}")
    code: int = getattr(module, f"run_{request.command}")(request)
    sys.stdout.flush()
    return code


def opens_app(arguments: list[str]) -> bool:
    """Whether the arguments are those of the app: nothing, or a folder that is no command."""
    if not arguments:
        return True
    first, *more = arguments
    named = not first.startswith("-") and first not in COMMANDS
    return named and not more and vault_root(first).exists()


def _fail(sentence: str) -> int:
    say(f"sluice: {sentence}")
    return FAILED


def _drop_output() -> None:
    """Send what is still unwritten nowhere: Python would complain about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
