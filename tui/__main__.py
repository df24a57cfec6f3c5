"""Lets ``python -m tui`` do what the ``sluice`` command does."""

from tui.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
