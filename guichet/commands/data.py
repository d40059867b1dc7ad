"""The options shared by commands that work on a site's data folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

DEFAULT_DATA = Path("guichet-data")

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_DATA,
    envvar="GUICHET_DATA",
    show_default=True,
    help="The site's folder: settings, keys, database, files, outbox.",
)


def address_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--host and --port, for commands that serve pages."""
    command = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)(command)
    return click.option("--host", default="127.0.0.1", show_default=True)(command)
