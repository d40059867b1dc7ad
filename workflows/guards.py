"""What stands before an action: who may do it, four eyes, the comment, the condition. Each refuses with what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.asked.used import leaves
from engine.award import rounded
from engine.feel.explanation import Clause
from engine.kinds import Json, kind_of
from engine.language.model import APPLICANT, Action, Expression
from workflows.payment import is_payment
from workflows.situation import Actor, Situation


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an action isn't done. Codes and params:

    unknown_action {action}; not_from_here {action, state}; not_yours {action, by: who may};
    not_in_their_place {action}; same_person {action, did: the earlier action}; comment_missing {action};
    documents_missing {action, fields: the ids of the file fields};
    signature_missing {action, parties: those who have not signed};
    not_eligible {action, rules: the RuleResults that don't hold}; checklist {action, items: those unticked}; tasks {action, tasks: those left};
    amount_unknown {action};
    guard {action, phrases: the text of `otherwise` by language, empty without one; clause: the explanation}.
    """

    code: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Attempt:
    """Someone trying an action; `comment` and `form` are None while it is only looked at."""

    situation: Situation
    action: Action
    actor: Actor
    comment: str | None
    form: Mapping[str, Json] | None


NO_ROLES = frozenset({APPLICANT, "system"})  # whoever is called so in `by` is no member of staff
Guard = Callable[[Attempt], Refusal | None]


def by_whom(attempt: Attempt) -> Refusal | None:
    """Whether this actor may do this at all."""
    actor, by = attempt.actor, attempt.action.by
    if actor.kind == "staff":
        allowed = bool(actor.roles & (set(by) - NO_ROLES))
    else:
        allowed = (actor.id if actor.kind == "party" else actor.kind) in by
    return None if allowed else Refusal("not_yours", {"action": attempt.action.id, "by": by})


def in_their_place(attempt: Attempt) -> Refusal | None:
    """Whether who applies in somebody's place may do this, too."""
    situation, action = attempt.situation, attempt.action.id
    one = situation.scheme.representative
    if attempt.actor.kind != APPLICANT or one is None or action not in one.may_not:
        return None
    acts = one.acts(situation.values, situation.now, situation.organisation.zone)
    return Refusal("not_in_their_place", {"action": action}) if acts else None


def four_eyes(attempt: Attempt) -> Refusal | None:
    """Whether the actor did, on this dossier, what excludes them here (`not_by_who_did`)."""
    for done in attempt.situation.history:
        if done.actor_id == attempt.actor.id and done.action in attempt.action.not_by_who_did:
            return Refusal("same_person", {"action": attempt.action.id, "did": done.action})
    return None


def commented(attempt: Attempt) -> Refusal | None:
    """Whether a comment is given where one is required."""
    wanted = attempt.action.comment == "required" and attempt.comment is not None
    if wanted and not (attempt.comment or "").strip():
        return Refusal("comment_missing", {"action": attempt.action.id})
    return None


def signed(attempt: Attempt) -> Refusal | None:
    """Whether all those who must sign have signed: each party there is, where several act together."""
    action, situation = attempt.action, attempt.situation
    needed = [who for who in action.by if who in situation.parties] if action.signs else []
    missing = tuple(who for who in needed if who not in situation.signed)
    return Refusal("signature_missing", {"action": action.id, "parties": missing}) if missing else None


def condition(attempt: Attempt) -> Refusal | None:
    """Whether the action's `if` is true; one that reads the form isn't judged before the form is filled in."""
    guard = attempt.action.if_
    if guard is None or (attempt.form is None and _reads_form(guard, attempt.action)):
        return None
    situation = attempt.situation
    known = {**situation.known(), **_answered(attempt)}
    if guard.holds(known, situation.now, situation.organisation.zone):
        return None
    return _unmet(attempt, guard.explain(known, situation.now, situation.organisation.zone), known)


def documented(attempt: Attempt) -> Refusal | None:
    """Whether the documents that block a payment are there, when this is one."""
    situation, action = attempt.situation, attempt.action
    pays = action.batch or is_payment(situation.scheme, situation.state, action.to, attempt.actor.kind)
    if not situation.awaited or not pays:
        return None
    return Refusal("documents_missing", {"action": action.id, "fields": situation.awaited})


def priced(attempt: Attempt) -> Refusal | None:
    """Whether the amount an action grants is known, where the action says it; one that reads the form waits for it."""
    said = attempt.action.amount
    if said is None or (attempt.form is None and _reads_form(said, attempt.action)):
        return None
    if amount_of(attempt) is not None:
        return None
    return Refusal("amount_unknown", {"action": attempt.action.id})


def amount_of(attempt: Attempt) -> Decimal | None:
    """The amount an action grants by its own words, rounded as the award is; None where it says none, or none that is
    known and not negative."""
    said, situation = attempt.action.amount, attempt.situation
    if said is None:
        return None
    known = {**situation.known(), **_answered(attempt)}
    found = said.value(known, situation.now, situation.organisation.zone)
    award = situation.scheme.award
    mode, decimals = award.round if award else ("half up", 2)
    return rounded(found, mode, decimals) if isinstance(found, Decimal) and found >= 0 else None


ALL: tuple[Guard, ...] = (
    by_whom,
    in_their_place,
    four_eyes,
    documented,
    commented,
    signed,
    condition,
    priced,
)


def first_refusal(attempt: Attempt) -> Refusal | None:
    """What the first guard that refuses says."""
    return next((refusal for guard in ALL if (refusal := guard(attempt)) is not None), None)


def _reads_form(guard: Expression, action: Action) -> bool:
    return any(path and path[0] in action.form for path in guard.names)


def _answered(attempt: Attempt) -> dict[str, object]:
    form = attempt.form or {}
    return {
        field.id: None if form.get(field.id) is None else kind_of(field).value(field, form[field.id])
        for field in attempt.action.form.values()
    }


def _unmet(attempt: Attempt, clause: Clause, known: Mapping[str, object]) -> Refusal:
    """The refusal for a condition that isn't true: in the scheme's words, or by what decided it."""
    situation, action = attempt.situation, attempt.action
    if action.otherwise is not None:
        zone = situation.organisation.zone
        phrases = {
            language: action.otherwise.say(language, known, situation.now, zone)
            for language in situation.scheme.languages
        }
        return Refusal("guard", {"action": action.id, "phrases": phrases, "clause": clause})
    missing = {used.path[0] for part in _missing(clause) for used in leaves(part) if used.path}
    if "eligible" in missing and situation.verdict is not None and situation.verdict.eligible is not True:
        rules = situation.verdict.rules
        failed = tuple(rule for rule in rules if rule.severity == "refuse" and rule.outcome is not True)
        return Refusal("not_eligible", {"action": action.id, "rules": failed})
    if "checklist" in missing and situation.unticked:
        return Refusal("checklist", {"action": action.id, "items": situation.unticked})
    if "tasks" in missing and situation.left_to_do:
        return Refusal("tasks", {"action": action.id, "tasks": situation.left_to_do})
    return Refusal("guard", {"action": action.id, "phrases": {}, "clause": clause})


def _missing(clause: Clause) -> Iterator[Clause]:
    """The parts of a condition joined by `and` that aren't true."""
    if clause.operator == "and":
        yield from (missing for part in clause.clauses for missing in _missing(part))
    elif clause.result is not True:
        yield clause
