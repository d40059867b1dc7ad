"""The language of the command line's sentences: `--language`, else the machine's locale, else English."""

from __future__ import annotations

import os

import click


def machine_language() -> str:
    """ "fr" when the locale says French, else "en"."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "fr" if locale.lower().startswith("fr") else "en"


language_option = click.option(
    "--language", type=click.Choice(["fr", "en"]), default=machine_language, help="Language of the sentences."
)
