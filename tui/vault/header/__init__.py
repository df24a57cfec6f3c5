"""The header's text: read to fields, and changed without touching another byte."""
