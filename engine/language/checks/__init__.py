"""What only shows when a scheme is seen whole: names that clash, dead ends, loops."""

from __future__ import annotations

from engine.language.checks.loops import check_loops
from engine.language.checks.translations import check_translations
from engine.language.checks.workflow import check_workflow
from engine.language.loader.loading import Loading
from engine.language.model import Scheme

__all__ = ["check_scheme_whole"]


def check_scheme_whole(load: Loading, scheme: Scheme) -> None:
    """Add to the loading's problems what is wrong with the whole."""
    check_workflow(load, scheme)
    check_loops(load, scheme)
    check_translations(load)
