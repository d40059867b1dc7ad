"""What a form sent: its controls, its documents, and our own marks, whose names begin with an underscore."""

from __future__ import annotations

from flask import abort, request

from dossiers.services.applications import Source
from dossiers.services.files import Upload

MARKS = ("_", "csrf_token")
SECRETS = ("password", "csrf_token")


def controls_sent() -> dict[str, list[str]]:
    """The controls of the questions by name, each with all its values."""
    return {name: values for name, values in request.form.lists() if not name.startswith(MARKS)}


def typed() -> tuple[tuple[str, str], ...]:
    """Everything the form holds, in order, to be kept or sent again: no password, no token."""
    every = request.form.items(multi=True)
    return tuple((name, value) for name, value in every if not any(secret in name for secret in SECRETS))


def documents_sent() -> dict[str, list[Upload]]:
    """The documents by field; a control left empty sends none."""
    found = {
        name: [Upload(one.filename or "", one.read()) for one in sent if one.filename]
        for name, sent in request.files.lists()
        if not name.startswith(MARKS)
    }
    return {name: uploads for name, uploads in found.items() if uploads}


def files_sent(name: str) -> list[Upload]:
    """The files of one control that belongs to no question; left empty it sends none."""
    return [Upload(one.filename, one.read()) for one in request.files.getlist(name) if one.filename]


def replacement_sent() -> tuple[str, str, list[Upload]]:
    """The control, the document to replace and what takes its place, when that button was pressed; else blanks."""
    name, _, document_id = request.form.get("_replace_document", "").partition(" ")
    sent = request.files.get(f"_new-{document_id}")
    return (
        name,
        document_id,
        [Upload(sent.filename, sent.read())] if sent is not None and sent.filename else [],
    )


def asked_ids() -> list[str] | None:
    """The ids of the fields the page presented, but for those where another tab's answer was chosen; None when it doesn't
    say."""
    every = request.form.getlist("_asked")
    return [id for id in every if request.form.get(f"_take-{id}") != "other"] if every else None


def kept_sent() -> str:
    """The handle of typing that outlived its session and is sent at last; "" for none."""
    return request.form.get("_kept", "")


def revision_sent() -> int | None:
    """The revision of the draft the page was made from; None when it doesn't say."""
    return _whole(request.form.get("_revision", ""))


def source_sent() -> Source:
    """Where the answers come from: the page as it was made, and its tab when a script tells it."""
    sure: dict[str, int] = {}
    for text in request.form.getlist("_sure"):
        id, _, seen = text.partition(":")
        if (revision := _whole(seen)) is not None:
            sure[id] = revision
    return Source(
        revision=revision_sent(),
        tab=request.form.get("_tab", "")[:36],
        sure=sure,
        untouched=frozenset(request.form.getlist("_untouched")),
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def changed_row() -> str:
    """The id on the page of what a button for rows changed: the row added or moved, the question one was removed from."""
    form = request.form
    if field := form.get("_add"):
        rows = [
            name for name in form if name.rpartition("-")[0] == field and name.rpartition("-")[2].isdigit()
        ]
        return f"q-{field}-{len(rows)}"
    field, index = row_of(form.get("_remove") or form.get("_up") or form["_down"])
    if "_remove" in form:
        return f"q-{field}"
    return f"q-{field}-{index - 1 if '_up' in form else index + 1}"


def row_of(name: str) -> tuple[str, int]:
    """The repeat and the place of a row from its name (`partners-2`). Answers 400 for any other text."""
    field, _, index = name.rpartition("-")
    if not (field and index.isascii() and index.isdigit() and len(index) < 5):
        abort(400)
    return field, int(index)
