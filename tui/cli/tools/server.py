"""The server: tools over stdin and stdout, with the official SDK; no other file needs that."""

from __future__ import annotations

import gc
import logging
import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server import Server
from mcp.server.stdio import stdio_server

from tui import __version__
from tui.cli.tools.calls import Answer, answer
from tui.cli.tools.catalogue import INSTRUCTIONS, TOOLS, Tool
from tui.errors import ValueRefused
from tui.vault.history.author import read_author_name

UNNAMED = "mcp client"
"""The name of a client that does not say one, or not one that a change can have."""
_STOPPED = {signal.SIGINT: 130, signal.SIGTERM: 143}


def serve(root: Path) -> None:
    """Answer on stdout what is asked on stdin, until that ends."""
    # It would print a traceback for a message that is not valid.
    logging.getLogger("mcp").addHandler(logging.NullHandler())
    logging.getLogger("mcp").propagate = False
    # The modules are for good; only what a call leaves is looked at after it.
    gc.freeze()
    try:
        anyio.run(_serve, root)
    except BaseExceptionGroup as group:
        raise _first(group) from None


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


async def _serve(root: Path) -> None:
    busy = anyio.Lock()

    async def list_tools(_context: Any, _params: Any) -> Any:
        return types.ListToolsResult(tools=list(map(_described, TOOLS.values())))

    async def call_tool(context: Any, params: Any) -> Any:
        work = partial(_answered, root, params.name, params.arguments or {}, _client(context))
        # One after another, and in a thread, so that other messages are answered meanwhile.
        async with busy:
            answered = await anyio.to_thread.run_sync(work)
        return types.CallToolResult(
            # Not as structured content too, where characters can hide.
            content=[types.TextContent(type="text", text=text) for text in answered.texts],
            is_error=bool(answered.sentence),
        )

    server = Server(
        "sluice",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    async with anyio.create_task_group() as tasks:
        if os.name == "posix":
            tasks.start_soon(_stop, busy)
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())
        tasks.cancel_scope.cancel()


def _answered(root: Path, name: str, given: dict[str, Any], client: str) -> Answer:
    try:
        return answer(root, name, given, client)
    finally:
        # A vault and its open files are let go of at once.
        gc.collect()


async def _stop(busy: anyio.Lock) -> None:
    """End the process when it is asked to, after the change that is being made."""
    with anyio.open_signal_receiver(*_STOPPED) as signals:
        async for number in signals:
            async with busy:
                # The thread that reads stdin would wait for its next line.
                os._exit(_STOPPED[number])


def _described(tool: Tool) -> Any:
    return types.Tool(
        name=tool.name,
        description=tool.words,
        input_schema=tool.schema,
        annotations=types.ToolAnnotations(
            read_only_hint=not tool.is_writing,
            destructive_hint=False,
            open_world_hint=False,
        ),
    )


def _client(context: Any) -> str:
    """The name that the client gave itself."""
    params = context.session.client_params
    try:
        return read_author_name(params.client_info.name if params else UNNAMED)
    except ValueRefused:
        return UNNAMED
