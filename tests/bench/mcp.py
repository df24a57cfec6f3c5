"""Times the tools of ``sluice mcp`` through the SDK's own client; needs the extra ``mcp``.

    python -m tests.bench.mcp [VAULT...] [--rounds N]

The vaults are copied first, as some tools change sources. "first" is the first call of a tool,
"median" that of the calls after it, "letters" the length of an answer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from mcp import Client
from mcp.client.stdio import StdioServerParameters

from tests.bench._table import row, say

ROOT = Path(__file__).parent.parent.parent


def main() -> None:
    """Measure and print a table for each vault."""
    parser = argparse.ArgumentParser(description="Times the tools of sluice mcp.")
    parser.add_argument("vaults", type=Path, nargs="+", metavar="VAULT")
    parser.add_argument("--rounds", type=int, default=5, help="calls of each tool")
    request = parser.parse_args()
    for vault in request.vaults:
        asyncio.run(measure(vault, request.rounds))


async def measure(vault: Path, rounds: int) -> None:
    """Time every tool on a copy of a vault."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        copy = home / "vault"
        shutil.copytree(vault, copy, symlinks=True)
        environment = {
            "HOME": folder,
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "XDG_STATE_HOME": f"{folder}/state",
            "XDG_CACHE_HOME": f"{folder}/cache",
        }
        server = StdioServerParameters(
            command=sys.executable,
            args=["-P", "-m", "tui", "mcp", "--vault", str(copy)],
            env=environment,
            cwd=folder,
        )
        for name in ("first start", "later start"):
            began = perf_counter()
            async with Client(server) as client:
                started = perf_counter() - began
                if name == "first start":
                    sources = await _call(client, "list", {"limit": 1})
            say(f"{name} {started * 1000:.0f} ms" + (f", {vault.name}" if sources else ""))
        path = json.loads(sources)["from_files"]["sources"][0]["path"]
        async with Client(server) as client:
            row("tool", "first", "median", "letters")
            for tool, arguments in calls(path):
                await time_tool(client, tool, arguments, rounds)


def calls(path: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Every tool with usual arguments; what one writes, another undoes."""
    one = [path]
    return [
        ("find", {"query": "agents"}),
        ("list", {}),
        ("list", {"query": "status:raw"}),
        ("show", {"ref": path}),
        ("stats", {}),
        ("check", {}),
        ("propose", {"refs": one, "values": {"tier": "noise"}}),
        ("set", {"refs": one, "values": {"guest": "Ada"}, "decide": True}),
        ("log", {}),
        ("undo", {}),
        ("promote", {"refs": one}),
        ("archive", {"refs": one}),
    ]


async def time_tool(client: Client, tool: str, arguments: Mapping[str, Any], rounds: int) -> None:
    """Time some calls of a tool; one that writes is called once."""
    times, answer = list[float](), ""
    for _ in range(1 if tool in ("set", "undo") else rounds):
        began = perf_counter()
        answer = await _call(client, tool, arguments)
        times.append((perf_counter() - began) * 1000)
    name = " ".join([tool, *map(str, arguments.values())]) if tool in ("find", "list") else tool
    row(name, f"{times[0]:.0f}", f"{median(times[1:] or times):.0f}", len(answer))


async def _call(client: Client, tool: str, arguments: Mapping[str, Any]) -> str:
    result = await client.call_tool(tool, dict(arguments))
    text = str(result.content[0].text)  # type: ignore[union-attr]
    if result.is_error:
        raise SystemExit(f"{tool}: {text}")
    return text


if __name__ == "__main__":
    main()
