"""Every failure is a page in plain words, in both languages, with a way on."""

from __future__ import annotations

from flask import Flask

from portal import errors


def register(app: Flask) -> None:
    """Give the application its error pages; staff get the same ones."""
    errors.register(app)
