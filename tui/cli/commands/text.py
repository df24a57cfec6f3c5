"""Commands that print a text of ours: schema, completion."""

from __future__ import annotations

from argparse import Namespace
from importlib import resources

from argcomplete.shell_integration import shellcode

from tui.cli.output import write_text

_CREDIT = """
# From argcomplete (https://github.com/kislyuk/argcomplete), which is under the Apache License 2.0,
# https://www.apache.org/licenses/LICENSE-2.0
"""


def run_schema(request: Namespace) -> int:  # noqa: ARG001 - all commands share one signature
    """Print the built-in schema."""
    schema = resources.files("tui.triage").joinpath("schema.yaml")
    write_text(schema.read_text(encoding="utf-8"))
    return 0


def run_completion(request: Namespace) -> int:
    """Print the shell code that completes sluice's arguments."""
    write_text(completion_script(request.shell))
    return 0


def completion_script(shell: str) -> str:
    """The shell code that completes sluice's arguments in bash, zsh or fish."""
    # Bash's serves zsh too, whose loader wants its first line as it is.
    return shellcode(["sluice"], shell=shell).rstrip("\n") + "\n" + _CREDIT
