"""Suggestions learnt from a vault's own decisions, offline."""
