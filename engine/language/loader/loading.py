"""What the loading of one scheme carries: its files, the names its expressions may use, the problems found so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine import feel, words
from engine.feel import types
from engine.feel.errors import FeelProblem
from engine.language.bundle import Bundle
from engine.language.expressions import Expression, Text, unbroken
from engine.language.facts_model import FactDeclared
from engine.language.lists import ReferenceList
from engine.language.loader.braces import doubled
from engine.language.loader.wanted import meant, type_word
from engine.language.source import Source
from engine.problems import Path, Place, Problem, Severity, near

Data = Mapping[str, Any]
Labels = Mapping[str, Text] | ReferenceList


@dataclass(frozen=True, slots=True)
class Scope:
    """The names known at a place, with their types; `labels` of those that give the code of a choice.

    With `holes`, a text is no place for expressions: what stands in its braces is one of these words.
    """

    names: Mapping[str, types.Type] = field(default_factory=dict)
    labels: Mapping[str, Labels] = field(default_factory=dict)
    holes: frozenset[str] | None = None

    def with_names(
        self, names: Mapping[str, types.Type], labels: Mapping[str, Labels] | None = None
    ) -> Scope:
        """This scope and more names, which hide those of the same name."""
        kept = {name: found for name, found in self.labels.items() if name not in names}
        return Scope({**self.names, **names}, {**kept, **(labels or {})})


NOTHING_KNOWN = Scope()


@dataclass(slots=True)
class Loading:
    """One loading: every function adds what it finds to `problems` and goes on."""

    bundle: Bundle
    source: Source
    data: dict[str, Any]
    languages: tuple[str, ...]
    translations: Mapping[str, Source]
    problems: list[Problem] = field(default_factory=list)
    lists: dict[str, ReferenceList] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    scope: Scope = NOTHING_KNOWN
    translated: set[tuple[str, Path]] = field(default_factory=set)
    option_texts: dict[tuple[str, ...], dict[str, Text]] = field(default_factory=dict)
    facts: dict[str, FactDeclared] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)  # page → the later form it belongs to
    pages_of_rows: dict[str, str] = field(default_factory=dict)  # a page asked for each row → its repeat
    asked_elsewhere: dict[tuple[str, ...], str] = field(default_factory=dict)  # (repeat, field) → that page

    def report(
        self,
        code: str,
        path: Path,
        *,
        at_key: bool = False,
        severity: Severity = "error",
        suggestion: str | None = None,
        **params: object,
    ) -> None:
        """Note a problem at the value of a path, or at its key."""
        place = self.source.key_place(path) if at_key else self.source.place(path)
        self.problems.append(Problem(code, params, place, path, severity, suggestion))

    def known(
        self,
        code: str,
        path: Path,
        name: str,
        names: Iterable[str],
        *,
        at_key: bool = False,
        of: str | None = None,
    ) -> bool:
        """Whether a name is one of those known (`of` a field); a problem with the nearest one when it is not."""
        known = list(names)
        if name in known:
            return True
        if not self.source.damaged:
            params: dict[str, Any] = {"name": name, "known": tuple(known)} | ({"of": of} if of else {})
            self.report(code, path, at_key=at_key, suggestion=near(name, known), **params)
        return False

    def option_labels(self, *field: str) -> dict[str, Text]:
        """What people read for each option of a field (of a row: repeat, field); filled when the field is loaded."""
        return self.option_texts.setdefault(field, {})

    def field_names(self) -> list[str]:
        """The ids of all top-level fields the file declares, faulty ones included."""
        form = self.source.data.get("form") if isinstance(self.source.data, Mapping) else None
        pages = form.values() if isinstance(form, Mapping) else ()
        fields = [one.get("fields") for one in pages if isinstance(one, Mapping) and "for_each" not in one]
        return [str(id) for found in fields if isinstance(found, Mapping) for id in found]

    def use_text(self, name: str, path: Path) -> None:
        """A mail or letter named in the scheme: its files must be there, the first language's above all."""
        if not self.known("unknown_text", path, name, self.texts):
            return
        missing = [language for language in self.languages if language not in self.texts[name]]
        first = self.languages[0]
        if first in missing:
            self.report("missing_text", path, file=f"texts/{name}.{first}.md")
        elif missing:
            files = tuple(f"texts/{name}.{language}.md" for language in missing)
            self.report("untranslated_text", path, severity="warning", files=files)

    # -- expressions ----------------------------------------------------------------------------------------

    def expression(
        self,
        data: Data,
        key: str,
        path: Path,
        scope: Scope,
        wanted: types.Type | None = None,
    ) -> Expression | None:
        """The expression under a key; None when there is none, or when it is faulty."""
        raw = data.get(key)
        if raw is None:
            return None
        return self.at(raw, (*path, key), scope, wanted)

    def at(
        self, raw: object, path: Path, scope: Scope, wanted: types.Type | None = None
    ) -> Expression | None:
        """The expression at a path: the item of a list, for instance; None when it is faulty."""
        return self.feel(_typed(raw), _Spot(self.source, path, 0), scope, wanted)

    def unary(
        self, raw: object, path: Path, scope: Scope, of: types.Type, *, is_key: bool = False
    ) -> Expression | None:
        """A unary test (`< 5`, `[1..3]`) of a value of a type; it may stand as a key: `{"< 5": 300}`."""
        return self.feel(_typed(raw), _Spot(self.source, path, 0, is_key), scope, None, unary=of)

    def feel(
        self,
        text: str,
        spot: _Spot,
        scope: Scope,
        wanted: types.Type | None,
        *,
        unary: types.Type | None = None,
    ) -> Expression | None:
        """Check and compile one expression; its problems are placed inside the file."""
        checked = feel.check(text, scope.names, unary=unary, wanted=wanted)
        for problem in checked.problems:
            self._feel_problem(problem, spot)
        if checked.tree is None or any(problem.severity == "error" for problem in checked.problems):
            return None
        if wanted is not None and not types.fits(checked.type, wanted):
            params = {"found": type_word(checked.type), "wanted": type_word(wanted)}
            suggestion = meant(text, wanted)
            self.problems.append(
                Problem("wrong_result", params, spot.place(0), spot.path, suggestion=suggestion)
            )
            return None
        labels = scope.labels.get(text.strip()) if isinstance(checked.type, types.String) else None
        return Expression(
            text, feel.compile(checked.tree), checked.type, spot.place(0), labels, checked.reads_clock
        )

    def _feel_problem(self, problem: FeelProblem, spot: _Spot) -> None:
        if self.source.damaged and problem.code in {"unknown_name", "unknown_member"}:
            return  # its field may stand in a line that could not be read
        place = spot.place(problem.start)
        params = {name: _feel_word(name, value) for name, value in problem.params.items()}
        code = f"feel_{problem.code}"
        self.problems.append(Problem(code, params, place, spot.path, problem.severity, problem.suggestion))

    def text(self, data: Data, key: str, path: Path, scope: Scope | None = None) -> Text | None:
        """The text under a key in all its languages; None when there is none."""
        raw = data.get(key)
        if raw is None:
            return None
        return self.text_of(raw, (*path, key), scope)

    def text_of(self, raw: object, path: Path, scope: Scope | None = None) -> Text:
        """A text in all its languages: inline, or in the first one with its translations beside."""
        found: dict[str, tuple[str | Expression, ...]] = {}
        used = self.scope if scope is None else scope
        if isinstance(raw, Mapping):
            for language, version in raw.items():
                if language not in self.languages and (*path, language) in self.source.borrowed:
                    continue  # a shared text speaks more languages than the scheme
                if self.known(
                    "unknown_language", (*path, language), str(language), self.languages, at_key=True
                ):
                    spot = _Spot(self.source, (*path, language), 0)
                    found[str(language)] = self._pieces(str(version), spot, used)
        else:
            found[self.languages[0]] = self._pieces(_typed(raw), _Spot(self.source, path, 0), used)
        for language in self.languages[1:]:
            if language not in found and (translation := self._translation(language, path)) is not None:
                found[language] = self._pieces(translation, _Spot(self.translations[language], path, 0), used)
        return self._complete(found, path)

    def _translation(self, language: str, path: Path) -> str | None:
        here: Any = self.translations[language].data if language in self.translations else None
        for step in path:
            here = here.get(step) if isinstance(here, Mapping) else None
        if here is None:
            return None
        self.translated.add((language, path))
        return _typed(here) if not isinstance(here, Mapping | list) else None

    def _complete(self, found: dict[str, tuple[str | Expression, ...]], path: Path) -> Text:
        """The versions in the order of the languages; what is missing is told once a text."""
        missing = [language for language in self.languages if language not in found]
        if self.languages[0] in missing:
            self.report("missing_language", path, language=self.languages[0])
        elif missing:
            self.report("missing_translation", path, severity="warning", languages=tuple(missing))
        ordered = {
            language: unbroken(found[language], language) for language in self.languages if language in found
        }
        return Text(ordered or {self.languages[0]: ("",)})

    def _pieces(self, raw: str, spot: _Spot, scope: Scope) -> tuple[str | Expression, ...]:
        if comment := spot.source.comment_after(spot.path):
            params = {"comment": comment}
            self.problems.append(Problem("comment_after_text", params, spot.place(0), spot.path, "warning"))
        try:
            pieces = words.split(raw)
        except words.TextError as error:
            self.problems.append(Problem(error.code, {}, spot.place(error.offset), spot.path))
            return (raw,)
        known = scope.names if scope.holes is None else scope.holes
        if two := doubled(raw, known):
            self.problems.append(Problem("two_braces", two[1], spot.place(two[0]), spot.path, "warning"))
        found: list[str | Expression] = []
        for piece in pieces:
            if isinstance(piece, str):
                found.append(piece)
            elif scope.holes is not None:
                self._hole(piece, replace(spot, offset=piece.start), scope.holes)
            elif (hole := self.feel(piece.text, replace(spot, offset=piece.start), scope, None)) is not None:
                found.append(hole)
        return tuple(found) if scope.holes is None else (raw,)

    def _hole(self, hole: words.Hole, spot: _Spot, known: frozenset[str]) -> None:
        name = hole.text.strip()
        if name not in known:
            params = {"name": name, "known": tuple(sorted(known))}
            code = "unknown_hole" if known else "no_hole"
            self.problems.append(
                Problem(code, params, spot.place(0), spot.path, suggestion=near(name, known))
            )

    def label(self, data: Data, path: Path, id: str) -> Text:
        """The `label`, or the id where a problem has already been told."""
        return self.text(data, "label", path) or Text({self.languages[0]: (id,)})


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an expression stands: in which file, under which path, how many characters into the text."""

    source: Source
    path: Path
    offset: int
    is_key: bool = False

    def place(self, inside: int) -> Place:
        """Where a character of the expression stands in the file."""
        at, source = self.path, self.source
        return source.key_place(at) if self.is_key else source.inside(at, self.offset + inside)


def _typed(raw: object) -> str:
    """A scalar as it was typed."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return str(raw)


def _feel_word(name: str, value: object) -> object:
    """A type, or what was expected, as the tables of sentences word it; the piece of text it is otherwise."""
    if name in {"expected", "found", "type", "left_type", "right_type", "kind"} and isinstance(value, str):
        return f"@feel {value}"
    if name == "parameters":
        return f"@takes {value}"
    return value
