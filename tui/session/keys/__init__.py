"""The keys: which command has which, and how people write them."""
