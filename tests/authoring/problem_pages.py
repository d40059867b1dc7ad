"""The pages of docs/problems as files to check: each section's bad and good example laid over a small valid scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from authoring.check import check_one
from engine.language import Bundle
from engine.problems import Problem
from tests.fixtures.rent_help import WORKFLOW

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "problems"
FORM = """\
scheme: rent-help
languages: [fr]
title: Aide au loyer
privacy: {keep: 2 years after end, drafts: 90 days}
roles:
  clerk: {label: Instruction, may: [search, view]}
form:
  you:
    title: Vous
    fields:
      income: {type: money, label: Revenu mensuel, min: 0}
      tenant: {type: yes_no, label: Locataire}
"""
BASE = FORM + WORKFLOW
KEY = re.compile(r"^( *)([A-Za-z_][\w-]*|\"[^\"]*\"|[^\s:#][^:]*):(?:\s|$)")
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Block:
    """A key, its first line, and the blocks under it."""

    key: str
    line: str
    under: list[Block] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [self.line, *self.rest, *(line for block in self.under for line in block.lines())]

    @property
    def is_open(self) -> bool:
        return self.line.split("#")[0].rstrip().endswith(":") and not self.rest


def blocks(lines: list[str], depth: int = 0) -> list[Block]:
    """The blocks at an indentation; a line that is no key belongs to the block before it."""
    found: list[Block] = []
    inner: list[list[str]] = []
    for line in lines:
        key = KEY.match(line)
        if key and len(key[1]) == depth:
            found.append(Block(key[2], line))
            inner.append([])
        elif found:
            inner[-1].append(line)
        else:
            found.append(Block("", line))
            inner.append([])
    for block, under in zip(found, inner, strict=True):
        first = KEY.match(under[0]) if under else None
        if first and len(first[1]) == depth + 2:
            block.under = blocks(under, depth + 2)
        else:
            block.rest = under
    return found


def merged(base: list[Block], over: list[Block]) -> list[Block]:
    """The base with what the example says in its place; what the base does not have comes at the end."""
    found = list(base)
    done: set[str] = set()
    for block in over:
        known = next((number for number, one in enumerate(found) if one.key == block.key), None)
        if known is None or block.key in done or not block.key:
            found.append(block)
        elif block.is_open and found[known].is_open and block.under:
            one = found[known]
            found[known] = Block(one.key, block.line, merged(one.under, block.under))
        else:
            found[known] = block
        done.add(block.key)
    return found


def whole(example: str) -> str:
    """An example as a whole scheme.yaml; one that begins with `scheme:` is whole already."""
    if example.startswith("scheme:"):
        return example
    lines = [
        line
        for block in merged(blocks(BASE.splitlines()), blocks(example.splitlines()))
        for line in block.lines()
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Section:
    """What a page says of one code: the meaning, and the files of both examples."""

    code: str
    page: str
    meaning: str
    bad: Mapping[str, str]
    good: Mapping[str, str]


def sections() -> Iterator[Section]:
    """Every section of every page."""
    for page in sorted(PAGES.glob("*.md")):
        parts = re.split(r"^## `(\w+)`\n", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for code, text in zip(parts[1::2], parts[2::2], strict=True):
            before, _, after = text.partition("\nGood:\n")
            meaning, _, bad = before.partition("\nBad:\n")
            yield Section(code, page.name, meaning.strip(), _files(bad), _files(after))


def _files(text: str) -> dict[str, str]:
    found = {file or "scheme.yaml": example for _, file, example in FENCE.findall(text)}
    if found:
        found["scheme.yaml"] = whole(found.get("scheme.yaml", ""))
    return found


def problems(files: Mapping[str, str]) -> tuple[Problem, ...]:
    """What the check says of an example."""
    return check_one(Bundle(files).with_library())
