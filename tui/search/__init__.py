"""Find the sources that match a query, best first."""
