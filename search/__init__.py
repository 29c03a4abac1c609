"""A question becomes an answer.  Knows no Flask."""
