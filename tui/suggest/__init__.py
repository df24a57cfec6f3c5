"""Suggestions, learnt offline from a vault's own decisions."""
