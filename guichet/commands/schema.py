"""`guichet schema`: the JSON Schema of a scheme file, or of its tests.yaml, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from engine.language.loader.connectors import connector_schema
from engine.language.schema import schema_of_tests, scheme_schema

SCHEMAS = {"scheme": scheme_schema, "tests": schema_of_tests, "connector": connector_schema}


@click.command(name="schema")
@click.option(
    "--of",
    "what",
    type=click.Choice(list(SCHEMAS)),
    default="scheme",
    help="A scheme, a file tests.yaml, or a connector.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it here; else print it.")
def command(what: str, out: Path | None) -> None:
    """Print the JSON Schema of a scheme, each field kind's own keys included.

    An editor that knows YAML completes and checks a scheme whose first line names it.

    Example: guichet schema --out schemes/scheme.schema.json
    """
    if out is None:
        click.echo(text(what), nl=False)
        return
    out.write_text(text(what), encoding="utf-8")
    click.echo(f"{out} is written. First line of a file beside it:")
    click.echo(f"  {first_line(out.name)}")


def text(what: str = "scheme") -> str:
    """A composed schema as its file holds it."""
    return json.dumps(SCHEMAS[what](), ensure_ascii=False, indent=1) + "\n"


def first_line(schema: str) -> str:
    """The line by which a YAML file names its schema to editors: a path from the file, or an address."""
    return f"# yaml-language-server: $schema={schema}"
