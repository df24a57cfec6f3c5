"""The folder of Markdown files: reading, byte-exact changes, undo."""
