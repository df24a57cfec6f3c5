"""Notebooks: what a person feeds to a service such as NotebookLM, and which sources they have."""
