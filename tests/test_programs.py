"""Every program that sluice starts: isolated, without a terminal, and in one place."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.planted import Planted
from tui.programs import PIPE, TookTooLong, end, let_go, module_command, scratch, start

ROOT = Path(__file__).parent.parent
STARTING = {
    "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "asyncio.subprocess",
    "concurrent.futures.ProcessPoolExecutor", "multiprocessing", "os.execl", "os.execle",
    "os.execlp", "os.execlpe", "os.execv", "os.execve", "os.execvp", "os.execvpe", "os.fork",
    "os.forkpty", "os.popen", "os.posix_spawn", "os.posix_spawnp", "os.spawnl", "os.spawnle",
    "os.spawnlp", "os.spawnlpe", "os.spawnv", "os.spawnve", "os.spawnvp", "os.spawnvpe",
    "os.startfile", "os.system", "pty", "pyperclip", "shutil.which", "subprocess", "webbrowser",
    "argcomplete.completers.FilesCompleter", "argcomplete.completers.SuppressCompleter",
}  # fmt: skip
"""What starts a program, or looks for one, by itself."""


def named_in(path: Path) -> set[str]:
    """Every module, and every name of a module, that a file imports or uses."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{node.value.id}.{node.attr}")
    return found


def test_no_other_place_starts_a_program():
    starting = {
        path.relative_to(ROOT).as_posix(): sorted(used)
        for path in (ROOT / "tui").rglob("*.py")
        if (used := named_in(path) & STARTING)
    }
    assert starting == {"tui/programs.py": ["os.startfile", "shutil.which", "subprocess"]}


def test_nothing_is_imported_before_the_folders_are_kept_out():
    # `from __future__` would be looked for in the current folder too.
    tree = ast.parse((ROOT / "tui" / "origins.py").read_text())
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    assert [alias.name for node in imports for alias in node.names] == ["os", "sys"]
    early = ast.parse((ROOT / "tui" / "__main__.py").read_text()).body
    imported = [node.module for node in early if isinstance(node, ast.ImportFrom)]
    assert imported == ["tui.origins"]
    assert not [node for node in early if isinstance(node, ast.Import)]


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A current folder in which everything is planted, and an environment that points at it."""
    folder = tmp_path / "vault"
    folder.mkdir()
    planted = Planted(folder, tmp_path / "ran")
    planted.everything()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name, value in {
        "PATH": f".:bin::{os.environ['PATH']}:",
        "PYTHONPATH": f":.:{folder}",
        "PYTHONUSERBASE": str(folder),
        "PYTHONSTARTUP": str(folder / "yaml.py"),
        "PYTHONINSPECT": "",
        "PYTHONBREAKPOINT": "yaml.x",
        "TMPDIR": str(folder),
    }.items():
        monkeypatch.setenv(name, value)
    return planted


@pytest.mark.parametrize(
    "module", ["tui.vault.reading.helpers", "tui.search.building", "json.tool"]
)
def test_a_module_in_a_process_of_its_own_imports_nothing_of_the_folder(planted, module):
    process = start(module_command(module, str(planted.folder)), stdin=PIPE, stdout=PIPE)
    process.communicate(b"", timeout=60)
    assert planted.ran == []


def test_it_finds_what_this_process_finds_in_a_plain_environment(planted, monkeypatch):
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    code = "import sys, json, yaml, textual, pyperclip, tui"
    probe = planted.folder.parent / "installed" / "probe_it.py"
    probe.parent.mkdir()
    probe.write_text(
        f"{code}\nprint(json.dumps([sys.argv[1:], sys.flags.isolated, __name__, textual.__file__]))"
    )
    monkeypatch.setattr(sys, "path", [*sys.path, str(probe.parent)])
    process = start(module_command("probe_it", "é", "-x"), stdout=PIPE)
    told = json.loads(process.communicate(timeout=60)[0])
    assert told[:3] == [["é", "-x"], 1, "__main__"]
    assert not told[3].startswith(str(planted.folder))
    assert planted.ran == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["-m", "yaml"],
        ["-c", "import yaml"],
        ["-myaml"],
        ["-Bm", "yaml"],
        ["-u", "-m", "yaml"],
        ["-X", "dev", "-m", "yaml"],
        ["-"],
        [],
    ],
)
def test_a_python_that_looks_into_its_folder_is_told_not_to(planted, arguments):
    with scratch() as program:
        program.write(b"import yaml")
        program.seek(0)
        process = start([sys.executable, *arguments], program, PIPE, folder=planted.folder)
        process.communicate(timeout=60)
    assert planted.ran == []


def test_a_script_finds_the_modules_beside_it(planted, tmp_path):
    (tmp_path / "beside.py").write_text("print('found')")
    (tmp_path / "script.py").write_text("import beside")
    command = [sys.executable, "-u", str(tmp_path / "script.py"), "-c", "-m"]
    process = start(command, stdout=PIPE, folder=planted.folder)
    assert process.communicate(timeout=60)[0] == b"found\n"


LOOKS_AROUND = """
import json, os, sys
def opens(path):
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        return type(error).__name__
    return "opened"
told = {"tty": opens("/dev/tty"), "stdin": sys.stdin.read(), "leads": os.getsid(0) == os.getpid(),
        "cwd": os.getcwd(), "terminals": [os.isatty(fd) for fd in (0, 1, 2)]}
open(sys.argv[1], "w").write(json.dumps(told))
"""

IN_A_TERMINAL = """
import sys
from tui.programs import start
process = start([sys.executable, *sys.argv[1:]])
sys.exit(process.wait())
"""


def test_what_is_started_has_no_terminal_to_read_or_draw_on(tmp_path):
    if os.name == "nt":
        pytest.skip("Windows has no /dev/tty")
    import pty

    looks, told = tmp_path / "looks.py", tmp_path / "told"
    looks.write_text(LOOKS_AROUND)
    pid, ours = pty.fork()
    if not pid:
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-c", IN_A_TERMINAL, str(looks), str(told)])
    assert os.waitpid(pid, 0)[1] == 0
    os.close(ours)
    assert json.loads(told.read_text()) == {
        "tty": "OSError", "stdin": "", "leads": True, "cwd": "/", "terminals": [False] * 3,
    }  # fmt: skip


def test_what_is_let_go_lives_on_and_leaves_no_zombie():
    process = start([sys.executable, "-c", "input()"], stdin=PIPE)
    let_go(process)
    assert process.poll() is None
    process.stdin.close()
    while process.returncode is None:
        os.sched_yield()
    assert not Path(f"/proc/{process.pid}").exists()


def test_ending_a_program_ends_what_it_started():
    code = "import subprocess, sys; p = subprocess.Popen(['sleep', '600']); print(p.pid); input()"
    process = start([sys.executable, "-c", code], stdin=PIPE, stdout=PIPE)
    child = int(process.stdout.readline())
    end(process)
    assert process.returncode is not None
    # Nobody waits for the child here, so it may be there as one that has ended.
    status = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True, check=False
    )
    assert status.stdout.strip()[:1] in ("", "Z")


def test_a_file_to_hand_over_is_in_no_folder(tmp_path, monkeypatch):
    if sys.platform != "linux":
        pytest.skip("a file in memory is Linux's")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "gone"))
    with scratch() as file:
        file.write(b"text")
        file.seek(0)
        process = start(["cat"], stdin=file, stdout=PIPE)
        assert process.communicate(timeout=60)[0] == b"text"


def test_a_program_that_hangs_is_told_apart():
    process = start(["sleep", "600"])
    with pytest.raises(TookTooLong):
        process.wait(0.01)
    end(process)
