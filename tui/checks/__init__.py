"""One problem a file: what is wrong with a source."""
