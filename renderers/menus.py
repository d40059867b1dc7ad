"""The <option> elements of a menu: those of a whole list are written once, and the chosen ones marked."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from engine.kinds.options import OTHER, codes_of, has_other
from engine.language.model import Field
from renderers.foreign import lang_of
from renderers.options import Asked, Choice


def menu_of(asked: Asked) -> Markup | None:
    """The <option> elements; written once for a list of which all may be chosen, then only the chosen one is marked."""
    if asked.fits is not None and not asked.fits:
        return None
    written = (
        _all_options(_SameList(asked.field), asked.language) if asked.fits is None else _options_html(asked)
    )
    codes = {*codes_of(asked.field), *((OTHER,) if has_other(asked.field) else ())}
    for chosen in asked.ticked & codes:
        value = f' value="{escape(chosen)}"'
        written = written.replace(f"{value}>", f"{value} selected>", 1)
    return Markup(written)


class _SameList:
    """A list of options as a key: the same object, kept alive by the key, gives the same options."""

    __slots__ = ("field", "identity")

    def __init__(self, field: Field) -> None:
        self.field = field
        self.identity = id(codes_of(field))

    def __hash__(self) -> int:
        return self.identity

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _SameList)
            and codes_of(other.field) is codes_of(self.field)
            and other.field.options.get(OTHER) is self.field.options.get(OTHER)
        )


@lru_cache(maxsize=64)
def _all_options(options: _SameList, language: str) -> str:
    return _options_html(Asked(options.field, {}, language))


def _options_html(asked: Asked) -> str:
    choices = [asked.choice(code, False) for code in asked.options()]
    found = "".join(_group_html(group, tuple(under)) for group, under in groupby(choices, lambda c: c.group))
    return found + (_option_html(asked.choice(OTHER, False)) if has_other(asked.field) else "")


def _group_html(group: str, choices: tuple[Choice, ...]) -> str:
    inside = "".join(map(_option_html, choices))
    return f'<optgroup label="{escape(group)}">{inside}</optgroup>' if group else inside


def _option_html(choice: Choice) -> str:
    return f'<option{lang_of(choice.label)} value="{escape(choice.code)}">{escape(choice.label)}</option>'
