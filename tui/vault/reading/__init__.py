"""The sources of a folder: which files they are, read from disk or from the cache."""
