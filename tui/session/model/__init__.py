"""What is on the board: rows, cursor, marks, and what is done."""
