"""Runs commands in one process of limited means, and reports what they did and took.

Arguments: a file of JSON lists, a command each, and the file the report goes to.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import time
from pathlib import Path

from tui.cli.main import main

MEMORY = 3 * 1024**3
"""Bytes of address space: far more than needed, and less than would bring a machine down."""
SECONDS = 100
"""Processor seconds after which the system ends the process."""


class Output(io.TextIOWrapper):
    """A stream that keeps what is written, as a pipe would get it."""

    def __init__(self) -> None:
        self.kept = io.BytesIO()
        super().__init__(self.kept, encoding="utf-8")

    def fileno(self) -> int:
        raise io.UnsupportedOperation


def carry_out(command: list[str]) -> dict[str, object]:
    """What one command printed, its exit code and its seconds of processor."""
    out, err = Output(), Output()
    began = time.process_time()
    sys.stdout, sys.stderr = out, err
    try:
        code: object = main(command)
    except SystemExit as stopped:
        code = stopped.code
    finally:
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    out.flush()
    err.flush()
    return {
        "command": command,
        "code": code,
        "out": out.kept.getvalue().decode("utf-8", "surrogateescape"),
        "err": err.kept.getvalue().decode("utf-8", "surrogateescape"),
        "seconds": time.process_time() - began,
    }


def peak() -> int:
    """The most megabytes this process had in memory; what a parent had does not count."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked, report = map(Path, sys.argv[1:])
    done = [carry_out(command) for command in json.loads(asked.read_text())]
    report.write_text(json.dumps({"runs": done, "megabytes": peak()}))
