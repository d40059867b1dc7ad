"""One question of the survey as a field of a scheme: plain data, each expression with the cell it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from authoring.imports.xlsform.expressions import NotCarried, Translator, seen_from
from authoring.imports.xlsform.lists import ChoiceList, choice_list
from authoring.imports.xlsform.survey import NOTE, Item, Survey
from authoring.imports.xlsform.texts import Said, Texts
from authoring.imports.xlsform.workbook import Cell, Workbook
from authoring.imports.xlsform.xpath import NotRead, parse
from engine.problems import Path

YES, NO = ("yes", "true", "true()", "1", "oui"), ("", "no", "false", "false()", "0", "non")
LEFT_OUT = ("trigger", "guidance_hint", "media::image", "bind::jr:preload")
LOOKS = frozenset(
    ["minimal", "quick", "quickcompact", "compact", "horizontal", "horizontal-compact", "likert", "multiline", "autocomplete",
     "field-list", "columns", "columns-pack", "columns-flex", "no-buttons", "picker", "vertical", "list-nolabel", "label"]
)  # fmt: skip


@dataclass(slots=True)
class Fields:
    """Makes the fields; `cells` tells where each expression written stands in the workbook."""

    book: Workbook
    survey: Survey
    texts: Texts
    again: Said
    cells: dict[Path, Cell] = field(default_factory=dict)
    lists: dict[str, ChoiceList] = field(default_factory=dict)

    def of(self, items: Iterable[Item], path: Path) -> dict[str, Any]:
        """The fields of a page or of a row, by id; what is computed for the whole form is none of them."""
        return {
            item.id: self.one(item, (*path, item.id))
            for item in items
            if item.kind != NOTE and (item.kind != "calculate" or item.repeat)
        }

    def notes(self, items: Iterable[Item], path: Path) -> dict[str, Any]:
        """What is said among the questions of a page, each before the question it stands above, else at the end."""
        found: dict[str, Any] = {}
        waiting: list[str] = []
        for item in items:
            if item.kind != NOTE:
                for id in waiting if item.kind != "calculate" else ():
                    found[id]["before"] = item.id
                waiting = waiting if item.kind == "calculate" else []
            elif text := self.said(item, "label"):
                found[item.id] = {"info": text}
                if condition := self.condition(item.relevants, item, (*path, item.id, "when")):
                    found[item.id]["when"] = condition
                waiting.append(item.id)
        return found

    def one(self, item: Item, path: Path) -> dict[str, Any]:
        """One field, its keys in the order people read them."""
        found: dict[str, Any] = {
            "type": item.kind,
            "label": self.said(item, "label") or item.row.text("name"),
        }
        if help_ := self.said(item, "hint"):
            found["help"] = help_
        if item.kind == "calculate":
            return self._computed(item, found, path)
        if condition := self.condition(item.relevants, item, (*path, "when")):
            found["when"] = condition
        if not self._is_required(item):
            found["optional"] = True
        found |= self._own(item, path)
        if item.kind != "repeat":
            found |= self._constraint(item, path)
            found |= self._messages(item)
        self._leave_out(item)
        return found

    def said(self, item: Item, column: str) -> Said:
        """A text of the question in its languages."""
        return self.texts.of(item.row, column, lambda name: self._hole(name, item))

    def _hole(self, name: str, item: Item) -> str | None:
        known = self.survey.names.get(name)
        return known.id if known and seen_from(item.repeat, known) == known.id else None

    def _computed(self, item: Item, found: dict[str, Any], path: Path) -> dict[str, Any]:
        value = self.expression(item.row.cells.get("calculation"), item, (*path, "value"))
        found["type"] = "decimal"  # tried as another kind when it turns out not to be a number
        return found | {"value": value or "null"}

    def _is_required(self, item: Item) -> bool:
        said = item.row.text("required").lower().replace(" ", "")
        if said not in (*YES, *NO):
            self.book.note(
                "xls_required", item.row.at("required"), name=item.id, text=item.row.text("required")
            )
        return said not in NO

    def _own(self, item: Item, path: Path) -> dict[str, Any]:
        """The keys of the kind: options, bounds of a range, the fields of a repeat."""
        if item.options:
            if (cell := item.row.cells.get("choice_filter")) is not None and (
                some := self._some(cell, item, path)
            ):
                return some
            codes = self.survey.lists[item.options]
            rows = self.survey.choices.get(item.options, [])
            return {
                "options": {
                    codes[code]: self.texts.of(row, "label", lambda name: None) or code
                    for row in rows
                    if (code := row.text("name") or row.text("value"))
                }
            }
        if item.kind == "repeat":
            return {"fields": self.of(item.items, (*path, "fields"))}
        if item.row.text("type").lower().startswith("range"):
            return self._range(item)
        accepts_pictures = item.row.text("type").lower() in ("image", "photo")
        return {"accept": ["jpeg", "png"]} if accepts_pictures else {}

    def _some(self, cell: Cell, item: Item, path: Path) -> dict[str, Any]:
        """The list of a question whose options depend on other answers, and which of them; nothing when that can't be said."""
        known = self.lists.get(item.options) or choice_list(self.survey, item.options)
        where = self.expression(cell, item, (*path, "where"), columns=known.columns)
        if not where:
            return {}
        self.lists[item.options] = known
        return {"list": known.id, "where": where}

    def _range(self, item: Item) -> dict[str, Any]:
        given = dict(
            part.partition("=")[::2] for part in item.row.text("parameters").replace(" = ", "=").split()
        )
        bounds = {"min": given.get("start", "0"), "max": given.get("end", "10")}
        return {
            key: float(text) if "." in text else int(text) for key, text in bounds.items() if _is_number(text)
        }

    def _constraint(self, item: Item, path: Path) -> dict[str, Any]:
        require = self.expression(item.row.cells.get("constraint"), item, (*path, "check"))
        if not require:
            return {}
        return {
            "check": {
                "right": {
                    "require": require,
                    "otherwise": self.said(item, "constraint_message") or self.again,
                }
            }
        }

    def _messages(self, item: Item) -> dict[str, Any]:
        said = self.said(item, "required_message")
        code = "not_accepted" if item.kind == "consent" else "missing"
        return {"messages": {code: said}} if said and self._is_required(item) else {}

    def _leave_out(self, item: Item) -> None:
        for column in LEFT_OUT:
            if text := item.row.text(column):
                self.book.note("xls_column", item.row.at(column), column=column, text=text)
        if text := item.row.text("default"):
            self.book.note("xls_default", item.row.at("default"), name=item.id, text=text)
        looks = [one for one in item.row.text("appearance").lower().split() if one not in LOOKS]
        if looks and not all(one.startswith("w") for one in looks):
            self.book.note("xls_column", item.row.at("appearance"), column="appearance", text=" ".join(looks))

    # -- expressions ----------------------------------------------------------------------------------------

    def condition(self, relevants: Iterable[Cell], item: Item | None, path: Path) -> str:
        """The conditions of the groups around a question and its own, all together."""
        cells = list(relevants)
        strength = 2 if len(cells) > 1 else 0
        found = [self.expression(cell, item, path, strength=strength) for cell in cells]
        return " and ".join(one for one in found if one)

    def expression(
        self,
        cell: Cell | None,
        item: Item | None,
        path: Path,
        *,
        strength: int = 0,
        columns: Mapping[str, str] | None = None,
    ) -> str:
        """A cell in FEEL; "" when it is empty, or noted because it can't be said."""
        if cell is None or cell.text.lower() in ("yes", "true", "true()"):
            return ""
        here = self.survey.names.get(item.row.text("name")) if item else None
        try:
            translator = Translator(self.survey.names, here, item.repeat if item else "", columns or {})
            found = translator.feel(parse(cell.text))
        except NotRead:
            self.book.note("xls_no_expression", cell.place, text=cell.text)
        except NotCarried as refused:
            self.book.note(refused.code, cell.place, text=cell.text, name=refused.name)
        else:
            self.cells[path] = cell
            return found.within(strength)
        return ""


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit()
