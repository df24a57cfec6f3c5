"""The project's own virtual environment: made when missing, renewed when pyproject.toml changes.

Running sluice needs less than testing it, so the test tools are installed by the first test.
Any Python 3.6 or newer can read this file, so that an old one gets a sentence, not a traceback.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "sluice-set-up"
TOOLS = "[dev]"
"""What pyproject.toml calls what only tests and checks need."""


def program(name: str) -> Path:
    """The path of a program inside the environment."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def prepare(tools: bool = True) -> None:
    """Make the environment ready to run sluice and, with ``tools``, to test it."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for those who have an older one
        found = sys.version.split()[0]
        sys.exit(f"sluice: Python 3.11 or newer is needed and this is {found}; use a newer one.")
    extra = TOOLS if tools else ""
    wanted = _fingerprint(extra)
    if program("python").exists() and _stamped() in {wanted, _fingerprint(TOOLS)}:
        return
    sys.stderr.write("sluice: setting up .venv (once, about half a minute) ...\n")
    if not _runs(program("python")):
        _make_venv()
    pip = [str(program("python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Python compiles what is imported: far less than pip would.
    pip += ["--no-compile", "--editable", f"{ROOT}{extra}"]
    installed = subprocess.run(pip, stderr=subprocess.PIPE, text=True, check=False)
    if installed.returncode:
        # Its warnings are of no use when it worked.
        sys.stderr.write(installed.stderr)
        sys.exit("sluice: pip could not install what sluice needs; the reason is above.")
    STAMP.write_text(wanted, encoding="utf-8")


def _make_venv() -> None:
    try:
        # Debian ships Python without them; without this look `-m venv` prints half a page.
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: F401, PLC0415
    except ImportError:
        sys.exit(
            "sluice: this Python lacks venv or ensurepip; "
            "on Debian and Ubuntu, `apt install python3-venv` brings them."
        )
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        reason = (made.stdout + made.stderr).strip().splitlines() or ["no reason given"]
        sys.exit(f"sluice: {VENV} could not be made: {reason[-1]}")


def _runs(python: Path) -> bool:
    """Whether an environment found here still works: its Python may have been removed since."""
    command = [str(python), "-m", "pip", "--version"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _fingerprint(extra: str) -> str:
    """What the environment depends on; the folder too, as scripts in it name their full path."""
    project = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(project + f"{ROOT}{extra}".encode()).hexdigest()


def _stamped() -> str:
    try:
        return STAMP.read_text(encoding="utf-8")
    except OSError:
        return ""
