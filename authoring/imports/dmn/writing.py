"""The fragment of scheme.yaml: fields and computed values, each with a comment that says where it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from authoring.imports.dmn.decisions import Definition
from authoring.imports.dmn.fields import Asked, AskedField
from authoring.imports.dmn.names import Names
from authoring.imports.dmn.reading import Model
from authoring.imports.dmn.tables import Read
from engine.feel import tree as t
from engine.language.scalars import is_number
from engine.language.structure import better_id
from engine.tables import Cell, Hit

_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_PLAIN = frozenset({"true", "false", "null"})


def fragment(model: Model, names: Names, asked: Asked, found: tuple[Definition, ...]) -> str:
    """The whole text."""
    lines = [f"# {model.file}: DMN {model.version}, {_comment(model.name)}"]
    renamed = [f"#   {name} → {id}" for name, id in names.ids.items() if name != id]
    lines += ["# names → ids", *renamed] if renamed else []
    if asked.fields:
        page = better_id(model.name)
        lines += ["form:", f"  {page}:", f"    title: {quoted(model.name)}", "    fields:"]
        lines += [line for one in asked.fields for line in _field(one, "      ")]
    if found:
        lines += ["computed:"]
        lines += [line for one in found for line in _definition(one, asked.options)]
    return "\n".join(lines) + "\n"


def _field(one: AskedField, indent: str) -> Iterator[str]:
    if one.origin:
        yield f"{indent}# {_comment(one.origin)}"
    if one.kind == "repeat":
        yield f"{indent}{one.id}:"
        yield f"{indent}  type: repeat"
        yield f"{indent}  label: {quoted(one.label)}"
        yield f"{indent}  fields:"
        for inner in one.fields:
            yield from _field(inner, indent + "    ")
        return
    options = ", ".join(f"{value}: {quoted(value)}" for value in one.options)
    choice = f", options: {{{options}}}" if options else ""
    yield f"{indent}{one.id}: {{type: {one.kind}, label: {quoted(one.label)}{choice}}}"


def _definition(one: Definition, options: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield f"  # {_comment(one.origin)}"
    if one.note:
        yield f"  # {_comment(one.note)}"
    yield f"  {one.id}:"
    yield f"    label: {quoted(one.label)}"
    if one.by:
        yield f"    by: [{', '.join(one.by)}]"
    if isinstance(one.value, str):
        yield f"    value: {quoted(one.value)}"
    else:
        yield "    value:"
        yield from _table(one.value, options)


def _table(read: Read, options: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    table = read.table
    yield f"      decide: [{', '.join(_scalar(one.text) for one in table.inputs)}]"
    yield f"      hit: {table.hit}"
    ordered = [f"[{', '.join(_value(value) for value in output.order)}]" for output in table.outputs]
    if len(table.outputs) > 1:
        yield "      gives:"
        for output, label, order in zip(table.outputs, read.labels, ordered, strict=True):
            more = f", order: {order}" if output.order else ""
            yield f"        {output.name}: {{label: {quoted(label)}{more}}}"
    elif table.outputs[0].order and table.hit in {Hit.PRIORITY, Hit.OUTPUT_ORDER}:
        yield f"      order: {ordered[0]}"
    yield "      rows:"
    for row, annotation in zip(table.rows, read.annotations, strict=True):
        tests = [
            _test(cell, options.get(of.text, ())) for of, cell in zip(table.inputs, row.tests, strict=True)
        ]
        results = [
            _result(cell, bool(output.order)) for cell, output in zip(row.results, table.outputs, strict=True)
        ]
        yield f"        - [{', '.join(tests + results)}]" + (
            f"   # {_comment(annotation)}" if annotation else ""
        )
    if table.otherwise:
        told = [
            _result(cell, bool(output.order))
            for cell, output in zip(table.otherwise, table.outputs, strict=True)
        ]
        yield f"      otherwise: {told[0] if len(told) == 1 else '[' + ', '.join(told) + ']'}"


def _test(cell: Cell, options: tuple[str, ...]) -> str:
    """A test; in the column of a choice its options stand bare."""
    tests = cell.node.tests if isinstance(cell.node, t.Tests) else ()
    words = [one.value for one in tests if isinstance(one, t.Literal) and one.value in options]
    if words and len(words) == len(tests) and isinstance(cell.node, t.Tests):
        told = ", ".join(str(word) for word in words)
        return _scalar(f"not({told})" if cell.node.negated else told)
    return _scalar(cell.text)


def _result(cell: Cell, ordered: bool) -> str:
    if ordered and isinstance(cell.node, t.Literal):
        return _value(cell.node.value)
    return _scalar(cell.text)


def _value(value: object) -> str:
    return quoted(value) if isinstance(value, str) and not _WORD.fullmatch(value) else str(value)


def _scalar(text: str) -> str:
    """A cell as YAML: bare when it is one word or one number, else between quotes."""
    if is_number(text) or text in _PLAIN - {"null"} or (_WORD.fullmatch(text) and text not in _PLAIN):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """A text between quotes; single ones around a text that holds double ones."""
    if '"' in text and "'" not in text and "\n" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def _comment(text: str) -> str:
    return " ".join(text.split())
