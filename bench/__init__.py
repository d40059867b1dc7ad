"""Measures: ratios in one run against a baseline in the same run."""
