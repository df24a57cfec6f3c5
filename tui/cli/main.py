"""The command line's front door: arguments in, errors to sentences and exit codes."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module

from tui.cli.catalogue import COMMANDS
from tui.cli.output import flush, prepare_streams, say
from tui.cli.root import leading_vault, vault_root
from tui.cli.streams import drop, is_heard, open_closed_streams
from tui.display import short
from tui.errors import OutputLost, SluiceError
from tui.reasons import advice, failed

DONE, FAILED, INTERRUPTED = 0, 1, 130
_GARBAGE = 100_000
"""Objects between two looks for garbage: most commands end before the first."""


def main(argv: list[str] | None = None) -> int:
    """Do what the arguments ask for and return the exit code.

    Nothing is done whose output cannot be written to its last byte.
    """
    open_closed_streams()
    code = _ended(lambda: _run(sys.argv[1:] if argv is None else argv))
    # Whatever it ends with: Python would try once more at exit, and complain.
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
        # Of argparse: help, version, or arguments that are wrong.
        return int(asked.code or DONE)
    except BrokenPipeError:
        # Whoever reads has seen enough, as with `sluice list | head`.
        drop("stdout")
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputLost as error:
        drop("stdout")
        return _fail(str(error))
    except SluiceError as error:
        return _fail(str(error))
    except MemoryError as error:
        return _fail(f"There is too little memory for this; {advice(error, 'read')}.")
    except OSError as error:
        named = f"{short(error.filename)} cannot be used" if error.filename else "It cannot be done"
        return _fail(f"{named} {failed(error, 'write')}")
    except Exception as error:
        # A person gets a sentence; what a maintainer needs goes into a file.
        from tui.state.log import tell_fault  # noqa: PLC0415 - on a fault only

        return _fail(tell_fault(error))


def _run(arguments: list[str]) -> int:
    completing = "_ARGCOMPLETE" in os.environ
    if not completing and opens_app(arguments):
        from tui.cli.commands.screen import open_app  # noqa: PLC0415 - what a command pays not

        vault, folders = leading_vault(arguments)
        return open_app(vault or "".join(folders))
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
    return int(getattr(module, f"run_{request.command.replace('-', '_')}")(request))


def opens_app(arguments: list[str]) -> bool:
    """Whether the arguments are those of the app: nothing, or a folder that is no command."""
    vault, others = leading_vault(arguments)
    if not others:
        return True
    first, *more = others
    named = not first.startswith("-") and first not in COMMANDS
    return named and not more and vault is None and vault_root(first).exists()


def _fail(sentence: str) -> int:
    say(f"sluice: {sentence}")
    return FAILED
