"""How a service says no: every code with its params, so that a test can hold each to a sentence per language."""

from __future__ import annotations

from collections.abc import Mapping

from dossiers.changes.refusals import NotFound, Refused

# `who` is a name ("" for the applicant and the system, see `kind`), `action` the id of a workflow's action,
# `at` an aware instant (UTC).
CODES: Mapping[str, tuple[str, ...]] = {
    # somebody acted meanwhile, so the page shown was out of date
    "changed": ("who", "kind", "action", "at"),
    "not_open": ("open", "opens", "closes"),  # the scheme takes no application: "not_yet" or "closed"
    "not_an_email": (),
    "incomplete": ("page",),  # the first page still to fill in
    "stopped": ("rule",),  # a RuleResult known to fail: no way onward but another answer
    "not_eligible": ("rules",),  # RuleResults that failed; each has its phrases and its reasons
    "duplicate": ("text", "field"),  # `once`: the field's own `otherwise`, a Text
    "at_work": (),  # a job about the dossier is being done at this moment
    "not_editable": (),  # the answers can't be changed now
    "already_asked": ("at",),  # the applicant has a request to answer
    "document_awaited": ("documents",),  # asked by name; neither sent nor excused
    "no_such_page": ("page",),
    "too_many": ("field", "max"),  # documents or rows
    "no_such_item": ("item",),  # of a checklist
    "which_motive": (),  # of a call
    "empty": (),  # a note or a message without a word
    "too_long": ("max",),
    "messages_closed": (),  # nobody writes where the dossier stands, or only the office
    "anonymised": ("at",),  # its content was erased under the retention rule of the scheme
    "not_allowed": ("verb",),  # the viewer sees the dossier but may not do this
    "throttled": ("retry_at",),
    "wrong_credentials": (),
    "link_expired": (),
    "being_checked": (),  # a document that still waits for the scanner
    "email_taken": ("email",),
    "weak_password": ("min",),
    "unknown_role": ("role", "scheme"),
    "last_administrator": (),
    "account_closed": (),
    "not_a_span": ("max",),  # of days, to move a rehearsal's clock
    "scheme_problems": ("problems",),  # Problems of a bundle: it can't be published
    "tests_failed": ("outcomes",),  # Outcomes of the scheme's own tests
    "campaign_running": ("campaign",),  # another one of the scheme, by its public id
    "campaign_over": (),
    "nothing_chosen": (),  # no dossier of the list was chosen for a batch
    "too_many_chosen": ("max",),
    "on_another_list": (),  # a dossier waits on a list for its signature already
    "too_many_exports": ("max",),  # of one person, being made
    "no_parquet": (),  # its library isn't installed here
    "export_over": (),  # its file was erased, or is being made
    "own_list": (),  # who prepared a list doesn't sign it
    "list_signed": (),  # or sent back: nothing can be taken out any more
    "out_of_reach": (),  # who asked for a batch may not see the dossier any more
    "form_rejected": (),  # what was given once for a batch doesn't fit this dossier
    "which_action": ("actions",),  # by which refused dossiers could be taken up again
    "preview_changed": ("expected", "found"),  # what was agreed to is no longer what would be done
    "no_migration": ("number",),  # the version in force says nothing of older dossiers
    "changed_meanwhile": (),
    "stranded": ("states", "number"),  # a version would remove states in which dossiers stand: {label: count}
    "envelope_gone": (
        "envelopes",
        "number",
    ),  # it would remove envelopes whose money dossiers wait for: {name: count}
    "wrong_version": ("found", "number"),
    "already_published": ("number",),  # the same bundle, byte for byte
    "draft_changed": ("who", "at"),  # somebody saved the text of the scheme meanwhile
    "draft_exists": ("scheme",),
    "other_scheme": ("found", "scheme"),  # the text gives itself another id than the one it is kept under
    "no_scheme_id": (),
    # the files of a scheme: see authoring.studio.files
    "bundle_too_many": ("max",),
    "bundle_too_big": ("file", "max"),  # kilobytes
    "bundle_name": ("file",),
    "bundle_twice": ("file",),
    "bundle_not_text": ("file",),
    "bundle_no_scheme": ("file",),
    "bundle_no_zip": (),
    # those of workflows.lifecycle.Refusal (see workflows.guards); "not_eligible" comes from there too, with `action`
    "unknown_action": ("action",),
    "not_from_here": ("action", "state"),
    "not_yours": ("action", "by"),
    "not_in_their_place": ("action",),
    "same_person": ("action", "did"),
    "guard": (
        "action",
        "phrases",
        "clause",
    ),  # `clause` is None where it would show what the viewer may not see
    "checklist": ("action", "items"),
    "tasks": ("action", "tasks"),
    "comment_missing": ("action",),
    "amount_unknown": ("action",),
    "exhausted": (
        "text",
        "envelopes",
    ),  # no money left: what the scheme says of it (a Text) or None, and where
    "instalment_unknown": ("action", "instalment"),  # what falls due reads something that isn't known
    "only_by_batch": ("action",),  # this payment is made by a payment batch, not one by one
    "batch_over": (),  # a payment batch that is no longer where this could be done
    # files of a bank
    "bank_too_big": (),
    "bank_not_xml": (),
    "bank_not_a_return": (),  # neither pain.002 nor camt.054
    "bank_no_number": (),
    "bank_too_many_lines": (),
    "bank_again": ("at",),  # the same file, or the same message of the bank
    "bank_empty": (),
    "same_account": (),  # the account the bank refused is given again
    "more_than_claimed": ("claimed",),  # a repayment beyond what is claimed
    "bad_pay_day": ("first", "last"),  # a payment batch is paid from today on
    "same_person_batch": (),  # who prepared a payment batch doesn't validate it
    "amount_unexplained": (
        "action",
    ),  # another amount than the one that stands, without a comment that says why
    "signature_missing": ("action", "parties"),
    "invited_lately": ("retry_at",),
    "link_spoilt": (),
    "no_name": (),
    "too_many_views": ("max",),
    "vote_closed": (),
    "no_option": (),  # a ballot without a choice
    "no_proxy_to": (),  # who may not vote for another: no member, aside, or who has given theirs
    "proxies_full": ("max",),  # somebody votes for as many as the scheme allows
    "holds_proxies": (),  # who votes for others gives no proxy
    "no_opinion_here": (),  # where the dossier stands, it isn't asked for
    "no_expert": (),  # an opinion asked of nobody
    "bad_last_day": ("first", "last"),
    "already_awaited": ("at",),  # an opinion of the same person
    "opinion_over": (),  # called off, or final
    "not_seen_by": ("who",),  # an agent who doesn't see the dossier they would be given
    "bad_absence": (),
    "no_such_tag": (),
    "at_applicants": (),  # the applicant is changing the answers now
    "unchanged": (),
    "which_channel": (),  # how an application typed for somebody came in
}

__all__ = ["CODES", "NotFound", "Refused"]
