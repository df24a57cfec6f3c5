"""Changes, and the undo journal that records them."""
