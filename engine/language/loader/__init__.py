"""From the files of a scheme to a Scheme, or to everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from engine.language import public_holidays
from engine.language.bundle import SCHEME, TESTS, Bundle, UnreadableFile
from engine.language.checks import check_scheme_whole
from engine.language.checks.ids import check_ids
from engine.language.expressions import Text
from engine.language.grafting import graft
from engine.language.loader.budget import load_budget
from engine.language.loader.computed import load_computed
from engine.language.loader.dashboard import load_dashboard
from engine.language.loader.distribution import load_groups, load_tags, sees
from engine.language.loader.exports import load_exports, load_open_data
from engine.language.loader.facts import load_facts, load_prefill
from engine.language.loader.files import read_lists, read_texts, read_translations
from engine.language.loader.form import load_form
from engine.language.loader.later_forms import check_later_forms, names_of, put_into_form
from engine.language.loader.later_uses import check_later_uses
from engine.language.loader.loading import NOTHING_KNOWN, Loading, Scope
from engine.language.loader.migration import load_migration
from engine.language.loader.names import award_scope, base_scope, form_fields, mapping
from engine.language.loader.parties import load_parties, load_representative
from engine.language.loader.payments import load_instalments, load_paid_from
from engine.language.loader.row_pages import put_into_rows
from engine.language.loader.rules import load_award, load_day, load_eligibility, load_parameters
from engine.language.loader.scenarios import load_tests
from engine.language.loader.vouchers import load_vouchers
from engine.language.loader.workflow import load_workflow
from engine.language.model import Award, Calendar, Contact, Legal, Privacy, Role, Scheme, Silence
from engine.language.scalars import read_whole
from engine.language.settling import settled
from engine.language.sharing_slips import at_use
from engine.language.source import Source, read_source
from engine.language.spans import read_span
from engine.language.structure import check_structure
from engine.problems import Path, Place, Problem, SchemeError

_PLACEHOLDER = re.compile(r"\{(?:year|number(?::0[1-9])?)\}")
REFERENCE = "{year}-{number:05}"


def load_scheme(source: FilePath | Bundle) -> Scheme:
    """The scheme of a folder, a file or a bundle; raises SchemeError with all its problems, OSError."""
    scheme, problems = check_scheme(source)
    if scheme is None:
        raise SchemeError(problems)
    return scheme


@dataclass(frozen=True, slots=True)
class Examined:
    """A scheme (None when there is an error), every problem by place, and where each thing stands in scheme.yaml."""

    scheme: Scheme | None
    problems: tuple[Problem, ...]
    source: Source


def check_scheme(source: FilePath | Bundle) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """The scheme, or None when there is an error; and every problem, warnings included, by place."""
    found = examine(source)
    return found.scheme, found.problems


def examine(source: FilePath | Bundle) -> Examined:
    """The scheme with its problems and its places; raises OSError."""
    try:
        bundle = source if isinstance(source, Bundle) else Bundle.read(source)
    except UnreadableFile as error:
        problem = Problem("not_utf8", {}, Place(error.name, error.line, error.column))
        return Examined(None, (problem,), Source(error.name))
    if SCHEME not in bundle.files:
        name = bundle.name_of(SCHEME)
        return Examined(None, (Problem("no_scheme_file", {"file": SCHEME}, Place(name, 1, 1)),), Source(name))
    load = _opened(bundle)
    scheme = _with_files(load, _load(load)) if load.data else None
    if scheme is not None:
        check_scheme_whole(load, scheme)
    problems = in_order(at_use(load.source, settled(load.source, load.problems)))
    if scheme is None or any(problem.severity == "error" for problem in problems):
        return Examined(None, problems, load.source)
    return Examined(replace(scheme, warnings=problems), problems, load.source)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file and place."""
    seen: dict[object, Problem] = {}
    for problem in problems:
        seen.setdefault((problem.place, problem.code, problem.path), problem)
    start = Place("", 0, 0)
    return tuple(sorted(seen.values(), key=lambda problem: problem.place or start))


def _opened(bundle: Bundle) -> Loading:
    """Read every file, check the structure, and know the names."""
    source = read_source(bundle.files[SCHEME], bundle.name_of(SCHEME))
    problems = source.problems
    later = put_into_form(source)
    graft(source, bundle)
    _add_tests(bundle, source)
    data, found = check_structure(source)
    problems += found
    languages = tuple(str(language) for language in data.get("languages") or () if language) or ("fr",)
    load = Loading(
        bundle,
        source,
        data,
        languages,
        read_translations(bundle, languages, problems),
        problems,
        read_lists(bundle, problems),
        read_texts(bundle, languages, problems),
        later=later,
    )
    for beside in load.translations.values():
        put_into_form(beside)
    put_into_rows(load)
    load.facts = load_facts(load, dict(form_fields(load)))
    load.scope = base_scope(load)
    check_later_forms(load)
    check_later_uses(load)
    load.scope = load.scope.with_names(names_of(load))
    return load


def _add_tests(bundle: Bundle, source: Source) -> None:
    """tests.yaml stands under `tests`, beside what scheme.yaml may already hold there."""
    if TESTS not in bundle.files or not isinstance(source.data, dict):
        return
    beside = read_source(bundle.files[TESTS], bundle.name_of(TESTS))
    source.problems += beside.problems
    source.damaged |= beside.damaged
    if beside.data is None:
        return
    if not isinstance(beside.data, dict):
        source.problems.append(Problem("no_mapping", {}, beside.start))
        return
    tests = source.data.setdefault("tests", {})
    for name, test in beside.data.items() if isinstance(tests, dict) else ():
        if name in tests:
            first = source.keys[("tests", name)]
            params = {"key": name, "first": str(first)}
            source.problems.append(
                Problem("duplicate_key", params, beside.key_place((name,)), ("tests", name))
            )
            continue
        tests[name] = test
        for into, known in ((source.keys, beside.keys), (source.values, beside.values)):
            into.update({("tests", *path): place for path, place in known.items() if path[:1] == (name,)})


def _load(load: Loading) -> Scheme:
    data = load.data
    check_ids(load)
    empty = Text({load.languages[0]: ("",)})
    legal = _legal(load, mapping(data, "legal"))
    computed = load_computed(load)
    parties = load_parties(load)
    return Scheme(
        str(data.get("scheme", "")),
        load.languages,
        load.text(data, "title", (), NOTHING_KNOWN) or empty,
        _summary(load) or empty,
        _numbered(load, data.get("reference", REFERENCE), ("reference",)),
        Contact(**{key: str(value) for key, value in mapping(data, "contact").items()}),
        legal,
        _calendar(load, mapping(data, "calendar")),
        _roles(load, mapping(data, "roles")),
        load_parameters(load),
        load.lists,
        load_form(load, parties),
        load.facts,
        load_eligibility(load),
        _award(load),
        load_workflow(load, legal.silence.after if legal.silence else None),
        _privacy(load, mapping(data, "privacy")),
        load_tests(load),
        load.texts,
        computed=computed,
        version=read_whole(data.get("version")),
        migration=load_migration(load),
        prefill=load_prefill(load, dict(form_fields(load))),
        several=data.get("several") is True,
        parties=parties,
        messages=_messages(load, mapping(data, "messages")),
        letter_number=_letter_number(load, mapping(data, "letters")),
        representative=load_representative(load),
        groups=load_groups(load),
        tags=load_tags(load),
        dashboard=load_dashboard(load),
    )


def _with_files(load: Loading, scheme: Scheme) -> Scheme:
    """What leaves as files names the fields of the form."""
    return replace(
        scheme,
        exports=load_exports(load, scheme.fields),
        open_data=load_open_data(load, scheme.fields),
    )


def _summary(load: Loading) -> Text | None:
    """What the list of schemes says: it knows the parameters."""
    constants = Scope({name: load.scope.names[name] for name in mapping(load.data, "parameters")})
    return load.text(load.data, "summary", (), constants)


def _award(load: Loading) -> Award | None:
    award = load_award(load)
    scope = award_scope(load.scope, mapping(load.data, "eligibility"))
    budget, instalments = load_budget(load, scope), load_instalments(load, scope)
    paid_from = load_paid_from(load)
    if award is None:
        return None
    return replace(
        award,
        budget=budget,
        instalments=instalments,
        paid_from=paid_from,
        vouchers=load_vouchers(load, scope),
    )


def _numbered(load: Loading, text: str, path: Path) -> str:
    """`AU74-{year}-{number:05}`: it needs the number, and knows nothing but the year besides."""
    rest = _PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest or "{number" not in text:
        load.report("bad_reference", path, found=text)
    return text


def _messages(load: Loading, data: Mapping[str, Any]) -> dict[str, Text]:
    """The messages written beforehand: each names its text by its own id."""
    for id in data:
        load.use_text(id, ("messages", id))
    return {
        id: load.text_of(text, ("messages", id), NOTHING_KNOWN)
        for id, text in data.items()
        if text is not None
    }


def _letter_number(load: Loading, data: Mapping[str, Any]) -> str:
    return _numbered(load, str(data["number"]), ("letters", "number")) if data.get("number") else ""


def _legal(load: Loading, data: Mapping[str, Any]) -> Legal:
    silence = None
    if said := data.get("silence"):
        outcome, _, after = str(said).partition(" after ")
        span = read_span(after)
        silence = Silence("acceptance" if outcome == "acceptance" else "rejection", span) if span else None
    remedies = data.get("remedies")
    if remedies is not None:
        remedies = str(remedies).removeprefix("texts/")
        load.use_text(remedies, ("legal", "remedies"))
    return Legal(load.text(data, "basis", ("legal",), NOTHING_KNOWN), silence, remedies)


def _calendar(load: Loading, data: Mapping[str, Any]) -> Calendar:
    path = ("calendar",)
    opens, closes = load_day(load, data, "opens", path), load_day(load, data, "closes", path)
    if opens and closes and closes < opens:
        load.report("closes_before_opens", (*path, "closes"), opens=opens.isoformat())
    holidays = str(data.get("holidays") or "FR")
    if "holidays" in data and not public_holidays.knows(holidays):
        close = public_holidays.meant(holidays)
        load.report("unknown_holidays", (*path, "holidays"), suggestion=close, found=holidays)
    return Calendar(opens, closes, holidays)


def _roles(load: Loading, data: Mapping[str, Any]) -> dict[str, Role]:
    return {
        id: Role(
            id,
            load.label(role, ("roles", id), id),
            frozenset(verb for verb in role.get("may") or () if verb),
            sees(load, id, role),
        )
        for id, role in data.items()
        if isinstance(role, Mapping)
    }


def _privacy(load: Loading, data: Mapping[str, Any]) -> Privacy:
    keep = read_span(str(data.get("keep", "")).strip().removesuffix(" after end"))
    purpose = load.text(data, "purpose", ("privacy",), NOTHING_KNOWN)
    return Privacy(purpose, keep, read_span(str(data.get("drafts", ""))))
