"""`guichet schema`: the JSON Schema of a scheme file, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from engine.language.schema import scheme_schema


@click.command(name="schema")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it here; else print it.")
def command(out: Path | None) -> None:
    """Print the JSON Schema of a scheme, each field kind's own keys included.

    An editor that knows YAML completes and checks a scheme whose first line names it.

    Example: guichet schema --out schemes/scheme.schema.json
    """
    if out is None:
        click.echo(text(), nl=False)
        return
    out.write_text(text(), encoding="utf-8")
    click.echo(f"{out} is written. First line of a scheme beside it:")
    click.echo(f"  # yaml-language-server: $schema={out.name}")


def text() -> str:
    """The composed schema as the file holds it."""
    return json.dumps(scheme_schema(), ensure_ascii=False, indent=1) + "\n"
