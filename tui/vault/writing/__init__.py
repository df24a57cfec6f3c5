"""Changes planned, proven, written, undone, and finished after a kill."""
