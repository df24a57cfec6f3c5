"""What the app does, without a screen: rows, marks, changes, and what every command does."""
