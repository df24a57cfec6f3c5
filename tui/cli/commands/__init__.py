"""One short function a subcommand; loaded only for the command that runs."""
