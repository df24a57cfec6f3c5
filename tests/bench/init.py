"""How long `sluice init` looks at a folder: python -m tests.bench.init [COUNT]..."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tui.guess.guess import guess
from tui.guess.survey import survey
from tui.guess.write import write_schema

STATUSES = ["Done", "To Do", "Done", "In Progress", "Done", "Won't Do", "Review"]


def make(root: Path, count: int) -> None:
    """Write notes with ten fields and some text."""
    for number in range(count):
        folder = root / f"{number % 97:02}"
        folder.mkdir(exist_ok=True)
        (folder / f"note {number:06}.md").write_text(
            f'---\nid: N-{number}\ntitle: "Note {number}: what it says"\n'
            f"status: {STATUSES[number % 7]}\npriority: {('high', 'medium', 'low')[number % 3]}\n"
            f"area: area-{number % 12}\nsource: https://example.com/{number}\n"
            f"created: 2025-{number % 12 + 1:02}-{number % 28 + 1:02}\n"
            f"tags:\n  - tag-{number % 40}\n  - tag-{number % 31}\naliases: []\n"
            f"rating: {number % 5 + 1}\n"
            f"---\n\n# Note {number}\n\n" + "Some words of text. " * 60,
            encoding="utf-8",
        )


def main() -> None:
    """Measure folders of the sizes given."""
    for count in map(int, sys.argv[1:] or ("13000", "100000")):
        with tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder:
            make(Path(folder), count)
            for _ in range(3):
                wall, cpu = time.perf_counter(), time.process_time()
                found = survey(Path(folder))
                read = time.perf_counter()
                write_schema(guess(found))
                end = time.perf_counter()
                print(  # noqa: T201 - its result
                    f"{count:>7,} notes: {end - wall:5.2f} s ({read - wall:.2f} s reading, "
                    f"{end - read:.2f} s guessing), {time.process_time() - cpu:.2f} s CPU"
                )


if __name__ == "__main__":
    main()
