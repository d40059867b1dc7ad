"""What is wrong with an answer, said to who gave it: the field's own label, then what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from engine.kinds import FieldView
from engine.kinds.person import MAY_STAY_BLANK, NAMES, parts_of
from engine.problems import AnswerProblem, Path
from engine.words import Phrase, Printed, split
from renderers.catalogues import count, say
from renderers.control_parts import PARTS
from renderers.words.figures import number, size
from renderers.words.phrases import enumeration, phrase, printed
from renderers.words.remedies import (
    BY_KIND,
    BY_PART,
    COUNTED,
    DATE_PARTS,
    FIGURE_FORMATS,
    IN_NAMED_ROW,
    IN_ROW,
    LABELLED,
    LABELLED_QUESTION,
    REMEDIES,
)

ENDINGS = " ?.:\u00a0\u202f"  # a label in the middle of a sentence loses its mark
NAME_PARTS = frozenset({"person", "address"})
NAMES_ITS_PART = frozenset({"missing", "not_a_postcode"})  # codes whose sentence says which part is meant
IN_BYTES = frozenset({"file_too_big", "dossier_full"})  # the codes whose `max` is a size


Called = Callable[[Path], str]  # the name of the row at a place, "" when it has none


def problem_sentence(
    problem: AnswerProblem,
    field: FieldView | None,
    language: str,
    *,
    labelled: bool = True,
    called: Called | None = None,
) -> str:
    """One sentence on what to correct. `field` is the top-level field (None for a check of the whole page).

    Labelled, it stands alone in a summary: "Date de fermeture : indiquez une date…"; otherwise it stands under the
    field itself: "Indiquez une date…". The text of a scheme's own check is said as it is, after the row it is about;
    its own sentence for a problem (`messages`) takes the place of ours. `called` names rows besides counting them.
    Raises KeyError for a code that engine.kinds.codes doesn't list.
    """
    if problem.code == "check":
        text = _checked(problem, language)
        row = _row_of(problem.path, field, language, called) if labelled and field else ""
        return f"{_stem(row, language)} {text}" if row else text
    inner, rest = _innermost(problem.path, field)
    own = _own(problem, rest, inner, language)
    remedy = own or _remedy(problem, _kind(inner), language)
    part = "" if own else _part_named(problem.code, rest, inner, language)
    if not labelled or field is None or inner is None:
        return _labelled(part, remedy, language) if part else remedy
    label = " – ".join(one for one in (_label(problem.path, field, language, called), part) if one)
    return f"{_stem(label, language)} {own}" if own else _labelled(label, remedy, language)


def _checked(problem: AnswerProblem, language: str) -> str:
    phrases = cast("Mapping[str, Phrase]", problem.params["phrases"])
    return phrase(phrases.get(language) or next(iter(phrases.values())), language)


def _own(problem: AnswerProblem, rest: Path, inner: FieldView | None, language: str) -> str | None:
    """The scheme's own sentence. A part left blank (the town of an address: more than the field stands in `rest`) keeps ours,
    which names the part."""
    if inner is None or problem.code not in inner.messages or (len(rest) > 1 and problem.code == "missing"):
        return None
    params = _params(problem, language)
    pieces = split(inner.messages[problem.code].plain(language))
    return "".join(piece if isinstance(piece, str) else params[piece.text.strip()] for piece in pieces)


def _part_named(code: str, rest: Path, field: FieldView | None, language: str) -> str:
    """The label of the input a problem is about, where the question has several and the sentence doesn't say which."""
    if field is None or field.kind not in NAME_PARTS or len(rest) < 2 or code in NAMES_ITS_PART:
        return ""
    shapes = PARTS[field.kind]
    shape = shapes.get(f"-{rest[1]}") or shapes.get(f"-{rest[1]}-day")
    return say(language, shape.group or shape.label) if shape else ""


def _stem(label: str, language: str) -> str:
    """A label before a sentence that stands as it is written: a colon, or the mark of the question."""
    if label.rstrip().endswith("?"):
        return label.rstrip()
    return say(language, LABELLED, {"label": label.rstrip(" .:"), "remedy": ""}).rstrip()


def _innermost(path: Path, field: FieldView | None) -> tuple[FieldView | None, Path]:
    """The field a problem is about, a row's own one for a problem in a row, and the end of the path that begins with it."""
    if field is None or not _leads_into(path, field):
        return field, path
    return _innermost(path[2:], field.fields[str(path[2])])


def _leads_into(path: Path, field: FieldView) -> bool:
    """Whether a path goes on into a row of a field."""
    return len(path) > 2 and (isinstance(path[1], int) or bool(field.lines)) and str(path[2]) in field.fields


def _label(path: Path, field: FieldView, language: str, called: Called | None, around: Path = ()) -> str:
    """The field's label; in a row, after that of the row and of those around it."""
    label, here = field.label.plain(language), (*around, *path[:2])
    if not _leads_into(path, field):
        return _in_row(field, here, language, called) if _is_row(path) else label
    inner = _label(path[2:], field.fields[str(path[2])], language, called, here)
    if field.lines:
        return f"{field.lines[str(path[1])].label.plain(language)} – {inner}"
    return f"{_in_row(field, here, language, called)}, {inner}"


def _is_row(path: Path) -> bool:
    return len(path) > 1 and isinstance(path[1], int)


def _in_row(repeat: FieldView, row: Path, language: str, called: Called | None) -> str:
    """`Enfants, ligne 1 (Zoé)`: a row as it is counted, and as its scheme calls it."""
    found = {"group": repeat.label.plain(language).rstrip(ENDINGS), "row": int(row[-1]) + 1}
    if called and (name := called(row)):
        return say(language, IN_NAMED_ROW, {**found, "name": name})
    return say(language, IN_ROW, found)


def _row_of(path: Path, field: FieldView, language: str, called: Called | None, around: Path = ()) -> str:
    """The row a check is told in, with those around it; "" for none. A line of a matrix by its label."""
    if not _leads_into(path, field):
        return ""
    here = (*around, *path[:2])
    own = (
        field.lines[str(path[1])].label.plain(language)
        if field.lines
        else _in_row(field, here, language, called)
    )
    inner = _row_of(path[2:], field.fields[str(path[2])], language, called, here)
    return f"{own}, {inner}" if inner else own


def _labelled(label: str, remedy: str, language: str) -> str:
    """The label and the remedy in one line; a question keeps its mark, a sentence loses its full stop."""
    if label.rstrip().endswith("?"):
        return say(language, LABELLED_QUESTION, {"label": label, "remedy": remedy})
    lowered = remedy[:1].lower() + remedy[1:]
    return say(language, LABELLED, {"label": label.rstrip(" .:"), "remedy": lowered})


def _kind(field: FieldView | None) -> str:
    """The kind a remedy is looked up by; a person of whom more than the names is asked has its own."""
    if field is None or field.kind != "person":
        return field.kind if field else ""
    owed = set(parts_of(field)).difference(MAY_STAY_BLANK)
    return "person" if owed == set(NAMES) else "whole_person"


def _remedy(problem: AnswerProblem, kind: str, language: str) -> str:
    part = str(problem.path[-1]) if problem.path else ""
    if problem.code in COUNTED:
        return _counted(problem, kind, language)
    message = BY_PART.get((problem.code, part)) or BY_KIND.get((problem.code, kind)) or REMEDIES[problem.code]
    return say(language, message, _params(problem, language))


def _counted(problem: AnswerProblem, kind: str, language: str) -> str:
    """A remedy whose plural follows its bound."""
    variants = COUNTED[problem.code]
    one, many = variants.get(kind) or variants[""]
    bound = problem.params["min" if "min" in problem.params else "max"]
    figure = int(str(bound.value if isinstance(bound, Printed) else bound))
    return count(language, one, many, figure, _params(problem, language))


def _params(problem: AnswerProblem, language: str) -> Mapping[str, str]:
    """The params of a problem, each as this language writes it."""
    if problem.code in IN_BYTES:
        largest = size(cast("int", problem.params["max"]), language)
        return {**cast("Mapping[str, str]", problem.params), "max": largest}
    return {name: _param(name, value, language) for name, value in problem.params.items()}


def _param(name: str, value: object, language: str) -> str:
    if isinstance(value, Printed):
        return printed(value, language)
    if isinstance(value, Mapping):
        return _said(cast("Mapping[str, Phrase]", value), language)
    special = SPECIAL.get(name)
    if special is not None:
        return special(value, language)
    if isinstance(value, int) and name in FIGURE_FORMATS:
        return FIGURE_FORMATS[name].format(value)
    return number(value, language) if isinstance(value, int) else str(value)


def _formats(value: object, language: str) -> str:
    return enumeration([str(name).upper() for name in cast("Sequence[object]", value)], language)


def _parts(value: object, language: str) -> str:
    named = [say(language, DATE_PARTS[str(name)]) for name in cast("Sequence[object]", value)]
    return enumeration(named, language)


def _said(phrases: Mapping[str, Phrase], language: str) -> str:
    return phrase(phrases.get(language) or next(iter(phrases.values())), language)


SPECIAL: Mapping[str, Callable[[object, str], str]] = {
    "accept": _formats,
    "parts": _parts,
}
