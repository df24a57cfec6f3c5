"""The longer works that a key begins, each with its own state."""
