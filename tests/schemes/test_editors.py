"""What an editor is told of a scheme: the schema its first line names is the one `check` uses, and finds no fault."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from engine.language.schema import schema_of_tests, scheme_schema

ROOT = Path(__file__).parents[2]
SCHEMES = [
    path
    for folder in ("schemes", "examples")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if path.name in {"scheme.yaml", "tests.yaml"} or path.parent == ROOT / "schemes"
]
MISTAKES = sorted((ROOT / "tests" / "authoring" / "thirty").glob("*.yaml"))
SHAPE = {
    "unknown_key", "missing_key", "empty_value", "not_yet", "unknown_word", "unknown_word_of", "wrong_value",
    "write_instead", "one_key_only", "said_twice", "bad_id",
    "cut_at_comma",  # what is cut off becomes a key nobody knows
}  # fmt: skip
TOLD = re.compile(r"^# \d+:\d+ \w+ (\w+)", re.MULTILINE)
FIRST_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: dates are texts."""


EditorLoader.yaml_implicit_resolvers = {
    sign: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize(("name", "composed"), [("scheme", scheme_schema), ("tests", schema_of_tests)])
def test_shipped_schema_is_the_composed_one(name, composed):
    shipped = json.loads((ROOT / "schemes" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert shipped == composed(), f"run: guichet schema --of {name} --out schemes/{name}.schema.json"
    Draft202012Validator.check_schema(shipped)


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_scheme_names_a_schema_that_accepts_it(path: Path):
    text = path.read_text(encoding="utf-8")
    named = FIRST_LINE.match(text)
    assert named, "an editor finds no schema"
    schema = json.loads((path.parent / named[1]).read_text(encoding="utf-8"))
    faults = Draft202012Validator(schema).iter_errors(yaml.load(text, EditorLoader))
    assert [fault.message for fault in faults] == []


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_mistake_of_shape_is_seen_by_the_editor_too(path: Path):
    """Of the thirty mistakes, an editor sees those that are a matter of shape, and takes no other for one."""
    text = path.read_text(encoding="utf-8")
    code = TOLD.search(text.partition("# What the check says of this file:\n")[2])
    assert code
    try:
        data = yaml.load(text, EditorLoader)
    except yaml.YAMLError:
        return  # an editor underlines it as YAML
    faults = [fault.message for fault in Draft202012Validator(scheme_schema()).iter_errors(data)]
    assert bool(faults) is (code[1] in SHAPE), faults


def test_some_of_the_thirty_mistakes_are_a_matter_of_shape():
    codes = {found for path in MISTAKES for found in TOLD.findall(path.read_text(encoding="utf-8"))}
    assert len(codes & SHAPE) >= 3


def test_scheme_that_starts_from_shared_parts_says_only_what_it_does_otherwise():
    page = {
        "title": "Vous",
        "fields": {"use": "address_block", "street": {"help": "Du logement"}, "box": None},
    }
    workflow = {"use": "instruction", "actions": {"accept": {"comment": "required"}, "pay": None}}
    scheme = {"scheme": "s", "languages": ["fr"], "title": "S", "form": {"you": page}, "workflow": workflow}
    validator = Draft202012Validator(scheme_schema())
    assert list(validator.iter_errors(scheme)) == []
    del workflow["use"], page["fields"]["use"]
    told = {error.message for error in validator.iter_errors(scheme)}
    assert {
        "'states' is a required property",
        "'from' is a required property",
        "'label' is a required property",
    } <= told
    assert "None is not of type 'object'" in told
