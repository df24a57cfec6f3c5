"""What becomes of an address: openers that work, fail, hang, fork, and want the terminal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.app.world import browser
from tui.app.world.browser import WITH_A_WINDOW, open_in_browser
from tui.errors import NotOpened

ADDRESS = "https://example.com/1?a=b&c=$(touch owned)%s"


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A PATH with nothing on it but what is written here; each notes what it is given."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("BROWSER", raising=False)

    def write(name: str, does: str = "", folder: Path = folder) -> Path:
        path, seen = folder / name, tmp_path / "seen"
        folder.mkdir(exist_ok=True)
        note = f'printf "%s|" {name} "$@" >> "{seen}"; echo >> "{seen}"'
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{note}\n{does}\n")
        path.chmod(0o755)
        return path

    return write


@pytest.fixture
def seen(tmp_path):
    """What was run with which arguments."""
    return lambda: [
        line.rstrip("|").split("|") for line in (tmp_path / "seen").read_text().splitlines()
    ]


def test_the_systems_opener_gets_the_address_as_one_word(programs, seen):
    programs("xdg-open")
    programs("firefox")
    assert open_in_browser(ADDRESS) == f"Opened {ADDRESS}"
    assert seen() == [["xdg-open", ADDRESS]]


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("exit 1", "exited with code 1"),
        ("exit 3", "exited with code 3"),
        ("echo no method available >&2; exit 3", "exited with code 3"),
        ("kill -9 $$", "was killed by signal 9"),
        ("read line || exit 7; exit 0", "exited with code 7"),
        ("echo x > /dev/tty || exit 8", "exited with code"),
        ("tty -s || exit 9", "exited with code 9"),
    ],
)
def test_an_opener_that_fails_is_reported_and_never_called_done(programs, does, reason):
    programs("xdg-open", does)
    with pytest.raises(NotOpened) as refused:
        open_in_browser(ADDRESS)
    assert str(refused.value).startswith(f"Could not open {ADDRESS}: xdg-open {reason}")


def test_where_one_fails_the_next_one_is_asked(programs, seen):
    programs("xdg-open", "exit 4")
    programs("gio", "exit 1")
    programs("firefox")
    programs("chromium")
    assert open_in_browser(ADDRESS) == f"Opened {ADDRESS}"
    assert [words[0] for words in seen()] == ["xdg-open", "gio", "firefox"]


def test_nothing_that_is_written_gets_onto_the_screen(programs, capfd):
    noise = 'i=0; while [ $i -lt 3000 ]; do echo "warning: $i" >&2; echo "$i"; i=$((i+1)); done'
    programs("xdg-open", noise)
    assert open_in_browser(ADDRESS).startswith("Opened")
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_goes_on_is_not_waited_for_and_lives_on(programs, monkeypatch, tmp_path):
    pid = tmp_path / "pid"
    programs("firefox", f"echo $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 600")
    monkeypatch.setattr(browser, "BOUND", 0.0)
    assert open_in_browser(ADDRESS) == f"Sent {ADDRESS} to firefox"
    while not pid.exists():
        os.sched_yield()
    number = int(pid.read_text())
    os.kill(number, 15)
    # Somebody waits for it: else it would stay as one that has ended.
    while Path(f"/proc/{number}").exists():
        os.sched_yield()


def test_quitting_does_not_wait_for_the_bound(programs, monkeypatch):
    programs("firefox", "exec sleep 5")
    monkeypatch.setattr(browser, "BOUND", 1e9)
    assert open_in_browser(ADDRESS, lambda: True) == f"Sent {ADDRESS} to firefox"


def test_an_opener_that_leaves_the_browser_behind_has_opened_it(programs, tmp_path):
    done = tmp_path / "done"
    programs("xdg-open", f"(sleep 0.01; echo late; : > {done}) &\nexit 0")
    assert open_in_browser(ADDRESS) == f"Opened {ADDRESS}"
    while not done.exists():
        os.sched_yield()


@pytest.mark.parametrize("name", ["w3m", "lynx", "links", "elinks", "www-browser"])
@pytest.mark.parametrize("by", ["name", "path", "link", "line", "background"])
def test_a_browser_of_the_terminal_is_refused_however_it_is_named(
    programs, monkeypatch, tmp_path, name, by
):
    path = programs(name)
    link = tmp_path / "my browser"
    link.symlink_to(path)
    named = {"name": name, "path": str(path), "link": str(link), "line": f"{path} -o x '%s'",
             "background": f"{name} %s &"}  # fmt: skip
    monkeypatch.setenv("BROWSER", named[by])
    with pytest.raises(NotOpened, match="needs the terminal, which sluice is using"):
        open_in_browser(ADDRESS)
    assert not (tmp_path / "seen").exists()


def test_without_a_display_nothing_is_run_that_would_want_the_terminal(
    programs, monkeypatch, tmp_path
):
    for name in ("xdg-open", "w3m", "www-browser", "firefox"):
        programs(name)
    monkeypatch.delenv("DISPLAY")
    with pytest.raises(NotOpened, match=r"No browser found for .*; set \$BROWSER"):
        open_in_browser(ADDRESS)
    assert not (tmp_path / "seen").exists()


def test_xdg_open_is_kept_from_browsers_of_the_terminal(programs, tmp_path):
    programs("xdg-open", f'echo "$BROWSER" > {tmp_path / "told"}')
    open_in_browser(ADDRESS)
    assert (tmp_path / "told").read_text().strip().split(":") == list(WITH_A_WINDOW)


@pytest.mark.parametrize(
    ("named", "given"),
    [
        ("{path}", [ADDRESS]),
        ("'{path}' --new-tab", ["--new-tab", ADDRESS]),
        ("'{path}' --url='%s' --x", [f"--url={ADDRESS}", "--x"]),
        ("'{path}' '%s' &", [ADDRESS]),
        ("/no/such/thing:'{path}'", [ADDRESS]),
        (":'{path}'", [ADDRESS]),
    ],
)
def test_browser_names_the_command(programs, seen, monkeypatch, tmp_path, named, given):
    path = programs("mine", folder=tmp_path / "with blank")
    programs("xdg-open")
    monkeypatch.setenv("BROWSER", named.format(path=path))
    assert open_in_browser(ADDRESS) == f"Opened {ADDRESS}"
    assert seen() == [["mine", *given]]


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("no-such-browser", "there is no program no-such-browser"),
        ("./mine", "full path"),
        ("bin/mine %s", "full path"),
        ("'unclosed", "is not a valid command"),
        ("/", "did not start"),
        ("/etc/hosts", "did not start"),
    ],
)
def test_what_browser_names_and_cannot_run_is_reported(
    programs, monkeypatch, tmp_path, named, reason
):
    programs("xdg-open")
    for folder in (tmp_path, tmp_path / "bin"):
        programs("mine", folder=folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER", named)
    with pytest.raises(NotOpened, match=reason):
        open_in_browser(ADDRESS)
    assert not (tmp_path / "seen").exists()


def test_macos_has_one_opener(programs, monkeypatch):
    monkeypatch.setattr(browser.sys, "platform", "darwin")
    programs("xdg-open")
    assert [opener.command(ADDRESS) for opener in browser._openers()] == [
        ["/usr/bin/open", ADDRESS]
    ]
