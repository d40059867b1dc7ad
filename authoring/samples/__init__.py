"""Invented answers for any scheme: they pass its validation, go down its branches and fall on both sides of its rules.

Chance and time are passed in: the same seed gives the same answers. Nothing in them belongs to anybody.
"""

from authoring.samples.inventing import NoSample, Sample, invent

__all__ = ["NoSample", "Sample", "invent"]
