"""The entry point: the ``sluice`` command, and ``python -m tui`` in a checkout."""

from tui.origins import keep_out


def main() -> int:
    """Do what the arguments ask for and return the exit code."""
    # First of all: with `-m` Python looks for every module in the current folder.
    keep_out()
    try:
        from tui.cli.main import main  # noqa: PLC0415
    except KeyboardInterrupt:
        # ctrl+c so early would print a traceback.
        return 130
    return main()


if __name__ == "__main__":
    raise SystemExit(main())
