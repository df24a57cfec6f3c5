"""What the keys start and what happens by itself: reading, saving, learning, watching."""
