"""What is wrong with a shared file and a scheme together, told where the scheme says `use`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.language.source import Source, Use
from engine.problems import Problem

# A name the shared file says and the scheme must have: what it is the name of, as the tables of sentences word it.
WANTED = {
    "unknown_role": "@shared_role",
    "unknown_text": "@shared_text",
    "unknown_list": "@shared_list",
    "feel_unknown_name": "@shared_name",
}
# A name the shared file says and has itself, unless the scheme takes it away.
TAKEN = {"unknown_state": "@shared_state", "unknown_action": "@shared_action"}
# What shows only where the whole is seen: the shared file by itself is not at fault.
TOGETHER = frozenset(
    {
        "automatic_round", "check_never_holds", "dead_end", "deadline_idle", "deadline_never", "deadline_strands",
        "decides_unseen", "do_not_by_system", "do_not_from_here", "feel_unknown_member", "guard_never_holds",
        "hidden_from_all", "id_twice", "list_nobody_signs", "missing_language", "missing_text", "missing_translation", "never_asked",
        "never_by_itself", "no_legal_silence", "no_public_status", "no_start", "no_way_to_an_end", "nobody_leaves", "reminder_never",
        "reserved_id", "role_sees_nothing", "row_hides_name", "second_start", "two_public_statuses",
        "unreachable_state", "untranslated_text", "vote_strands",
    }
)  # fmt: skip
SPOKEN = frozenset({"missing_language", "missing_translation"})  # told once, not for each text


def at_use(source: Source, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems; those in a shared file that come of what the scheme has or hasn't stand at its `use`."""
    by_file: dict[str, list[Use]] = {}
    for use in source.uses:
        by_file.setdefault(use.file, []).append(use)
    for problem in problems:
        uses = by_file.get(problem.place.file, []) if problem.place else []
        yield _told(problem, uses[0]) if uses else problem


def _told(problem: Problem, use: Use) -> Problem:
    """One problem placed in a shared file."""
    name = str(problem.params.get("name", ""))
    taken = any(path[-1] == name for path in use.taken)
    if what := WANTED.get(problem.code) or (TAKEN.get(problem.code) if taken else None):
        params = {"use": use.name, "what": what, "name": name, "at": str(problem.place)}
        return Problem("shared_wants", params, use.place, (what, name))
    if problem.code not in TOGETHER:
        return problem
    return replace(problem, place=use.place, path=() if problem.code in SPOKEN else problem.path)
