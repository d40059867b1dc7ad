"""The map of a form as a Mermaid flowchart: a frame for each page, a dotted arrow for each condition."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from engine.language import Scheme
from engine.language.form_model import asked_on
from engine.language.model import Page
from renderers.pictures.form import links
from workflows.diagram import INDENT, plain


def form_mermaid(scheme: Scheme, language: str) -> str:
    """The text of a `flowchart TD`."""
    lines = ["flowchart TD"]
    for page in scheme.form.values():
        lines += _page(page, scheme, language)
    pages = [_page_id(page) for page in scheme.form]
    lines += [f"{INDENT}{one} --> {other}" for one, other in itertools.pairwise(pages)]
    lines += [
        f'{INDENT}{_id(source)} -. "{plain(" ".join(when.text.split()))}" .-> {_id(target)}'
        for source, target, when in links(scheme)
    ]
    return "\n".join(lines) + "\n"


def _page(page: Page, scheme: Scheme, language: str) -> Iterator[str]:
    yield f'{INDENT}subgraph {_page_id(page.id)}["{plain(page.title.plain(language))}"]'
    for field in asked_on(page, scheme.fields):
        yield f'{INDENT * 2}{_id(field.place.replace("/", "."))}["{plain(field.label.plain(language))}"]'
        for inner in (one for one in field.below if one.page == page.id):
            yield f'{INDENT * 2}{_id(inner.place.replace("/", "."))}["{plain(inner.label.plain(language))}"]'
    yield f"{INDENT}end"


def _page_id(page: str) -> str:
    return f"p_{page}"


def _id(name: str) -> str:
    """A field may be called `end`, which is Mermaid's own word."""
    return (
        _page_id(name.removeprefix("page ")) if name.startswith("page ") else "f_" + name.replace(".", "__")
    )
