"""Measurements, run by hand: speed against other engines, growth, HTTP, retrieval.  No part of the product."""
