"""The header's text: its YAML read to fields, and changed without touching another byte."""
