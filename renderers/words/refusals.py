"""Why an act was refused, said to who tried it: what happened and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Protocol, cast

from engine.language.model import Scheme, Text
from engine.problems import AnswerProblem
from engine.words import Phrase
from renderers.catalogues import marked, say
from renderers.words.figures import day, moment, money, number
from renderers.words.phrases import enumeration, phrase
from renderers.words.problems import problem_sentence


class Refusal(Protocol):
    """What services and workflows refuse with."""

    @property
    def code(self) -> str:
        """One of services.refusals.CODES."""
        ...

    @property
    def params(self) -> Mapping[str, object]:
        """What the sentence of the code needs."""
        ...


CHANGED_BY = marked(
    "%(who)s did “%(action)s” on %(at)s, after this page was opened: check what stands there now, then decide."
)
CHANGED_BY_STAFF = marked(
    "%(who)s changed this dossier on %(at)s, after this page was opened: check what stands there now, then decide."
)
CHANGED = marked(
    "This was changed on %(at)s, after the page was opened: check what stands there now, then try again."
)
NOT_YET_OPEN = marked("Applications open on %(opens)s.")
CLOSED_SINCE = marked("Applications closed on %(closes)s.")
SAID_BY = marked("Not yet: %(reason)s")

SENTENCES: Mapping[str, str] = {
    "changed": CHANGED,
    "not_open": marked("This scheme takes no applications at the moment."),
    "not_an_email": marked("Enter an e-mail address such as name@example.org."),
    "incomplete": marked("Some questions are still to be answered."),
    "stopped": marked("With these answers the aid can't be granted."),
    "not_eligible": marked("With these answers the aid can't be granted."),
    "duplicate": marked("An application with this answer has already been made."),
    "at_work": marked("A mail about this application is just being sent: try again in a minute."),
    "not_editable": marked("These answers can't be changed now."),
    "already_asked": marked(
        "A request of %(at)s is still open: wait for the answer, or take the dossier up again first."
    ),
    "document_awaited": marked("Still awaited: %(documents)s. Send it, or say why you can't."),
    "no_such_page": marked("This page isn't part of your application, given your answers."),
    "file": marked("This document can't be accepted."),
    "too_many": marked("There are too many: %(max)s at most."),
    "no_such_item": marked("This item isn't on the checklist."),
    "messages_closed": marked(
        "No message can be written here: where this dossier stands, the scheme takes none."
    ),
    "which_motive": marked("Say what the call was about."),
    "empty": marked("Write a few words before sending."),
    "too_long": marked("Shorten this text to %(max)s characters at most."),
    "link_spoilt": marked("This link can't be read: begin without it, or ask for another one."),
    "no_name": marked("Give this list a name."),
    "too_many_views": marked("You keep %(max)s lists already: take one off first."),
    "anonymised": marked(
        "This dossier was anonymised on %(at)s, under the retention rule of the scheme: nothing can be done with it any more."
    ),
    "not_allowed": marked("Your role doesn't let you do this."),
    "throttled": marked("Too many attempts: wait a few minutes, then try again."),
    "wrong_credentials": marked("The e-mail address or the password is wrong."),
    "link_expired": marked("This link has expired or has already been used: ask for another one."),
    "being_checked": marked("This document is being checked for viruses: try again in a minute."),
    "email_taken": marked("There is already an account for %(email)s."),
    "weak_password": marked("Choose a password of at least %(min)s characters that isn't easily guessed."),
    "unknown_role": marked("The scheme %(scheme)s has no role called %(role)s."),
    "last_administrator": marked(
        "This is the last administrator's account: make another administrator first."
    ),
    "not_a_span": marked("Enter a number of days from 1 to %(max)s."),
    "account_closed": marked("This account is closed: open it again first."),
    "scheme_problems": marked("The scheme has %(problems)s problems: correct them, then publish."),
    "tests_failed": marked("%(outcomes)s of the scheme's own tests fail: correct them, then publish."),
    "campaign_running": marked(
        "Another campaign is at work on this scheme: wait until it is over, or stop it."
    ),
    "campaign_over": marked("This campaign is over already."),
    "nothing_chosen": marked("Tick at least one dossier, or choose the whole list."),
    "too_many_chosen": marked("That is too many at once: narrow the list to %(max)s dossiers at most."),
    "on_another_list": marked("It is on a list already, which waits for its signature."),
    "too_many_exports": marked("%(max)s of your exports are being made: wait until one is ready."),
    "no_parquet": marked(
        "Parquet files can't be written on this site: choose another kind, or have guichet-engine[parquet] installed."
    ),
    "export_over": marked(
        "This file isn't there: it is being made, or was erased. Ask for it again if need be."
    ),
    "own_list": marked("Somebody else must sign this list: you prepared it."),
    "list_signed": marked("This list was signed or sent back meanwhile: look at what stands there now."),
    "out_of_reach": marked("Whoever asked for it may not see this dossier any more."),
    "form_rejected": marked("What was filled in for all doesn't fit this dossier: do it there, by itself."),
    "which_action": marked(
        "Say by which action refused dossiers are taken up again: one that staff do from there, without a form."
    ),
    "preview_changed": marked(
        "The figures have changed since you saw them: look at them again, then confirm."
    ),
    "no_migration": marked(
        "Version %(number)s says nothing of older dossiers: write “migration” with its “dossiers”, and publish that."
    ),
    "changed_meanwhile": marked("Another version was published meanwhile: look at it first."),
    "stranded": marked(
        "This version removes states in which dossiers stand: %(states)s. Say what they are called now (migration: {states: {old_name: new_name}}), or leave them in."
    ),
    "envelope_gone": marked(
        "This version no longer has envelopes whose money dossiers wait for, or have set apart: %(envelopes)s. Leave them under the name they have."
    ),
    "wrong_version": marked(
        "This text says it is version %(found)s, but the next one is number %(number)s: correct “version”, or leave it out."
    ),
    "already_published": marked("This very version is already published: it is number %(number)s."),
    "draft_changed": marked(
        "%(who)s saved this scheme on %(at)s, after you opened it. Nothing is overwritten: look at what stands there now."
    ),
    "draft_exists": marked("There is already a scheme called %(scheme)s: choose another name."),
    "other_scheme": marked(
        "The text calls itself “%(found)s”, but it is kept as “%(scheme)s”: write “scheme: %(scheme)s” on its first line."
    ),
    "no_scheme_id": marked(
        "A scheme's name has small letters without accents, digits, hyphens, and a letter first: bicycle-grant, for example."
    ),
    "bundle_too_many": marked("A scheme has at most %(max)s files."),
    "bundle_too_big": marked("The file %(file)s is too big: %(max)s kB at most."),
    "bundle_name": marked(
        "“%(file)s” is no file of a scheme: it has scheme.yaml, tests.yaml, texts/NAME.LANGUAGE.md and lists/NAME.csv."
    ),
    "bundle_twice": marked("The file %(file)s is there twice."),
    "bundle_not_text": marked("The file %(file)s is no UTF-8 text: save it as UTF-8."),
    "bundle_no_scheme": marked("There is no file %(file)s."),
    "bundle_no_zip": marked("This is no zip that can be read: export the scheme again."),
    "unknown_action": marked("This action doesn't exist in this scheme."),
    "not_from_here": marked("This can't be done in the state the dossier is in now."),
    "not_yours": marked("Your role doesn't let you do this."),
    "not_in_their_place": marked(
        "Whoever applies in somebody's place can't do this: the person themselves has to ask the service for it."
    ),
    "same_person": marked("Somebody else must do this: you already did “%(did)s” on this dossier."),
    "guard": marked("Not yet: the conditions of this step aren't met."),
    "tasks": marked("Not yet: tasks of this state are left to do: %(tasks)s."),
    "checklist": marked("Not yet: the checklist isn't complete."),
    "documents_missing": marked("Not yet: the payment waits for %(fields)s."),
    "signature_missing": marked("Not yet: not everybody has signed."),
    "vote_closed": marked("This vote is closed: ballots can't be given or changed any more."),
    "no_proxy_to": marked("This proxy can’t be given: choose a member who votes themselves."),
    "proxies_full": marked(
        "This member already holds as many proxies as the vote allows (%(max)s): choose somebody else."
    ),
    "holds_proxies": marked("You vote for others: their proxies must be taken back before you give yours."),
    "no_option": marked("Choose one of the options, then vote."),
    "which_channel": marked("Say how the application reached you: by telephone, on paper or at the counter."),
    "invited_lately": marked(
        "The invitation was sent a moment ago: wait until %(retry_at)s to send it again."
    ),
    "amount_unknown": marked("Not yet: the amount this step grants is not known."),
    "no_opinion_here": marked("This opinion isn't asked for where the dossier stands now."),
    "no_expert": marked("Say who is asked: a name."),
    "bad_last_day": marked("Give a last day from %(first)s to %(last)s."),
    "already_awaited": marked("An opinion of this person is awaited already, since %(at)s."),
    "opinion_over": marked("This opinion is closed already."),
    "not_seen_by": marked(
        "%(who)s sees only the dossiers of their own groups, and this one is none of them: choose somebody else."
    ),
    "no_such_tag": marked("This scheme has no such tag: choose one of those offered."),
    "at_applicants": marked(
        "The applicant is changing their answers now: wait until they have filed them again, then correct."
    ),
    "unchanged": marked("This is the value that stands already: enter another one."),
    "bad_absence": marked("Enter a first and a last day: the last one after the first, and not past."),
    "comment_missing": marked("Write a comment: this step asks for one."),
    "exhausted": marked("There is not enough money left for this: nothing was done."),
    "instalment_unknown": marked("What falls due can't be computed: an answer it reads is missing."),
    "only_by_batch": marked("This payment is made by a payment batch, with others."),
    "batch_over": marked("This batch is no longer there for that: look at it again."),
    "bank_too_big": marked("This file is too big to be an answer of a bank: 20 MB at most."),
    "bank_not_xml": marked("This file can't be read: ask the bank for the XML file, and give it as it is."),
    "bank_not_a_return": marked(
        "This is no answer of a bank to payments: choose a pain.002 (status report) or a camt.054 (notification)."
    ),
    "bank_no_number": marked("This file bears no message number: ask the bank for a whole one."),
    "bank_too_many_lines": marked("This file holds too many payments: ask the bank to cut it in parts."),
    "bank_again": marked("This file was taken in on %(at)s already: nothing was done."),
    "bank_empty": marked("This file speaks of no payment of ours: nothing was done."),
    "same_account": marked("This is the account the bank refused: give another one."),
    "more_than_claimed": marked("This is not what is to be paid back: more than 0, and %(claimed)s at most."),
    "bad_pay_day": marked("Give a day of payment from %(first)s to %(last)s."),
    "same_person_batch": marked("You prepared this batch: somebody else must validate it."),
    "amount_unexplained": marked("Say in the comment why this amount differs from the one that stands."),
}


QUOTED = marked("“%(label)s”")


def refusal_sentence(refusal: Refusal, scheme: Scheme | None, language: str, *, zone: tzinfo = UTC) -> str:
    """One sentence (or the scheme's own text) on a refusal; instants are said in `zone`.

    Raises KeyError for a code without a sentence.
    """
    own = _own_words(refusal, scheme, language)
    if own:
        return own
    message = _message(refusal, scheme)
    return say(language, message, _params(refusal.params, scheme, language, zone))


def _own_words(refusal: Refusal, scheme: Scheme | None, language: str) -> str:
    """What the scheme itself says of this refusal, where it does."""
    params = refusal.params
    if refusal.code in ("duplicate", "exhausted") and isinstance(params.get("text"), Text):
        return cast("Text", params["text"]).plain(language)
    if refusal.code == "guard" and (reason := _guard_reason(params, language)):
        return say(language, SAID_BY, {"reason": reason[:1].lower() + reason[1:]})
    if refusal.code == "file":
        field = scheme.fields.get(str(params["field"])) if scheme else None
        return problem_sentence(cast("AnswerProblem", params["problem"]), field, language)
    return ""


def _guard_reason(params: Mapping[str, object], language: str) -> str:
    """The action's own `otherwise`, as a phrase by language; empty when the scheme gives none."""
    phrases = cast("Mapping[str, Phrase]", params.get("phrases") or {})
    return phrase(phrases.get(language) or next(iter(phrases.values()), ()), language)


def _message(refusal: Refusal, scheme: Scheme | None) -> str:
    params = refusal.params
    if refusal.code == "changed" and params.get("who"):
        return _changed(params, scheme)
    if refusal.code == "not_open" and params.get("open") == "not_yet" and params.get("opens"):
        return NOT_YET_OPEN
    if refusal.code == "not_open" and params.get("open") == "closed" and params.get("closes"):
        return CLOSED_SINCE
    return SENTENCES[refusal.code]


def _changed(params: Mapping[str, object], scheme: Scheme | None) -> str:
    """Who acted and what they did, as far as that has a name: what is no action of the workflow has none."""
    action = params.get("action")
    if action and (scheme is None or action in scheme.workflow.actions):
        return CHANGED_BY
    return CHANGED_BY_STAFF if params.get("kind") == "staff" else CHANGED


def _params(
    params: Mapping[str, object], scheme: Scheme | None, language: str, zone: tzinfo
) -> Mapping[str, object]:
    known = {"did": params.get("action"), **params}
    return {name: _param(name, value, scheme, language, zone) for name, value in known.items()}


def _param(name: str, value: object, scheme: Scheme | None, language: str, zone: tzinfo) -> object:
    if isinstance(value, datetime):
        return moment(value, language, zone)
    if isinstance(value, date):
        return day(value, language)
    if name == "claimed" and isinstance(value, Decimal):
        return money(value, language, scheme.award.currency if scheme and scheme.award else "EUR")
    if isinstance(value, Decimal):
        return number(value, language)
    if name in ("action", "did") and scheme is not None and value in scheme.workflow.actions:
        return scheme.workflow.actions[str(value)].label.plain(language)
    if name == "fields" and scheme is not None:
        return enumeration(
            [_field_label(str(id), scheme, language) for id in cast("Sequence[object]", value)], language
        )
    if name == "documents":
        return enumeration([str(one) for one in cast("Sequence[object]", value)], language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return len(value)
    return value


def _field_label(id: str, scheme: Scheme, language: str) -> str:
    field = scheme.fields.get(id)
    return say(language, QUOTED, {"label": field.label.plain(language)}) if field else id
