"""Several parties: who is asked what, who can sign, and that nothing kept from one of them is told to them after all."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.check.representative import check_representative
from authoring.check.whole import Whole, expressions
from engine.asked.parties import hidden_from
from engine.kinds.kind import members
from engine.language.form_model import inner_path
from engine.language.model import APPLICANT, Action, Expression, Field, Page
from engine.problems import Path, Problem

Read = Iterator[tuple[Path, Expression]]


def check_parties(whole: Whole) -> Iterator[Problem]:
    """What is wrong between the parties; next to nothing for a scheme whose applicant is alone."""
    for action in whole.scheme.workflow.actions.values():
        yield from _signing(whole, action)
    yield from check_representative(whole)
    if not whole.scheme.parties:
        return
    for id in whole.scheme.parties:
        yield from _party(whole, id)
    for page in whole.scheme.form.values():
        yield from _page(whole, page)
    for party in (APPLICANT, *whole.scheme.parties):
        yield from _leaks(whole, party)


def _party(whole: Whole, id: str) -> Iterator[Problem]:
    """A party can be reached by the address the applicant gives, and has something to do."""
    scheme, path = whole.scheme, ("parties", id)
    email = scheme.fields[scheme.parties[id].email]
    if email.kind != "email" or email.optional or scheme.form[email.page].asked_of != APPLICANT:
        yield whole.at_value("party_unreachable", (*path, "email"), "error", field=email.id)
    acts = [action for action in scheme.workflow.actions.values() if id in action.by]
    if not acts:
        yield whole.problem("party_without_action", path, "error", party=id)
    start = scheme.workflow.start.id
    for action in acts:
        if start in action.sources:
            here: Path = ("workflow", "actions", action.id, "by")
            yield whole.at_value("party_in_draft", here, "error", party=id, state=start)


def _page(whole: Whole, page: Page) -> Iterator[Problem]:
    for field in page.fields.values():
        path: Path = ("form", page.id, "fields", field.id)
        if page.asked_of in field.hide_from:
            yield whole.problem("hidden_from_asker", path, "error", field=field.id, party=page.asked_of)
    parties = {APPLICANT, *whole.scheme.parties}
    for field in page.fields.values():
        hidden = (one for one in field.below if one.hide_from & parties)
        for path in dict.fromkeys(_kept_from(whole, field, one) for one in hidden):
            yield whole.problem("party_in_row", path, "error", field=field.id)


def _kept_from(whole: Whole, repeat: Field, inner: Field) -> Path:
    """Where a field of rows, or the page of each row it is asked on, is said to be kept from somebody."""
    page: Path = ("form", inner.page, "hide_from")
    said = members(members(members(whole.source.data)["form"])[inner.page])
    if inner.page != repeat.page and "hide_from" in said:
        return page
    way = (step for name in inner.place.split("/")[2:] for step in ("fields", name))
    outer = repeat.fields[inner.place.split("/")[1]]
    return (*inner_path(("form", repeat.page, "fields", repeat.id), repeat, outer), *way)


def _signing(whole: Whole, action: Action) -> Iterator[Problem]:
    path: Path = ("workflow", "actions", action.id)
    signers = {APPLICANT, *whole.scheme.parties}
    others = tuple(who for who in action.by if who not in signers)
    if action.together and not action.signs:
        yield whole.problem("nothing_signed", path, "error", action=action.id)
    if (action.together or action.signs) and others:
        yield whole.at_value("signed_by_others", (*path, "by"), "error", action=action.id, others=others)
    for who in action.by if action.signs and not others else ():
        if not _sees(whole, action, who):
            yield whole.at_value("signs_unseen", (*path, "signs"), "error", party=who)
    for other in whole.scheme.workflow.actions.values():
        if other is action:
            return
        if action.signs and other.signs and (both := set(action.sources) & set(other.sources)):
            yield whole.problem("two_signatures", path, "error", action=other.id, state=min(both))


def _sees(whole: Whole, action: Action, who: str) -> bool:
    pages = [whole.scheme.form[id] for id in action.signs]
    return any(who not in field.hide_from for page in pages for field in page.fields.values())


def _leaks(whole: Whole, party: str) -> Iterator[Problem]:
    """What a party reads, and what decides what they are asked, depends on nothing that is hidden from them."""
    hidden = hidden_from(whole.scheme, party)
    for path, expression in (*_told(whole), *_asked(whole, party)) if hidden else ():
        for name in sorted({step[0] for step in expression.names} & hidden):
            told = {"name": name, "party": party}
            yield Problem("told_to_party", told, expression.place, path, "error")


def _told(whole: Whole) -> Read:
    """The texts all parties read, whoever is asked."""
    scheme = whole.scheme
    for rule in scheme.eligibility.values():
        yield from _in(("eligibility", rule.id, "otherwise"), rule.otherwise)
    for action in scheme.workflow.actions.values():
        yield from _in(("workflow", "actions", action.id, "otherwise"), action.otherwise)


def _asked(whole: Whole, party: str) -> Read:
    """All that stands on the pages a party fills in, and the texts of those they may read."""
    for page in whole.scheme.form.values():
        path: Path = ("form", page.id)
        mine = page.asked_of == party
        around = whole.scheme.fields.get(page.for_each)
        if around is None or party not in around.hide_from:
            yield from _in(path, (page.title, page.help, *((page.when, page.checks) if mine else ())))
        for field in page.fields.values():
            if party not in field.hide_from:
                yield from _in((*path, "fields", field.id), field if mine else _texts(field))


def _texts(field: Field) -> tuple[object, ...]:
    return (field.label, field.help, field.row)


def _in(path: Path, held: object) -> Read:
    for expression in expressions(held):
        yield path, expression
