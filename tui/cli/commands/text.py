"""Commands that print a text of ours: schema, completion."""

from __future__ import annotations

from argparse import Namespace
from importlib import resources

from argcomplete.shell_integration import shellcode

from tui.cli.output import write_text


def run_schema(request: Namespace) -> int:  # noqa: ARG001 - every command is called alike
    """Print the built-in schema."""
    schema = resources.files("tui.triage").joinpath("schema.yaml")
    write_text(schema.read_text(encoding="utf-8"))
    return 0


def run_completion(request: Namespace) -> int:
    """Print the shell code that turns completion on."""
    write_text(shellcode(["sluice"], shell=request.shell))
    return 0
