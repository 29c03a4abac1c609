"""A file becomes an indexed document."""
