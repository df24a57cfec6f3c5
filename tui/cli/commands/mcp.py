"""The command that serves the sources to a program: mcp."""

from __future__ import annotations

import sys
from argparse import Namespace

from tui.cli.opening import open_desk
from tui.cli.output import say
from tui.errors import SluiceError

_SDK = ("mcp", "mcp_types")


def run_mcp(request: Namespace) -> int:
    """Serve the sources over stdin and stdout until stdin ends."""
    try:
        from tui.cli.tools.server import serve  # noqa: PLC0415 - it needs what may be missing
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _SDK:
            raise
        raise SluiceError(
            "`sluice mcp` needs the package mcp, version 2.3 or newer; in the checkout, "
            "`pipx install '.[mcp]'` installs sluice with it."
        ) from error
    # What is wrong with the folder or its schema is said at once, not at the first call.
    root = open_desk(request).vault.root
    if not (hasattr(sys.stdin, "buffer") and hasattr(sys.stdout, "buffer")):
        raise SluiceError(
            "`sluice mcp` needs stdin and stdout, and one is closed; leave both open."
        )
    if sys.stdin.isatty():
        say("sluice mcp waits for an MCP client on stdin; ctrl+c stops it.")
    serve(root)
    return 0
