"""The commands as tools for a program that speaks MCP; only ``server.py`` needs its SDK."""
