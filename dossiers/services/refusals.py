"""How a service says no: to people in words, to those who may not know by finding nothing."""

from __future__ import annotations

from collections.abc import Mapping

# Every code a service may refuse with, and the params its sentence may use. The codes of workflows.lifecycle come
# besides. `who` is a name, `action` the id of a workflow's action, `at` an aware instant (UTC).
CODES: Mapping[str, tuple[str, ...]] = {
    "changed": ("who", "action", "at"),  # somebody else acted meanwhile; the page shown was out of date
    "unknown_action": ("action",),
    "not_open": ("open", "opens", "closes"),  # the scheme takes no application: "not_yet" or "closed"
    "not_an_email": (),
    "incomplete": ("page",),  # the first page still to fill in
    "stopped": ("rule",),  # a RuleResult known to fail: no way onward but another answer
    "not_eligible": ("rules",),  # RuleResults that failed; each has its text and its reasons
    "duplicate": ("phrase", "field"),  # `once`: the field's own `otherwise`
    "already_filed": ("reference",),
    "not_editable": (),  # the dossier's answers can't be changed now
    "not_reopened": ("page",),  # a correction was asked about other fields
    "no_such_page": ("page",),
    "too_many_files": ("max",),
    "too_many_rows": ("max",),
    "file": ("problem",),  # an AnswerProblem about one document
    "no_such_item": ("item",),  # of a checklist
    "empty": (),  # a note or a message without a word
    "too_long": ("max",),
    "not_allowed": ("verb",),  # the viewer sees the dossier but may not do this
    "throttled": ("retry_at",),
    "wrong_credentials": (),
    "link_expired": (),
    "email_taken": ("email",),
    "weak_password": ("min",),
    "unknown_role": ("role", "scheme"),
    "last_administrator": (),
    "own_account": (),
    "scheme_problems": ("problems",),  # Problems of a bundle: it can't be published
    "tests_failed": ("outcomes",),  # Outcomes of the scheme's own tests
    "already_published": ("number",),  # the same bundle, byte for byte
}


class Refused(Exception):
    """An act that may not happen, to be told to the person: a code, and the data its sentence needs.

    Nothing was written: the desk rolls back. The wording is in the renderers.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


class NotFound(Exception):
    """There is no such thing, or none that this viewer may know of: the two are never told apart."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
