"""What an editor is told of a scheme: the schema its first line names is the one `check` uses, and finds no fault."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from engine.language.schema import scheme_schema

ROOT = Path(__file__).parents[2]
SCHEMES = [
    path
    for folder in ("schemes", "examples")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if path.name == "scheme.yaml" or path.parent == ROOT / "schemes"
]
FIRST_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: dates are texts."""


EditorLoader.yaml_implicit_resolvers = {
    sign: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_shipped_schema_is_the_composed_one():
    shipped = json.loads((ROOT / "schemes" / "scheme.schema.json").read_text(encoding="utf-8"))
    assert shipped == scheme_schema(), "run: guichet schema --out schemes/scheme.schema.json"


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_scheme_names_a_schema_that_accepts_it(path: Path):
    text = path.read_text(encoding="utf-8")
    named = FIRST_LINE.match(text)
    assert named, "an editor finds no schema"
    schema = json.loads((path.parent / named[1]).read_text(encoding="utf-8"))
    faults = Draft202012Validator(schema).iter_errors(yaml.load(text, EditorLoader))
    assert [fault.message for fault in faults] == []
