"""Two commands at a time add to the list of one source, each only if it is as they read it.

    python -m tests.bench.writers [--each N]

Two processes run `sluice show --json`, then `sluice set topics+=X --if-hash H`, and start again
when that is refused. At the end every item must be in the list, once, and in the log.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench._table import say

ROOT = Path(__file__).parent.parent.parent
SLUICE = [sys.executable, "-c", "from tui.cli.main import main; raise SystemExit(main())"]
"""What the installed script does."""
NAME = "list.md"


def main() -> None:
    """Start the two, or be one of them."""
    parser = argparse.ArgumentParser(description="Two writers on the same list.")
    parser.add_argument("--each", type=int, default=50, help="how many items each adds")
    parser.add_argument("--writer", default="", help=argparse.SUPPRESS)
    request = parser.parse_args()
    if request.writer:
        write(request.writer, request.each)
        return
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        vault.mkdir()
        (vault / NAME).write_text("---\nstatus: raw\ntopics: []\n---\nbody\n")
        folders = {f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CONFIG", "STATE", "CACHE")}
        environment = os.environ | folders | {"SLUICE_VAULT": str(vault), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.bench.writers", f"--each={request.each}"]
        running = [
            subprocess.Popen(
                [*command, f"--writer={who}"], cwd=ROOT, env=environment, stdout=subprocess.PIPE
            )
            for who in "ab"
        ]
        refused = [int(process.communicate()[0]) for process in running]
        os.environ.update(environment)
        items = ask("show", NAME, "--json")["fields"]["topics"]
        log = subprocess.run([*SLUICE, "log"], check=True, capture_output=True).stdout
        wanted = {f"{who}{number}" for who in "ab" for number in range(request.each)}
        lost = len(wanted - set(items))
        say(f"{len(wanted)} items written, {sum(refused)} refusals, {lost} lost")
        say(f"{len(items) - len(set(items))} twice, {len(log.splitlines())} changes in the log")
        if set(items) != wanted or len(items) != len(wanted):
            sys.exit("The list is not what was written.")


def write(who: str, each: int) -> None:
    """Add the items of one writer; print how often that was refused."""
    refused = 0
    for number in range(each):
        while True:
            seen = ask("show", NAME, "--json")["hash"]
            item = f"topics+={who}{number}"
            done = subprocess.run(
                [*SLUICE, "set", NAME, item, "--if-hash", seen, "--by", who],
                check=False,
                capture_output=True,
            )
            if not done.returncode:
                break
            if b"has changed: its hash is now" not in done.stderr:
                sys.exit(done.stderr.decode())
            refused += 1
    sys.stdout.write(str(refused))


def ask(*arguments: str) -> dict[str, object]:
    """The JSON object that a command prints."""
    done = subprocess.run([*SLUICE, *arguments], check=True, capture_output=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()
