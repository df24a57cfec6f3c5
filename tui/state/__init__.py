"""What is kept outside the vault and can be deleted."""
