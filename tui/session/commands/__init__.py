"""What every command does, bound to the objects it needs: a file a group."""
