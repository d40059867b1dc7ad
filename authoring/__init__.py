"""Proving a scheme before it opens: checking its text, playing its own tests."""
