"""A dossier's journal as staff read it: who did what, when, and what they said with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.asked.cells import asked_again, head_of
from engine.kinds import kind_of
from engine.kinds.fields import points_of
from engine.kinds.kind import members
from engine.language.model import Scheme
from renderers.catalogues import marked, say
from renderers.words import phrase
from renderers.words.opinions import OPINIONS, opinion_words

APPLICANT, SYSTEM = marked("Applicant"), marked("By itself")
FOR_APPLICANT = marked("%(who)s, for the applicant")
DONE_WITH, A_BATCH, A_LIST = marked("Done with"), marked("a batch"), marked("list %(number)s")
# what is journalled besides the workflow's own actions
EVENTS: Mapping[str, str] = {
    "corrected_by_office": marked("Corrected an answer: %(field)s"),
    "tagged": marked("Put the tag “%(tag)s”"),
    "untagged": marked("Took the tag “%(tag)s” off"),
    "given": marked("Given to %(to)s"),
    "taken": marked("Taken from the queue"),
    "put_back": marked("Put back in the queue"),
    "shared_out": marked("Shared out again: given to %(to)s"),
    "check": marked("Ticked “%(item)s”"),
    "uncheck": marked("Unticked “%(item)s”"),
    "note": marked("Wrote a note"),
    "message_in": marked("Wrote to the service"),
    "message_out": marked("Wrote to the applicant"),
    "call": marked("Answered a call"),
    "call_passed": marked("Answered a call and passed it on"),
    "call_settled": marked("Followed up a call"),
    "resend": marked("Sent a mail again"),
    "bounced": marked("A mail came back: it did not arrive"),
    "decision_read": marked("Opened the decision"),
    "read_document": marked("Opened a document"),
    "document_infected": marked("A document held a virus: its content was erased"),
    "documents_erased": marked("Documents erased, as the scheme says"),
    "document_added": marked("Added a document"),
    "read_as_test": marked("Made a test of the scheme from it"),
    "reminded": marked("Reminder sent to the applicant"),
    "deadline_near": marked("A deadline is near: those in charge were told"),
    "silence": marked("The legal time to answer is over"),
    "verified": marked("A source answered that hadn't before: the rules were judged again"),
    "migrated": marked("Moved to another version of the scheme"),
    "purged": marked("Anonymised, under the retention rule of the scheme"),
    "re_examined": marked("Re-examined under version %(version)s of the rules: eligible now"),
    "edit_begun": marked("Began to change what was filed"),
    "edit_given_up": marked("Gave up the changes"),
    "filed_again": marked("Filed it again with changes"),
    "party_invited": marked("Invited: %(party)s"),
    "party_declined": marked("%(party)s: not concerned"),
    "address_given": marked("Gave the address of whom it was filed for"),
    "signed": marked("Signed: %(party)s"),
    "signature_void": marked("Signature void, what was signed has changed: %(party)s"),
    "opinion_asked": marked("Asked %(to)s for an opinion: %(opinion)s"),
    "opinion_opened": marked("Opened the link of the opinion: %(opinion)s"),
    "opinion_given": marked("Gave an opinion: %(opinion)s, %(answer)s"),
    "opinion_corrected": marked("Corrected an opinion: %(opinion)s, %(answer)s"),
    "opinion_called_off": marked("Closed the opinion asked of %(to)s: %(opinion)s"),
    "task_done": marked("Task done: %(task)s"),
    "task_undone": marked("Task not done after all: %(task)s"),
    "ballot": marked("Voted: %(vote)s"),
    "ballot_by_proxy": marked("Voted in the name of %(of)s: %(vote)s"),
    "proxy_given": marked("%(of)s has %(to)s vote: %(vote)s"),
    "proxy_taken_back": marked("%(of)s votes for themselves again: %(vote)s"),
    "stepped_aside": marked("Stepped aside: %(vote)s"),
    "recused": marked("Members step aside, by the interests they declared"),
    "vote_closed": marked("Vote closed: %(vote)s"),
    "payment_returned": marked("The bank sent a payment back"),
    "payment_undone": marked("Payable again, since the payment came back"),
    "account_asked": marked("Asked for another account"),
    "account_given": marked("Gave another account"),
    "account_kept": marked("To be paid on the same account again"),
    "repayment": marked("Noted a repayment"),
    "paid_apart": marked("Noted a payment made after the dossier had moved on"),
    "deadline_refused": marked("A deadline passed, but its action wasn't possible"),
}


class Entry(Protocol):
    """An entry of the journal."""

    @property
    def at(self) -> datetime: ...
    @property
    def action(self) -> str: ...
    @property
    def actor_kind(self) -> str: ...
    @property
    def actor_name(self) -> str: ...
    @property
    def target(self) -> str | None: ...
    @property
    def comment(self) -> str | None: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history. `became`: the label of the state reached, ""; `details`: what was filled in with it."""

    at: datetime
    who: str
    what: str
    became: str
    details: tuple[tuple[str, str], ...]
    comment: str


def history_lines(entries: Iterable[Entry], scheme: Scheme, language: str) -> tuple[Line, ...]:
    """The entries told in a language, newest first. An event without words of its own is told by its name."""
    return tuple(_line(entry, scheme, language) for entry in entries)[::-1]


def _line(entry: Entry, scheme: Scheme, language: str) -> Line:
    state = scheme.workflow.states.get(entry.target or "")
    return Line(
        at=entry.at,
        who=_who(entry, language),
        what=_what(entry, scheme, language),
        became=state.label.plain(language) if state else (entry.target or ""),
        details=(*_details(entry, scheme, language), *_done_with(entry, language)),
        comment=entry.comment or "",
    )


def _who(entry: Entry, language: str) -> str:
    if entry.actor_kind in ("staff", "party"):
        return entry.actor_name
    if entry.actor_kind == "applicant" and entry.payload.get("channel"):
        return say(language, FOR_APPLICANT, {"who": entry.actor_name})
    return say(language, APPLICANT if entry.actor_kind == "applicant" else SYSTEM)


def _what(entry: Entry, scheme: Scheme, language: str) -> str:
    action = scheme.workflow.actions.get(entry.action)
    if action is not None:
        return action.label.plain(language)
    if entry.action not in EVENTS:
        return entry.action
    return say(language, EVENTS[entry.action], _named(entry.payload, scheme, language))


def _named(payload: Mapping[str, Any], scheme: Scheme, language: str) -> dict[str, object]:
    """What an event is about, as people call it."""
    word = str(payload.get("tag", ""))
    return {
        "item": _item(str(payload.get("item", "")), scheme, language),
        "version": payload.get("version", ""),
        "party": _party(str(payload.get("party", "")), scheme, language),
        "vote": _vote(str(payload.get("vote", "")), scheme, language),
        "task": _task(str(payload.get("task", "")), scheme, language),
        "to": payload.get("to", ""),
        "of": payload.get("of", ""),
        "opinion": _opinion(str(payload.get("opinion", "")), scheme, language),
        "answer": opinion_words(payload["answer"], language) if payload.get("answer") in OPINIONS else "",
        "field": ", ".join(_labels([payload["field"]], scheme, language)) if "field" in payload else "",
        "tag": scheme.tags[word].plain(language) if word in scheme.tags else word,
    }


def _task(id: str, scheme: Scheme, language: str) -> str:
    tasks = (state.tasks[id] for state in scheme.workflow.states.values() if id in state.tasks)
    found = next(tasks, None)
    return found.label.plain(language) if found else id


def _opinion(id: str, scheme: Scheme, language: str) -> str:
    kinds = scheme.workflow.opinions
    return kinds[id].label.plain(language) if id in kinds else id


def _vote(id: str, scheme: Scheme, language: str) -> str:
    votes = scheme.workflow.votes
    return votes[id].label.plain(language) if id in votes else id


def _party(id: str, scheme: Scheme, language: str) -> str:
    return scheme.parties[id].label.plain(language) if id in scheme.parties else say(language, APPLICANT)


def _item(id: str, scheme: Scheme, language: str) -> str:
    labels = (state.checklist[id] for state in scheme.workflow.states.values() if id in state.checklist)
    found = next(labels, None)
    return found.plain(language) if found else id


def _details(entry: Entry, scheme: Scheme, language: str) -> tuple[tuple[str, str], ...]:
    """The answers to the action's own form."""
    action = scheme.workflow.actions.get(entry.action)
    given = members(entry.payload.get("form"))
    return tuple(
        (field.label.plain(language), phrase(kind_of(field).printed(field, given[id], language), language))
        for id, field in (action.form if action else {}).items()
        if given.get(id) is not None and field.kind != "fields"
    ) + tuple(
        (field.label.plain(language), ", ".join(_labels(given[id], scheme, language)))
        for id, field in (action.form if action else {}).items()
        if given.get(id) is not None and field.kind == "fields"
    )


def _done_with(entry: Entry, language: str) -> tuple[tuple[str, str], ...]:
    """The batch or the list it was done with, for what wasn't done alone."""
    if "batch" not in entry.payload:
        return ()
    number = entry.payload.get("list")
    return (
        (
            say(language, DONE_WITH),
            say(language, A_LIST, {"number": number}) if number else say(language, A_BATCH),
        ),
    )


def _labels(answer: Any, scheme: Scheme, language: str) -> list[str]:
    """What an answer of kind `fields` asks, each with its remark."""
    known, colon = scheme.fields, say(language, marked(": "))
    found = []
    for point in points_of(answer):
        field = asked_again(scheme, point.field) if head_of(point.field) in known else None
        what = field.label.plain(language) if field else point.document or point.field
        found.append(f"{what}{colon}{point.remark}" if point.remark else what)
    return found
