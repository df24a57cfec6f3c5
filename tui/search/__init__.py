"""Which sources match a query, best first."""
