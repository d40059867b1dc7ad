"""Markdown as plain data: blocks and runs of text, from which the plain part of a mail and the PDF are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# {"kind": "heading", "level", "runs"} {"kind": "paragraph", "runs"} {"kind": "list", "ordered", "start", "items": [[Block]]}
# {"kind": "quote", "blocks"} {"kind": "code", "text"} {"kind": "rule"}
# {"kind": "table", "rows": [[runs]], "amounts"?: the last column is of money}
Block: TypeAlias = "dict[str, Any]"
# {"text", "strong"?, "emphasis"?, "code"?, "link"?} or {"break": True}
Run: TypeAlias = "dict[str, Any]"

LEADS_TO = ("https:", "http:", "mailto:", "tel:")
MARKS = {"strong_open": "strong", "em_open": "emphasis"}


@cache
def reader() -> MarkdownIt:
    """The Markdown of mails and letters: CommonMark and tables; no HTML, no pictures, links to the web, mail and phones."""
    from markdown_it import MarkdownIt  # seventy modules, for the first text that is read

    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    made.validateLink = lambda url: url.strip().lower().startswith(LEADS_TO)  # type: ignore[method-assign]
    return made


def tokens(markdown: str) -> list[Token]:
    """The tokens of a Markdown text; a line end inside a value (`&#10;`) is a line break."""
    found = reader().parse(markdown)
    for token in found:
        if token.children:
            token.children = [piece for child in token.children for piece in _broken(child)]
    return found


def _broken(token: Token) -> Iterator[Token]:
    from markdown_it.token import Token

    if token.type != "text" or "\n" not in token.content:
        yield token
        return
    for place, line in enumerate(token.content.split("\n")):
        if place:
            yield Token("hardbreak", "br", 0)
        yield Token("text", "", 0, content=line)


def html(markdown: str) -> Markup:
    """A Markdown text as HTML; its headings begin at h2."""
    found = tokens(markdown)
    for token in found:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(2, int(token.tag[1])))}"
    return Markup(reader().renderer.render(found, reader().options, {}))


def blocks(markdown: str) -> list[Block]:
    """The blocks of a Markdown text."""
    return _inside(iter(tokens(markdown)), until=None)


def _inside(source: Iterator[Token], until: str | None) -> list[Block]:
    """The blocks up to the token that closes their container."""
    found: list[Block] = []
    for token in source:
        if token.type == until:
            break
        if token.type == "heading_open":
            found.append(
                {"kind": "heading", "level": int(token.tag[1]), "runs": _line(source, "heading_close")}
            )
        elif token.type == "paragraph_open":
            found.append({"kind": "paragraph", "runs": _line(source, "paragraph_close")})
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            found.append(_list(source, token))
        elif token.type == "blockquote_open":
            found.append({"kind": "quote", "blocks": _inside(source, "blockquote_close")})
        elif token.type in ("fence", "code_block"):
            found.append({"kind": "code", "text": token.content.rstrip("\n")})
        elif token.type == "hr":
            found.append({"kind": "rule"})
        elif token.type == "table_open":
            found.append({"kind": "table", "rows": _rows(source)})
        else:
            raise ValueError(f"a text can't hold this: {token.type}")
    return found


def _line(source: Iterator[Token], until: str) -> list[Run]:
    found: list[Run] = []
    for token in source:
        if token.type == until:
            break
        found += _runs(token.children or ())
    return found


def _list(source: Iterator[Token], opening: Token) -> Block:
    ordered = opening.type == "ordered_list_open"
    closing = opening.type.replace("open", "close")
    items: list[list[Block]] = []
    for token in source:
        if token.type == closing:
            break
        items.append(_inside(source, "list_item_close"))
    start = int(str(opening.attrGet("start") or 1)) if ordered else 1
    return {"kind": "list", "ordered": ordered, "start": start, "items": items}


def _rows(source: Iterator[Token]) -> list[list[list[Run]]]:
    rows: list[list[list[Run]]] = []
    for token in source:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token.children or ()))
    return rows


def _runs(children: Iterable[Token]) -> list[Run]:
    """The runs of one line: each piece with the marks around it."""
    found: list[Run] = []
    marks: dict[str, Any] = {}
    for token in children:
        if token.type in MARKS:
            marks = {**marks, MARKS[token.type]: True}
        elif token.type in ("strong_close", "em_close"):
            marks = {
                name: value
                for name, value in marks.items()
                if name != MARKS[token.type.replace("close", "open")]
            }
        elif token.type == "link_open":
            marks = {**marks, "link": str(token.attrGet("href"))}
        elif token.type == "link_close":
            marks = {name: value for name, value in marks.items() if name != "link"}
        elif token.type == "hardbreak":
            found.append({"break": True})
        elif token.type == "softbreak":
            found.append({"text": " ", **marks})
        elif token.type == "code_inline":
            found.append({"text": token.content, "code": True, **marks})
        elif token.content:
            found.append({"text": token.content, **marks})
    return found


def plain(found: Iterable[Block]) -> str:
    """The blocks as plain text, for people who read their mail so."""
    return "\n\n".join(_plain(block) for block in found)


def _plain(block: Block) -> str:
    kind = block["kind"]
    if kind == "heading":
        title = _said(block["runs"])
        return f"{title}\n{'-' * min(len(title), 60)}"
    if kind == "paragraph":
        return _said(block["runs"])
    if kind == "list":
        signs = [
            f"{block['start'] + place}. " if block["ordered"] else "- "
            for place in range(len(block["items"]))
        ]
        return "\n".join(_item(sign, item) for sign, item in zip(signs, block["items"], strict=True))
    if kind == "quote":
        return "\n".join(f"> {line}" for line in plain(block["blocks"]).split("\n"))
    if kind == "table":
        return "\n".join(" | ".join(_said(cell) for cell in row) for row in block["rows"])
    return str(block.get("text", "* * *"))


def _item(sign: str, item: list[Block]) -> str:
    return sign + "\n".join(_plain(block) for block in item).replace("\n", "\n" + " " * len(sign))


def _said(runs: list[Run]) -> str:
    """The text of a line; where a link leads stands behind its words, unless they say it."""
    found: list[str] = []
    for place, run in enumerate(runs):
        found.append("\n" if run.get("break") else run["text"])
        link = run.get("link")
        ends = place + 1 == len(runs) or runs[place + 1].get("link") != link
        if link and ends and link.removeprefix("mailto:") != run.get("text"):
            found.append(f" ({link})")
    return "".join(found)
