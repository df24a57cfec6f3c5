"""A schema for a folder sluice does not know: read its headers, guess, write a `sluice.yaml`."""
