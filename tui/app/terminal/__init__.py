"""Between the terminal and the app: what the terminal sends becomes keys, clicks and pastes."""
