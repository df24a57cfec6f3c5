"""Builds the wheel, installs it elsewhere and uses it there as a stranger would."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"


def main() -> int:
    """Run every step; the first that fails stops with its reason."""
    before = _state_of_checkout()
    with tempfile.TemporaryDirectory(prefix="sluice-wheel-") as name:
        folder = Path(name)
        wheel = _build(folder / "dist")
        _look_inside(wheel)
        sluice = _install(wheel, folder / "venv")
        _look_at_shared(folder / "venv")
        _use(sluice, folder)
    if _state_of_checkout() != before:
        sys.exit("wheel check: the checkout was written to")
    sys.stdout.write(f"wheel check: {wheel.name} is complete and runs\n")
    return 0


def _build(dist: Path) -> Path:
    _run([sys.executable, "-m", "build", "--outdir", str(dist), str(ROOT)])
    sdists = list(dist.glob("*.tar.gz"))
    wheels = list(dist.glob("*.whl"))
    if len(sdists) != 1 or len(wheels) != 1:
        sys.exit(f"wheel check: expected one wheel and one sdist, got {sorted(dist.iterdir())}")
    return wheels[0]


def _look_inside(wheel: Path) -> None:
    """Every theme and sample of the checkout is in the wheel, and so is the schema."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"tui/triage/schema.yaml"}
    for folder in ("themes", "seeds"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        if not files:
            sys.exit(f"wheel check: {folder}/ is empty")
        wanted |= {f"tui/data/{path.relative_to(ROOT).as_posix()}" for path in files}
    if missing := sorted(wanted - inside):
        sys.exit(f"wheel check: not in {wheel.name}: {', '.join(missing)}")


def _install(wheel: Path, venv: Path) -> Path:
    _run([sys.executable, "-m", "venv", str(venv)])
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
    _run([*pip, "--quiet", str(wheel)])
    return venv / "bin" / "sluice"


def _look_at_shared(installed: Path) -> None:
    """What the wheel lays beside the package, as man pages, is there as in the checkout."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"].get("shared-data", {})
    for source, target in shared.items():
        origin = ROOT / source
        for path in origin.rglob("*") if origin.is_dir() else [origin]:
            placed = installed / target / path.relative_to(origin)
            if path.is_file() and not (
                placed.is_file() and placed.read_bytes() == path.read_bytes()
            ):
                sys.exit(f"wheel check: {path.relative_to(ROOT)} was not installed as {placed}")


def _use(sluice: Path, folder: Path) -> None:
    """Help, list and the demo, in a folder and with a home far from the checkout."""
    elsewhere = folder / "elsewhere"
    vault = folder / "vault"
    elsewhere.mkdir()
    _run(["cp", "-r", str(SEEDS), str(vault)])
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(elsewhere), "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }  # fmt: skip
    command = str(sluice)
    if "promote" not in _run([command, "--help"], environment, elsewhere):
        sys.exit("wheel check: --help does not name the commands")
    listed = _run([command, "list", "--vault", str(vault)], environment, elsewhere).splitlines()
    rows = _run([command, "list", "--json", "--vault", str(vault)], environment, elsewhere)
    sources = [json.loads(row) for row in rows.splitlines()]
    samples = list(SEEDS.rglob("SOURCE-*.md"))
    if not len(samples) == len(listed) == len(sources):
        sys.exit(f"wheel check: {len(samples)} samples, list shows {len(listed)}, {len(sources)}")
    _quit_demo(command, environment, elsewhere)


def _quit_demo(command: str, environment: Mapping[str, str], folder: Path) -> None:
    """The demo opens in a terminal, shows the samples and quits on `q`."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        os.chdir(folder)
        os.execve(command, [command, "demo"], dict(environment))  # noqa: S606
    shown = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 1)[0]:
            # The screen has come to rest; a key that nobody heard is pressed again.
            if b"promote" in shown:
                os.write(terminal, b"q")
            continue
        try:
            shown += os.read(terminal, 65536)
        except OSError:
            break
    else:
        os.kill(pid, 9)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status or b"promote" not in shown or b"Traceback" in shown:
        tail = shown[-2000:].decode("utf-8", "replace")
        sys.exit(f"wheel check: `sluice demo` ended with {status}; the last it showed:\n{tail}")


def _run(
    command: list[str], environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> str:
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"wheel check: {' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def _state_of_checkout() -> str:
    """What git sees, ignored files too, apart from what Python and the linters keep for speed."""
    listing = _run(["git", "-C", str(ROOT), "status", "--porcelain", "--ignored"])
    return "\n".join(row for row in listing.splitlines() if "cache" not in row)


if __name__ == "__main__":
    raise SystemExit(main())
