"""Text becomes tokens and findings.  Knows no file, no index, no web."""
