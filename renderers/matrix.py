"""The matrix of a workflow as a table: state × what may be done × who, with what stands before it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from engine.language.model import APPLICANT, Action, Scheme
from renderers.catalogues import marked, say
from renderers.words.counted import state_words
from workflows.matrix import Line, lines

MAY = "×"
HEAD = (marked("State"), marked("Action"), marked("Leads to"))
BEFORE = marked("What stands before it")
APPLICANT_SAID, SYSTEM_SAID = marked("Applicant"), marked("By itself")
TASK, OPINION = marked("Task: %(task)s"), marked("Ask for an opinion: %(opinion)s")
VOTE, CLOSE = marked("Vote: %(vote)s"), marked("Close the vote: %(vote)s")
IF, EYES = marked("if %(condition)s"), marked("not by who did “%(action)s”")
COMMENT, FORM, SIGNED = marked("with a comment"), marked("with a form"), marked("once all have signed")


def markdown(scheme: Scheme, language: str) -> str:
    """The matrix as a table in Markdown."""
    head, *rows = _table(scheme, language)
    written = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |\n" for row in written)


def as_csv(scheme: Scheme, language: str) -> str:
    """The matrix as CSV, for a spreadsheet."""
    found = io.StringIO()
    csv.writer(found, lineterminator="\n").writerows(_table(scheme, language))
    return found.getvalue()


def _table(scheme: Scheme, language: str) -> Iterator[list[str]]:
    who = _actors(scheme)
    yield [
        *(say(language, word) for word in HEAD),
        *(_called(scheme, one, language) for one in who),
        say(language, BEFORE),
    ]
    for line in lines(scheme.workflow):
        marks = [MAY if one in line.by else "" for one in who]
        yield [*_said(scheme, line, language), *marks, "; ".join(_before(scheme, line.action, language))]


def _actors(scheme: Scheme) -> tuple[str, ...]:
    """Whoever does anything: the applicant, parties, roles, the system."""
    acting = {who for line in lines(scheme.workflow) for who in line.by}
    every = (APPLICANT, *scheme.parties, *scheme.roles, "system")
    return tuple(dict.fromkeys(one for one in every if one in acting))


def _called(scheme: Scheme, who: str, language: str) -> str:
    if who in scheme.roles:
        return scheme.roles[who].label.plain(language)
    if who in scheme.parties and who != APPLICANT:
        return scheme.parties[who].label.plain(language)
    return say(language, APPLICANT_SAID if who == APPLICANT else SYSTEM_SAID)


def _said(scheme: Scheme, line: Line, language: str) -> tuple[str, str, str]:
    here = state_words(scheme, line.state, language)
    if line.action is not None:
        return here, line.action.label.plain(language), state_words(scheme, line.action.to, language)
    if line.task is not None:
        return here, say(language, TASK, {"task": line.task.label.plain(language)}), ""
    if line.opinion is not None:
        return here, say(language, OPINION, {"opinion": line.opinion.label.plain(language)}), ""
    assert line.vote is not None
    told = say(language, VOTE if line.what == "vote" else CLOSE, {"vote": line.vote.label.plain(language)})
    return here, told, ""


def _before(scheme: Scheme, action: Action | None, language: str) -> Iterator[str]:
    """What an action waits for, besides who does it."""
    if action is None:
        return
    if action.if_ is not None:
        yield say(language, IF, {"condition": " ".join(action.if_.text.split())})
    for done in action.not_by_who_did:
        label = scheme.workflow.actions[done].label.plain(language)
        yield say(language, EYES, {"action": label})
    if action.signs:
        yield say(language, SIGNED)
    if action.form:
        yield say(language, FORM)
    if action.comment == "required":
        yield say(language, COMMENT)
