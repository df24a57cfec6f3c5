"""Which browsers an address may go to."""

from types import SimpleNamespace

import pytest

from tui.app.browser import open_in_browser

ADDRESS = "https://example.com/1"


@pytest.fixture
def opened(monkeypatch):
    addresses = []
    monkeypatch.setattr("webbrowser.open", lambda address: addresses.append(address) or True)
    return addresses


def test_a_browser_with_a_window_gets_the_address(monkeypatch, opened):
    monkeypatch.setattr("webbrowser.get", lambda: SimpleNamespace(name="firefox"))
    assert open_in_browser(ADDRESS)
    assert opened == [ADDRESS]


@pytest.mark.parametrize("name", ["w3m", "lynx", "www-browser"])
def test_a_browser_of_the_terminal_is_not_let_onto_our_screen(monkeypatch, opened, name):
    monkeypatch.setattr("webbrowser.get", lambda: SimpleNamespace(name=name))
    assert not open_in_browser(ADDRESS)
    assert opened == []


def test_a_machine_without_a_browser_is_told_apart(monkeypatch, opened):
    def none_there():
        import webbrowser

        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr("webbrowser.get", none_there)
    assert not open_in_browser(ADDRESS)
    assert opened == []
