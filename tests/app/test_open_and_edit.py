"""o opens the URL in the browser, e the file in the person's editor, enter the text itself."""

import contextlib
import os
import shlex
import signal
import sys

import pytest

NAME = "SOURCE-001-apples.md"
EDITOR = """\
import pathlib, sys
pathlib.Path(sys.argv[1]).write_text("\\n".join(sys.argv[2:]))
path = pathlib.Path(sys.argv[-1])
path.write_text(path.read_text().replace("Someone", "The Editor"))
"""


@pytest.fixture
def editor(monkeypatch, tmp_path):
    """An editor with arguments of its own; returns the file its arguments end up in."""
    script, seen = tmp_path / "my editor.py", tmp_path / "seen"
    script.write_text(EDITOR)
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script), str(seen), "--wait"]))
    # The test's screen is no terminal that could be handed over.
    monkeypatch.setattr("tui.app.app.SluiceApp.suspend", lambda _app: contextlib.nullcontext())
    return seen


async def test_o_says_so_when_there_is_no_browser(sluice, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    async with sluice() as app:
        await app.press("o")
        assert app.toast.startswith("No browser found for https://example.com/1;")
        assert app.toast.endswith(" y copies the URL.")


async def test_o_says_so_when_the_browser_fails(sluice, monkeypatch, config):
    monkeypatch.setenv("BROWSER", "false")
    config("keys: {copy.url: Z}")
    async with sluice() as app:
        await app.press("o")
        assert app.toast == (
            "Could not open https://example.com/1: false exited with code 1. Z copies the URL."
        )


async def test_quitting_does_not_wait_for_a_browser_and_leaves_it_open(
    sluice, monkeypatch, tmp_path
):
    pid = tmp_path / "pid"
    monkeypatch.setenv("BROWSER", f"sh -c 'echo $$ > {pid}; exec sleep 600'")
    monkeypatch.setattr("tui.app.world.browser.BOUND", 1e9)
    async with sluice() as app:
        await app.burst_key("o")
        await app.until(lambda: pid.exists() and pid.read_text())
        await app.burst_key("q")
    os.kill(int(pid.read_text()), signal.SIGTERM)


@pytest.mark.parametrize("name", ["./my-editor", "bin/my-editor", "my-editor"])
async def test_no_editor_is_taken_from_the_folder(sluice, editor, monkeypatch, vault, name):
    (vault / "bin").mkdir()
    for path in (vault / "my-editor", vault / "bin" / "my-editor"):
        path.write_text(f"#!/bin/sh\n: > {vault}/ran\n")
        path.chmod(0o755)
    monkeypatch.chdir(vault)
    monkeypatch.setenv("PATH", f":.:bin:{vault}:{os.environ['PATH']}")
    monkeypatch.setenv("EDITOR", name)
    async with sluice() as app:
        await app.press("e")
        assert f"Cannot start the editor {name}: " in app.toast
        assert app.toast.endswith("or set $EDITOR.")
    assert not (vault / "ran").exists()


async def test_e_runs_the_editor_with_its_arguments_and_reads_the_file_again(
    sluice, editor, vault, watch
):
    files = watch(vault)
    async with sluice() as app:
        await app.press("e")
        assert app.here == NAME
        assert "The Editor" in app.picture
        await app.press("1")
        assert app.toast == "◆ paradigm, was ■ tactical · u undoes"
    assert editor.read_text() == f"--wait\n{vault / NAME}"
    assert "+ creator: The Editor" in files.lines(NAME)


async def test_visual_comes_before_editor(sluice, editor, monkeypatch, vault):
    monkeypatch.setenv("VISUAL", "false")
    async with sluice() as app:
        await app.press("e")
        assert "The editor false exited with code 1" in app.toast
    assert not editor.exists()


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("no-such-editor-here -w", "Cannot start the editor"),
        ("'unclosed", "is not a valid command"),
    ],
)
async def test_an_editor_that_cannot_run_is_named(
    sluice, editor, monkeypatch, files, command, sentence
):
    monkeypatch.setenv("EDITOR", command)
    async with sluice() as app:
        await app.press("e")
        assert sentence in app.toast
        await app.press("j")
        assert app.here != NAME
    assert files.changes == {}


async def test_a_broken_header_is_opened_at_its_line(sluice, write, tmp_path, monkeypatch):
    monkeypatch.setattr("tui.app.app.SluiceApp.suspend", lambda _app: contextlib.nullcontext())
    seen, vim = tmp_path / "seen", tmp_path / "vim"
    vim.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {seen}\n')
    vim.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"{vim} -n")
    path = write(9, "Broken", creator='""Quoted" badly')
    line = path.read_text().splitlines().index('creator: ""Quoted" badly') + 1
    async with sluice() as app:
        await app.go_to("Broken")
        await app.press("e")
    assert seen.read_text().splitlines() == ["-n", f"+{line}", str(path)]


async def test_without_a_terminal_to_hand_over_e_says_so(sluice, monkeypatch, files):
    monkeypatch.setenv("EDITOR", "true")
    async with sluice() as app:
        await app.press("e")
        assert "Cannot open an editor" in app.toast
    assert files.changes == {}


@pytest.mark.parametrize("key", ["q", "escape", "enter"])
async def test_enter_reads_on_the_whole_screen_and_goes_back(sluice, write, key):
    path = write(1, "Apples in autumn")
    path.write_text(path.read_text() + "\n".join(f"line {n}" for n in range(200)))
    async with sluice(size=(80, 24)) as app:
        await app.press("j", "k", "enter")
        assert "The body of number 1." in app.picture
        assert "╭─ queue" not in app.picture
        await app.press("G")
        assert "line 199" in app.picture
        await app.press("g")
        assert "line 199" not in app.picture
        await app.press(key)
        assert app.here == NAME
        assert app.pane == "queue"
