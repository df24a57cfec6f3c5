"""What the work means: fields, statuses, moves and changes."""
