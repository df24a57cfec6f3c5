"""The triage screen, and the screens that take its place."""
