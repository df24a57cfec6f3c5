"""sluice: keyboard-driven triage of a folder of Markdown sources."""

__version__ = "0.1.0"
