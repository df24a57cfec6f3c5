"""Text in, text out: the command line."""
