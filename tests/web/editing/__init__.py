"""Tests of the pages on which editors work."""
