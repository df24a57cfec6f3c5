"""Files and folders: opened without following a link, read to a limit, written in one move."""
