"""Repairs of headers, each verified: of broken ones, and of what readable ones hide."""
