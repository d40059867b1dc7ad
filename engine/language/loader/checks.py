"""The checks under a page or a field: what must be so, and what people read when it is not."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import types
from engine.language.form_model import Check
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping
from engine.problems import Path


def load_checks(load: Loading, data: Data, path: Path, scope: Scope) -> tuple[Check, ...]:
    """The checks under a page or a field."""
    found: list[Check] = []
    for id, check in mapping(data, "check").items():
        here = (*path, "check", id)
        if isinstance(check, Mapping):
            require = load.expression(check, "require", here, scope, types.BOOLEAN)
            otherwise = load.text(check, "otherwise", here, scope)
            if require is not None and otherwise is not None:
                found.append(Check(id, require, otherwise))
    return tuple(found)
