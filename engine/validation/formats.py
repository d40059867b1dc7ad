"""The formats of answers (`iban`, `siret`, `date`, …): what each kind declares, in one checker of jsonschema."""

from __future__ import annotations

from collections.abc import Callable

from jsonschema import FormatChecker

from engine.kinds import KINDS


def _of_texts(judge: Callable[[str], bool]) -> Callable[[object], bool]:
    """A format says nothing of what is no text: `type` does."""
    return lambda answer: not isinstance(answer, str) or judge(answer)


def _checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for kind in KINDS:
        for name, judge in kind.formats.items():
            checker.checks(name)(_of_texts(judge))
    return checker


FORMATS = _checker()
